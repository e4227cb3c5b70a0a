"""A cell that leads to the rows its value came from: for whoever may see them a way there, for everybody else a name."""

import pytest

from engine import ledgers
from tests.ledgers.conftest import FILES, LEDGER, deploy, saved, unit

LATE = 'id = "late"\nlabel = "Late"\n'


def linked(target):
    return FILES | {"forms/ledgers/defects.toml": LEDGER.replace(LATE, f"{LATE}link = '={target}'\n").encode()}


@pytest.fixture
def leads(engine, norah, olga):
    """Give where the cells of Norah's row lead whoever looks."""

    def asked(target, who):
        with engine.work() as work:
            deploy(work, linked(target))
            work.units.add([unit("NORTH", 1), unit("EAST", 2)])
        saved(engine, norah, {"trade": ["W"], "causes": ["age"]})
        with engine.work({"norah": norah, "olga": olga}[who]) as work:
            return [row.leads.get("late") for row in ledgers.rows(work, "defects").rows]

    return asked


@pytest.mark.parametrize(
    ("who", "filter"), [("norah", None), ("olga", {"unit": ["EAST"], "trade": "W"})], ids=["another unit's", "everybody's"]
)
def test_rows_of_units_that_somebody_does_not_see_have_a_name_only(leads, who, filter):
    [found] = leads('{ledger: "defects", filter: {unit: ["EAST"], trade: "W"}}', who)

    assert (found and found.filter) == filter


def test_rows_of_ones_own_unit_are_led_to(leads):
    [found] = leads('{ledger: "defects", filter: {unit: unit}}', "norah")

    assert (found.ledger, found.filter) == ("defects", {"unit": "NORTH"})


@pytest.mark.parametrize("target", ['{ledger: "nothing", filter: {unit: unit}}', "null", '"defects"'])
def test_what_is_not_there_is_not_led_to(leads, target):
    assert leads(target, "olga") == [None]
