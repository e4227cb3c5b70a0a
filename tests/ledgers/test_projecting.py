import pytest
from sqlalchemy import event

from engine import ledgers
from tests import rows
from tests.engine.conftest import engine, postgres  # noqa: F401
from tests.ledgers.conftest import FILES, LEDGER, deploy, saved


def test_an_instance_keeps_its_row_equal_to_its_variables(housing, norah):
    saved(housing, norah, {"steps.0.text": ["First"]})

    with housing.work() as work:
        ledgers.project(work, "defects", "D-NORTH-2022-001", {"cost": 99, "steps": [], "secret": 1, "state": "repairing"})

    with housing.work(norah) as work:
        row = ledgers.get(work, "defects", "D-NORTH-2022-001")
    assert (row.values["cost"], row.values["steps"], row.state, row.values["trade"]) == (99, [], "repairing", "W")
    assert "secret" not in row.values


def test_a_context_replaces_a_context_and_is_not_merged_into_it(housing, norah):
    saved(housing, norah, {})

    with housing.work() as work:
        work.ledger_rows.project("defects", "D-NORTH-2022-001", {"x": {"a": 1, "b": None}}, None, None, work.now, "system")
        work.ledger_rows.project("defects", "D-NORTH-2022-001", {"x": {"c": 2}}, None, None, work.now, "system")

    with housing.work() as work:
        assert work.ledger_rows.find("defects", "D-NORTH-2022-001").values["x"] == {"c": 2}


def test_it_takes_one_statement(housing, norah):
    saved(housing, norah, {})
    statements = []
    event.listen(housing.database, "before_cursor_execute", lambda *args: statements.append(args[2]))

    with housing.work() as work:
        ledgers.project(work, "defects", "D-NORTH-2022-001", {"cost": 1}, state="repairing")

    assert len([sql for sql in statements if not sql.startswith("PRAGMA")]) == 1


@pytest.mark.parametrize(("counted", "unit"), [('list = ["trade"]', "EAST"), ('list = ["unit", "trade"]', "NORTH")])
def test_a_row_goes_with_its_matter_to_another_unit_unless_it_is_counted_in_a_list_of_its_unit(engine, clock, counted, unit):  # noqa: F811
    files = FILES | {"forms/ledgers/defects.toml": LEDGER.replace('list = ["unit", "trade"]', counted).encode()}
    with engine.work() as work:
        deploy(work, files)
        matter = rows.instance(work, clock.now())[0]

    for owner in ("NORTH", "EAST"):
        engine.run(lambda work, owner=owner: ledgers.project(work, "defects", "D-1", {"trade": "R"}, "found", matter, owner))

    with engine.work() as work:
        assert work.ledger_rows.find("defects", "D-1").unit == unit


def test_the_first_time_it_makes_the_row(housing, olga):
    with housing.work() as work:
        ledgers.project(work, "defects", "D-1", {"trade": "R", "state": "found"}, unit="EAST")

    with housing.work(olga) as work:
        row = ledgers.get(work, "defects", "D-1")
    assert (row.unit, row.state, row.seq, row.values["trade"]) == ("EAST", "found", 1, "R")
