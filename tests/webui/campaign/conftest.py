"""A board of the small city: two offices, three defects, one date that one of them kept."""

import pytest

from engine import deployments, packs
from engine.clock import SimulatedClock
from engine.identity import importing
from engine.persistence.keys import new_key
from tests import rows
from tests.conftest import MORNING
from tests.identity.conftest import FILES as CITY
from tests.indicators.conftest import record
from tests.ledgers.conftest import FORM, LEDGER, TRADES
from tests.webui.admin.conftest import Browser
from webui import create_app

BOARD = """
[[numbering]]
series = "defect"
pattern = "D-{unit}-{n}"
per = ["unit"]

[[stages]]
code = "S1"
name = "Summer"
start = 2022-07-01
end = 2022-08-31

[[milestones]]
code = "LIST"
date = 2022-07-15
name = "List handed in"
short = "List"
stage = "S1"

[board]
title = "Offices"
unit_types = ["市直", "外部"]
[[board.columns]]
name = "List"
milestone = "LIST"
[[board.columns]]
name = "Done"
ledger = "defects"
filter = { state = "done" }
[[board.columns]]
name = "Trade"
ledger = "defects"
value = "trade"
lights = { W = "near" }
roles = ["manager"]
[[board.charts]]
name = "Defects by trade and state"
ledger = "defects"
by = "trade"
split = "state"
sort = "longest"

[[indicators]]
code = "DONE"
name = "Repaired"
definition = "repaired defects among all defects"
source = "design"
group = "Repairs"
figures = [{ kind = "share", ledger = "defects", filter = { state = "done" }, over = 50, target = 90 }]
[[indicators]]
code = "ROOFS"
name = "Roofs"
definition = "repaired roofs among all roofs"
source = "design"
tile = true
figures = [{ kind = "share", ledger = "defects", filter = { state = "done" }, of = { trade = "R" }, nothing = "no roof leaks" }]
[[indicators]]
code = "ONTIME"
name = "In time"
definition = "lists handed in by their date"
source = "design"
figures = [{ kind = "on_time" }]
[[indicators]]
code = "FOUND"
name = "Found"
definition = "defects, and those still open"
source = "design"
figures = [
  { name = "All of them", kind = "count", ledger = "defects" },
  { name = "Still open", kind = "count", ledger = "defects", filter = { state = "draft" } },
]
"""
FILES = {
    **CITY,
    "pack.toml": CITY["pack.toml"].replace(b'"watch_instances",', b'"watch_instances", "watch_campaign",') + BOARD.encode(),
    "reference/trades.csv": TRADES.encode(),
    "forms/defect.form": FORM,
    "forms/ledgers/defects.toml": LEDGER.replace("caretaker", "planner").encode(),
}
DEFECTS = (("D-1", "PLAN", "done", "W"), ("D-2", "PLAN", "draft", "W"), ("D-3", "OUT", "draft", "E"))


@pytest.fixture
def clock():
    return SimulatedClock(MORNING)


@pytest.fixture
def watched(engine):
    """The engine with the pack, its people, the three defects, and the list of the planning office on its day."""
    engine.run(lambda work: deployments.deploy(work, "city", FILES))
    with engine.work() as work:
        importing.import_pack(work, packs.parse(FILES))
        work.ledger_rows.add([record(work, "defects", key, unit, state, trade=trade) for key, unit, state, trade in DEFECTS])
        place, _definition = rows.instance(work, work.now)
        at = MORNING.replace(day=14)
        rows.add(work, "milestone", id=new_key(), code="LIST", unit="PLAN", instance_id=place, root_id=place, reached_at=at)
    return engine


@pytest.fixture
def browser(watched):
    """Sign somebody in."""
    app = create_app(watched)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return lambda login: Browser(app.test_client(), login)
