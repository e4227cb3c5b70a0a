"""A row shows what belongs to it in other ledgers, to whoever may read those."""

from dataclasses import replace

import pytest

from engine import forms, ledgers
from engine.persistence.identity_records import RoleRow
from tests.engine.conftest import engine, postgres  # noqa: F401
from tests.ledgers.conftest import FILES, LEDGER, deploy, saved, unit

VISITS = """
[ledger]
id = "visits"
name = "Visits"
form = "defect"
key = "visit"
unit = "unit"
%s
[[columns]]
id = "visit"
[[columns]]
id = "defect_no"
[[views]]
id = "all"
name = "All"
columns = ["visit", "description"]
"""
LINK = '\n[[related]]\nname = "Visits"\nledger = "visits"\nview = "%s"\ncolumn = "%s"\n'
NUMBER, POOL = "D-NORTH-2022-001", "pool:housing/clues"


def linked(view="all", column="defect_no", pool=""):
    return FILES | {
        "forms/ledgers/defects.toml": (LEDGER + LINK % (view, column)).encode(),
        "forms/ledgers/visits.toml": (VISITS % pool).encode(),
    }


@pytest.fixture
def visited(engine, norah):  # noqa: F811
    """A defect that was looked at twice, and another one that was looked at once."""

    def visited(**more):
        with engine.work() as work:
            work.roles.replace("housing", [RoleRow("housing", "guard", "Guard", "all", [POOL], 1)])
            deploy(work, linked(**more))
            work.units.add([unit("NORTH", 1), unit("EAST", 2)])
        saved(engine, norah, {}, {"description": ["The roof of the shed leaks"]})
        with engine.work() as work:
            for visit, defect in (("V-1", NUMBER), ("V-2", "D-NORTH-2022-002"), ("V-3", NUMBER)):
                ledgers.project(work, "visits", visit, {"defect_no": defect, "description": "Looked at it"}, unit="NORTH")
        return engine

    return visited


def beside(housing, actor):
    with housing.work(actor) as work:
        return ledgers.related(work, ledgers.definition(work, "defects"), work.ledger_rows.find("defects", NUMBER))


def test_a_row_shows_the_rows_that_name_it(visited, norah):
    [found] = beside(visited(), norah)

    assert (found.name, [column.id for column in found.columns]) == ("Visits", ["visit", "description"])
    assert [row.key for row in found.rows] == ["V-1", "V-3"]


def test_whoever_sees_none_of_those_rows_sees_no_heading(visited, ed):
    assert beside(visited(), ed) == []


def test_a_ledger_in_a_pool_is_as_if_it_were_not_there(visited, norah):
    housing = visited(pool='pool = "clues"')

    assert beside(housing, norah) == []
    assert len(beside(housing, replace(norah, rights=frozenset({POOL})))) == 1


@pytest.mark.parametrize("wrong", [{"view": "none"}, {"column": "none"}])
def test_what_is_not_there_is_refused(wrong):
    read = forms.read({name: file for name, file in FILES.items() if name.endswith(".form")}).forms

    [problem] = ledgers.read_ledgers(linked(**wrong), read, "housing").problems
    assert "none" in str(problem.facts)
