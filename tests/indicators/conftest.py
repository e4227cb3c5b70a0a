"""The housing company counts its defects: three estates, and six defects whose every number can be counted by hand."""

from datetime import datetime

import pytest

from engine.clock import ZONE, SimulatedClock
from engine.persistence.keys import new_key
from engine.persistence.repositories.ledgers import LedgerRecord
from tests import rows
from tests.conftest import EVERYTHING, person
from tests.ledgers.conftest import FILES, PACK, deploy, unit

BOARD = """
[[stages]]
code = "S1"
name = "Summer"
start = 2022-07-18
end = 2022-08-31

[[milestones]]
code = "LIST"
date = 2022-07-25
name = "List handed in"
stage = "S1"

[[milestones]]
code = "REPAIRED"
date = 2022-08-31
name = "Everything repaired"
stage = "S1"

[board]
title = "Estates"
unit_types = ["estate"]
"""
INDICATORS = """
[[indicators]]
code = "DONE"
name = "Repaired"
definition = "repaired defects among all"
source = "design"
figures = [
  { kind = "share", ledger = "defects", filter = { state = "done" }, near = 90, over = 40 },
  { name = "of water", kind = "share", ledger = "defects", filter = { state = "done" }, of = { trade = "W" } },
  { name = "of roofs", kind = "share", ledger = "defects", filter = { state = "done" }, of = { trade = "R" }, over = 50 },
]

[[indicators]]
code = "LATE"
name = "Overdue"
definition = "open defects that were due before today"
source = "design"
roles = ["office"]
[[indicators.figures]]
kind = "count"
ledger = "defects"
filter = { due = { max = '=today() - duration("P1D")' }, "state!" = "done" }
better = "low"
over = 0
[[indicators.figures]]
name = "the oldest"
kind = "oldest"
ledger = "defects"
filter = { "state!" = "done" }
column = "due"

[[indicators]]
code = "COST"
name = "Mean cost"
definition = "the mean of the costs that are known"
source = "design"
figures = [
  { kind = "average", ledger = "defects", column = "cost" },
  { name = "Median", kind = "percentile", ledger = "defects", column = "cost" },
  { name = "Nine in ten", kind = "percentile", at = 90, ledger = "defects", column = "cost" },
  { name = "of roofs", kind = "percentile", at = 90, ledger = "defects", filter = { trade = "R" }, column = "cost" },
]

[[indicators]]
code = "ESTATES"
name = "Estates"
definition = "estates with a defect; estates without one, of those that handed in their list"
source = "design"
figures = [
  { name = "with", kind = "coverage", ledger = "defects" },
  { name = "without", kind = "without", ledger = "defects", milestones = ["LIST"] },
]

[[indicators]]
code = "ONTIME"
name = "In time"
definition = "lists handed in by their date among those that were due"
source = "design"
figures = [{ kind = "on_time" }]
"""
DEFECTS = (  # number, unit, trade, state, due, cost
    ("D1", "NORTH", "W", "done", "2022-07-20", "10"),
    ("D2", "NORTH", "W", "draft", "2022-08-09", "20"),
    ("D3", "NORTH", "E", "draft", "2022-08-10", None),
    ("D4", "EAST", "W", "done", "2022-07-01", "33"),
    ("D5", "EAST", "E", "draft", "2022-07-31", ""),
    ("D6", "EAST", "E", "", None, None),
)


def record(work, ledger, key, unit, state="", **values):
    """Give a row of a ledger as it is stored."""
    facts = {"unit": unit, **values}
    return LedgerRecord(
        new_key(), "housing", ledger, unit, unit, key, 1, state, facts, 1, None, work.now, "test", work.now, "test"
    )


@pytest.fixture
def clock():
    return SimulatedClock(datetime(2022, 8, 10, 9, tzinfo=ZONE))


@pytest.fixture
def counted(engine):
    """The three estates with their defects on 10 August; NORTH handed its list in on time, WEST a day late."""
    with engine.work() as work:
        deploy(work, {**FILES, "pack.toml": (PACK + BOARD + INDICATORS).encode()})
        work.units.add([unit("NORTH", 1), unit("EAST", 2), unit("WEST", 3)])
        work.ledger_rows.add(
            [
                record(work, "defects", key, estate, state, trade=trade, due=due, cost=cost and float(cost))
                for key, estate, trade, state, due, cost in DEFECTS
            ]
        )
        place, _definition = rows.instance(work, work.now)
        for code, estate, day in (("LIST", "NORTH", 25), ("LIST", "WEST", 26), ("REPAIRED", "NORTH", 30)):
            at = datetime(2022, 7, day, 23, 59, tzinfo=ZONE)
            rows.add(work, "milestone", id=new_key(), code=code, unit=estate, instance_id=place, root_id=place, reached_at=at)
    return engine


@pytest.fixture
def olga():
    """She works in the office and sees every estate."""
    return person("olga", "office", "HQ", EVERYTHING)


@pytest.fixture
def norah():
    """The caretaker of the northern estate."""
    return person("norah", "caretaker", "NORTH")
