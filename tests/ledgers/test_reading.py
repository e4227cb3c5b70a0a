from dataclasses import replace

import pytest
from sqlalchemy import event

from engine import ledgers
from engine.ledgers.errors import NoSuchLedger, NoSuchView
from engine.ledgers.reading import sql_names
from tests.engine.conftest import engine, postgres  # noqa: F401
from tests.ledgers.conftest import saved


@pytest.fixture
def estate(housing, norah, ed):
    saved(
        housing,
        norah,
        {"trade": ["W"], "cost": ["5"], "causes": ["age"]},
        {"trade": ["E"], "due": ["2022-07-19"], "cost": ["50"]},
    )
    saved(
        housing,
        ed,
        {"trade": ["E"], "description": ["The lamp on the stairs is broken 100%"], "cost": [""], "causes": ["age", "use"]},
    )
    return housing


def keys(work, **more):
    return sorted(row.key for row in ledgers.rows(work, "defects", **more).rows)


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ({"trade": "E"}, ["D-EAST-2022-001", "D-NORTH-2022-002"]),
        ({"trade": ["E", "W"], "unit": "EAST"}, ["D-EAST-2022-001"]),
        ({"trade!": "E"}, ["D-NORTH-2022-001"]),
        ({"trade": {"not": ["E"]}}, ["D-NORTH-2022-001"]),
        ({"cost": {"min": 10}}, ["D-NORTH-2022-002"]),
        ({"due": {"max": "2022-07-20"}}, ["D-NORTH-2022-002"]),
        ({"cost": {"empty": True}}, ["D-EAST-2022-001"]),
        ({"cost": None}, ["D-EAST-2022-001"]),
        ({"causes": "use"}, ["D-EAST-2022-001"]),
        ({"causes": {"not": "age"}}, ["D-NORTH-2022-002"]),
        ({"description": {"contains": "100%"}}, ["D-EAST-2022-001"]),
        ({"number": "D-NORTH-2022-001"}, ["D-NORTH-2022-001"]),
        ({"cost": 50}, ["D-NORTH-2022-002"]),
    ],
)
def test_a_filter_finds_the_rows_it_means(estate, olga, filter, found):
    with estate.work(olga) as work:
        assert keys(work, filter=filter) == found


def test_rows_are_searched_by_what_they_say(estate, olga):
    with estate.work(olga) as work:
        assert keys(work, search="lamp broken") == ["D-EAST-2022-001"]
        assert keys(work, search="trade") == []


def test_a_view_that_mixes_lists_numbers_its_lines_on_from_page_to_page(estate, olga):
    with estate.work(olga) as work:
        pages = [ledgers.rows(work, "defects", sort=["unit"], page=page, size=2).rows for page in (1, 2)]

    assert [row.cells["seq"] for page in pages for row in page] == ["1", "2", "3"]


def test_rows_come_in_pages_and_in_order(estate, olga):
    with estate.work(olga) as work:
        page = ledgers.rows(work, "defects", sort=["-cost"], size=2)

    assert ([row.cells["cost"] for row in page.rows], page.total, page.pages) == (["50", "5"], 3, 2)


def test_units_stand_in_their_official_order(estate, olga):
    with estate.work(olga) as work:
        assert [row.unit for row in ledgers.rows(work, "defects", sort=["-unit"]).rows] == ["EAST", "NORTH", "NORTH"]


def test_a_computed_column_is_computed_when_read(estate, olga):
    with estate.work(olga) as work:
        assert [row.cells["late"] for row in ledgers.rows(work, "defects", filter={"due": "2022-07-19"}).rows] == ["late"]


def test_boards_count_rows_by_any_column(estate, olga, norah):
    with estate.work(olga) as work:
        assert ledgers.tally(work, "defects", "trade") == {"E": 2, "W": 1}
        assert ledgers.tally(work, "defects", ["unit", "trade"], {"trade": "E"}) == {("NORTH", "E"): 1, ("EAST", "E"): 1}
        assert ledgers.count(work, "defects", {"cost": {"min": 1}}) == 2
    with estate.work(norah) as work:
        assert ledgers.count(work, "defects") == 2


def test_a_row_is_found_by_its_key_within_the_scope(estate, norah):
    with estate.work(norah) as work:
        assert ledgers.get(work, "defects", "D-NORTH-2022-001").cells["trade"] == "Water"
        assert ledgers.get(work, "defects", "D-EAST-2022-001") is None


def test_what_does_not_exist_is_said(estate, olga):
    with estate.work(olga) as work:
        with pytest.raises(NoSuchLedger):
            ledgers.rows(work, "wishes")
        with pytest.raises(NoSuchView):
            ledgers.rows(work, "defects", "wishes")


def test_units_stand_in_their_official_order_also_where_the_unit_is_the_key(estate, olga):
    with estate.work(olga) as work:
        by_unit = replace(ledgers.definition(work, "defects"), key="unit")

    assert sql_names(by_unit, ["-unit"]) == ["-unit"]


def test_rows_of_one_state_in_the_order_of_their_keys_are_read_off_an_index(estate, ed):
    if estate.database.dialect.name != "sqlite":
        pytest.skip("it is SQLite's plan that is read")
    asked: list[tuple[str, object]] = []
    with estate.work(ed) as work:
        event.listen(estate.database, "before_cursor_execute", lambda c, cursor, text, facts, *more: asked.append((text, facts)))
        ledgers.rows(work, "defects", filter={"state": "draft"}, sort=["key"], size=1)
    text, facts = next(found for found in asked if "ORDER BY" in found[0] and "ledger_row" in found[0])
    with estate.database.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", facts).all()

    assert "ix_ledger_row_state (ledger=? AND state=?)" in str(plan)
    assert "TEMP B-TREE" not in str(plan)
