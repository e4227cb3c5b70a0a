from sqlalchemy import event

from engine import ledgers
from tests.engine.conftest import engine, postgres  # noqa: F401
from tests.ledgers.conftest import saved


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


def test_the_first_time_it_makes_the_row(housing, olga):
    with housing.work() as work:
        ledgers.project(work, "defects", "D-1", {"trade": "R", "state": "found"}, unit="EAST")

    with housing.work(olga) as work:
        row = ledgers.get(work, "defects", "D-1")
    assert (row.unit, row.state, row.seq, row.values["trade"]) == ("EAST", "found", 1, "R")
