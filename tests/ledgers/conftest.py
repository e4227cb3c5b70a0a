"""A small pack about defects of a housing company: one form, one ledger, two views; and people of two units."""

from hashlib import sha256

import pytest

from engine import definitions, ledgers
from engine.persistence.keys import new_key
from engine.persistence.repositories.units import UnitRow
from tests.conftest import EVERYTHING, person
from tests.forms.conftest import form_file, part

PACK = """
[pack]
key = "housing"
name = "Defects"
version = "1"
issuer = "Housing office"

[[roles]]
code = "caretaker"
name = "Caretaker"
scope = "own"

[[roles]]
code = "office"
name = "Office"
scope = "all"

[[numbering]]
series = "defect"
pattern = "D-{unit}-{year}-{n:03}"
per = ["unit", "year"]
"""
LEDGER = """
[ledger]
id = "defects"
name = "Defects"
form = "defect"
key = "number"
numbering = "defect"
list = ["unit", "trade"]
edit = ["caretaker", "office"]
open_states = ["", "draft"]
clear_for = ["office"]

[[columns]]
id = "number"
label = "Number"

[[columns]]
id = "late"
label = "Late"
value = '=if date(due) < date("2022-07-20") then "late" else ""'

[[columns]]
id = "tenant"
mask = "name"

[[columns]]
id = "cost"
total = true

[[views]]
id = "list"
name = "List"
columns = ["seq", "number", "trade", "description", "steps", "due", "tenant", "cost", "late"]
sort = ["seq"]
[views.sheet]
paper = "A3"
title = "{label.trade} defects of {unit_name}"
head = ["Unit: {unit_name}", "Date: {today}", "Signed:"]
foot = ["Rows: {count}"]
notes = ["Note: amounts in yuan."]
instructions = ["One row for one defect."]
groups = [{ label = "Repair", columns = ["steps", "due"] }]
blank_rows = 3
empty = "No defects."

[[views]]
id = "open"
name = "Open"
columns = ["number", "description", "state"]
filter = { state = { not = "done" } }
sort = ["-due"]
"""
TRADES = "code,name\nW,Water\nE,Electricity\nR,Roof\n"
STEPS = [part("textfield", "text", "Step"), part("textfield", "who", "Who")]
FORM = form_file(
    part("select", "trade", "Trade", valuesExpression='=for t in reference("trades") return {value: t.code, label: t.name}',
         validate={"required": True}, properties={"bpm:help": "Who repairs it"}),
    part("textarea", "description", "Description", validate={"required": True}, properties={"bpm:validator": "free_text"}),
    {"type": "dynamiclist", "path": "steps", "label": "Steps", "components": STEPS},
    part("datetime", "due", "Due", subtype="date"),
    part("textfield", "tenant", "Tenant"),
    part("number", "cost", "Cost"),
    part("checklist", "causes", "Causes", values=["age", "weather", "use"]),
    form_id="defect",
)  # fmt: skip
FILES = {
    "pack.toml": PACK.encode(),
    "reference/trades.csv": TRADES.encode(),
    "forms/defect.form": FORM,
    "forms/ledgers/defects.toml": LEDGER.encode(),
}


def deploy(work, files, pack="housing"):
    """Write a pack's files as its newest deployment."""
    key = new_key()
    row = {"id": key, "pack": pack, "number": 1, "sha256": "0", "deployed_at": work.now, "deployed_by": "test"}
    work.definitions.add_deployment(row, {path: (new_key(), sha256(data).hexdigest(), data) for path, data in files.items()})


def unit(code, position):
    return UnitRow(
        code,
        f"{code} estate",
        code.title(),
        "estate",
        "city",
        None,
        None,
        False,
        [],
        position,
        code,
        code,
        True,
        "housing",
        False,
    )


@pytest.fixture
def housing(engine):
    """The engine with the pack deployed and two units."""
    with engine.work() as work:
        deploy(work, FILES)
        work.units.add([unit("NORTH", 1), unit("EAST", 2)])
    with engine.work() as work:
        assert definitions.pack(work, "housing").name == "Defects"
    return engine


@pytest.fixture
def norah():
    """The caretaker of the northern estate."""
    return person("norah", "caretaker", "NORTH")


@pytest.fixture
def ed():
    """The caretaker of the eastern estate."""
    return person("ed", "caretaker", "EAST")


@pytest.fixture
def olga():
    """She works in the office and sees every estate."""
    return person("olga", "office", "HQ", EVERYTHING)


ROW = {"trade": ["W"], "description": ["The tap in the kitchen drips day and night"], "due": ["2022-07-31"], "cost": ["12.5"]}


def saved(housing, actor, *rows, **more):
    """Save new rows and give what came of it."""
    changes = [ledgers.RowChange({**ROW, **row}) for row in rows]
    with housing.work(actor) as work:
        return ledgers.save_rows(work, "defects", changes, **more)
