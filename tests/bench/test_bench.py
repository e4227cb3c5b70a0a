"""The workloads run, small: what is measured is what happens, and every figure becomes a row."""

import json
from functools import partial

import pytest

from tests.bench import deciding, scale, workloads
from tests.bench.report import Report
from tests.bench.stores import POSTGRESQL, SQLITE, places
from tests.bench.workloads import Sizes

TINY = Sizes(runs=1, instances=2, departments=2, timers=3, naive_timers=2)
COLUMNS = {"workload", "database", "engine", "n", "cpu_ms_per_instance", "throughput", "p50_ms", "p99_ms"}
EACH = [
    *(partial(play, sizes=TINY) for play in (workloads.w1, workloads.w2, workloads.w3, workloads.w4)),
    partial(scale.parallel, widths=(3, 4, 5), runs=1),
    partial(scale.loop, least=2, most=4, runs=1),
    partial(scale.inbox, tasks=10_000, pages=5),
]


@pytest.mark.parametrize("database", [SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.postgres)])
def test_every_workload_writes_rows(tmp_path, database, monkeypatch):
    monkeypatch.setattr(scale, "TIMES", 2)
    monkeypatch.setattr(scale, "WATCHED", 0)
    report = Report(tmp_path / "bench.jsonl")

    with places(database) as [place]:
        for workload in EACH:
            workload(report, place)

    rows = [json.loads(line) for line in (tmp_path / "bench.jsonl").read_text().splitlines()]
    assert {row["database"] for row in rows} == {database}
    assert all(set(row) == COLUMNS for row in rows)
    assert len({row["workload"] for row in rows}) == 10


def test_growth_is_told_in_kilobytes(capsys):
    with places(SQLITE) as [place]:
        scale.growth(Report(), place, instances=2)

    assert "KB" in capsys.readouterr().out


def test_conditions_and_tables_are_told_in_microseconds(capsys):
    deciding.conditions(Report(), times=2)
    deciding.tables(Report(), times=2)

    assert capsys.readouterr().out.count("µs") == 2
