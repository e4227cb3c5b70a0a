"""Behind every number stand exactly the rows or units that were counted."""

import pytest

from engine import definitions, indicators
from tests.engine.conftest import engine, postgres  # noqa: F401


def behind(counted, actor, code, place, side):
    with counted.work(actor) as work:
        pack = definitions.pack(work, "housing")
        figure = indicators.figure_of(pack.indicator(code), place)
        if figure.kind in ("coverage", "without", "on_time"):
            return [one.unit for one in indicators.units(work, pack, figure, side)]
        return [row.key for row in indicators.rows(work, pack, figure, side).rows]


@pytest.mark.parametrize(
    ("code", "place", "side", "expected"),
    [
        ("DONE", 0, "part", ["D1", "D4"]),
        ("DONE", 0, "rest", ["D2", "D3", "D5", "D6"]),
        ("DONE", 0, "whole", ["D1", "D2", "D3", "D4", "D5", "D6"]),
        ("DONE", 1, "rest", ["D2"]),
        ("LATE", 0, "part", ["D2", "D5"]),
        ("COST", 0, "part", ["D1", "D2", "D4"]),
        ("ESTATES", 0, "part", ["NORTH", "EAST"]),
        ("ESTATES", 0, "rest", ["WEST"]),
        ("ESTATES", 1, "part", ["WEST"]),
        ("ONTIME", 0, "part", ["NORTH"]),
        ("ONTIME", 0, "rest", ["EAST", "WEST"]),
    ],
)
def test_the_list_holds_what_was_counted(counted, olga, code, place, side, expected):
    assert behind(counted, olga, code, place, side) == expected


def test_the_oldest_comes_first_where_the_oldest_is_looked_for(counted, olga):
    assert behind(counted, olga, "LATE", 1, "part") == ["D5", "D2", "D3"]


def test_nobody_finds_rows_of_other_estates_behind_a_number(counted, norah):
    assert behind(counted, norah, "DONE", 0, "whole") == ["D1", "D2", "D3"]


def test_a_figure_that_is_not_there_is_refused(counted, olga):
    with pytest.raises(indicators.NoSuchFigure):
        behind(counted, olga, "COST", 7, "part")
