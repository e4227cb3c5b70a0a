"""Forms that offer what stands in a ledger: who may be chosen is what its rows say today, within the chooser's scope."""

from types import SimpleNamespace

import pytest

from engine import ledgers
from engine.feel import Environment
from engine.forms import bind, read
from tests.conftest import person
from tests.forms.conftest import form_file, part

PICKER = '=for d in ledger("defects", {state: "open"}) return {value: d.key, label: d.description + " in " + d.unit}'
FORM = read({"pick.form": form_file(part("select", "defect", "Defect", valuesExpression=PICKER), form_id="pick")}).forms["pick"]
LOADED = SimpleNamespace(at=lambda now: Environment(lambda: now))
NORTH = person("tom", "caretaker", "NORTH")


@pytest.fixture
def defects(engine, housing):
    with engine.work() as work:
        for key, unit, state in (("D-1", "NORTH", "open"), ("D-2", "NORTH", "done"), ("D-3", "EAST", "open")):
            ledgers.project(work, "defects", key, {"trade": "W", "description": key}, state, unit=unit)


def choose(engine, actor, key):
    """Let somebody choose a defect; give what is offered and what is wrong with the choice."""
    with engine.work(actor) as work:
        environment = ledgers.form_environment(work, LOADED)
        offered = FORM.field("defect").options({}, environment)
        return [option.value for option in offered], list(bind(FORM, {"defect": [key]}, {}, environment).errors)


def test_a_form_offers_the_rows_in_the_state_it_asks_for_and_takes_no_other(engine, defects, ann):
    assert choose(engine, ann, "D-3") == (["D-3", "D-1"], [])
    assert choose(engine, ann, "D-2")[1] == ["defect"]


def test_a_form_offers_nobody_rows_outside_their_scope(engine, defects):
    assert choose(engine, NORTH, "D-3") == (["D-1"], ["defect"])
