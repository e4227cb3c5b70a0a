"""The whole plan, 18 July to 31 December 2022, played by a few units from the first list to the report and the carry-over."""

from datetime import datetime

import pytest

from engine import ledgers, packs
from engine.clock import ZONE
from engine.rehearsal import parse
from engine.rehearsal.cutting import cut
from tests.packs.stage import KEY
from tests.played import play

END = datetime(2022, 12, 31, 23, 59, 59, tzinfo=ZONE)
DATES = ["M0722", "M0725", "M0731", "M0805", "M0819", "M0825", "M0831", "M0910", "M1210", "M1220"]
LEDGERS = [
    "inspections", "verdicts", "case_reviews", "pre_assessments", "systemic_causes", "institution_tasks", "annual_stats",
    "scores", "score_items", "reports", "stage_summaries",
]  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    files = packs.files(KEY)
    script = parse(files)
    files = cut(files, script, {"units": 6, "problems": 12, "complaints": 24})
    engine, report = play(tmp_path_factory.mktemp("year"), files, script, END)
    yield engine, report
    engine.close()


def test_nothing_fails_and_whatever_is_open_is_accounted_for(year):
    _, report = year

    assert (report.incidents, report.incident_messages, report.refusals, report.unexplained) == (0, [], [], [])


def test_every_date_of_the_plan_is_reached(year):
    """R074, R076, R079-R082, R084, R087, R089, R090, R092, R093, R095, R096: the plan's ten dates."""
    _, report = year
    reached = {row["code"]: row["on_time"] for row in report.milestones}

    assert [code for code in DATES if not reached[code]] == []


@pytest.mark.parametrize("ledger", LEDGERS)
def test_every_part_of_the_campaign_leaves_its_ledger(year, ledger):
    """R085, R086, R088, R090, R091, R095-R097: what each stage is to leave behind is there."""
    engine, _ = year

    with engine.work() as work:
        assert ledgers.count(work, ledger) > 0


def test_each_unit_has_its_four_parts_and_a_grade(year):
    """R096: self-correction, inspection, indicators of the list of powers, the year's assessment."""
    engine, _ = year
    with engine.work() as work:
        rows = ledgers.rows(work, "scores").rows
    parts = [[row.values[name] for name in ("part_self", "part_inspection", "part_statistics", "part_annual")] for row in rows]

    assert len(rows) == 6
    assert all(None not in found for found in parts) and all(row.values["grade"] for row in rows)
