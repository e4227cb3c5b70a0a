"""Stages are clocks, not joins: half the units dawdle, and the other half reaches every date as before."""

from datetime import datetime

import pytest

from engine import packs
from engine.clock import ZONE
from engine.rehearsal import parse
from engine.rehearsal.cutting import cut
from tests.packs.stage import KEY
from tests.played import play

UNTIL = datetime(2022, 8, 8, 9, tzinfo=ZONE)


def played(folder, late):
    files = packs.files(KEY)
    script = parse(files)
    files = cut(files, script, {"units": 8, "problems": 10, "complaints": 8})
    engine, report = play(folder, files, script, UNTIL, late)
    with engine.work() as work:
        reached = {(row.code, row.unit): row.reached_at.date() for row in work.milestones.reached()}
    engine.close()
    return report, reached


@pytest.fixture(scope="module")
def plays(tmp_path_factory):
    return played(tmp_path_factory.mktemp("all"), 0), played(tmp_path_factory.mktemp("half"), 50)


def test_nothing_fails_when_half_the_units_dawdle(plays):
    _, (report, _) = plays

    assert (report.incidents, report.refusals, report.unexplained) == (0, [], [])


def test_the_others_reach_every_date_on_the_same_day(plays):
    """RULINGS 1: each unit goes at its own pace, the city never waits for one."""
    (_, all_on_time), (_, half) = plays
    delayed = {key for key, day in all_on_time.items() if half.get(key) != day}
    units = {unit for _, unit in all_on_time}
    punctual = units - {unit for _, unit in delayed}

    assert len(delayed) >= 3, "somebody was late"
    assert len(punctual) >= len(units) // 2
