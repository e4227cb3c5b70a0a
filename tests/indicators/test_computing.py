"""Indicators over data small enough to be counted by hand."""

from decimal import Decimal

import pytest

from engine import definitions, indicators
from engine.persistence.counting import counting
from engine.persistence.repositories.ledger_terms import Condition, Exactly
from tests.engine.conftest import engine, postgres  # noqa: F401


def readings(counted, actor):
    with counted.work(actor) as work:
        return {
            (measured.indicator.code, place): (reading.part, reading.whole, reading.number, reading.light)
            for measured in indicators.all_of(work, "housing")
            for place, reading in enumerate(measured.readings)
        }


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (("DONE", 0), (2, 6, Decimal("33.3"), "over")),  # D1 and D4 of six: 2/6 = 33.3 %, under 40
        (("DONE", 1), (2, 3, Decimal("66.7"), "")),  # D1 and D4 of the three about water; no thresholds, no colour
        (("DONE", 2), (0, 0, None, "")),  # nothing about roofs: no number, neither 0 % nor 100 %
        (("LATE", 0), (2, None, Decimal(2), "over")),  # D2 (8-9) and D5 (7-31); D3 is due today, D1 and D4 are done
        (("LATE", 1), (3, None, Decimal(10), "")),  # of D2, D3 and D5 the oldest is D5: 7-31 to 8-10 are ten days
        (("COST", 0), (3, None, Decimal("21.0"), "")),  # (10 + 20 + 33) / 3; an empty cell is no zero
        (("COST", 1), (3, None, Decimal("20.0"), "")),  # 10, 20, 33
        (("COST", 2), (3, None, Decimal("30.4"), "")),  # nine tenths of the way from the first to the last: 20 + 0.8 * 13
        (("COST", 3), (0, None, None, "")),  # nothing about roofs
        (("ESTATES", 0), (2, 3, Decimal("66.7"), "")),  # NORTH and EAST of three
        (("ESTATES", 1), (1, 2, Decimal(1), "")),  # NORTH and WEST handed in a list; only WEST has no defect
        (("ONTIME", 0), (1, 3, Decimal("33.3"), "")),  # LIST is due for three: NORTH in time, WEST late, EAST not at all
    ],
)
def test_a_figure_is_what_one_counts_by_hand(counted, olga, figure, expected):
    assert readings(counted, olga)[figure] == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (("DONE", 0), (1, 3, Decimal("33.3"), "over")),  # D1 of D1 to D3
        (("ESTATES", 0), (1, 1, Decimal("100.0"), "")),
        (("ONTIME", 0), (1, 1, Decimal("100.0"), "")),
    ],
)
def test_whoever_looks_after_one_estate_sees_its_figures(counted, norah, figure, expected):
    assert readings(counted, norah)[figure] == expected


def test_an_indicator_for_the_office_is_not_shown_to_a_caretaker(counted, norah):
    assert ("LATE", 0) not in readings(counted, norah)

    with counted.work(norah) as work, pytest.raises(indicators.NoSuchIndicator):
        indicators.get(work, "housing", "LATE")


def test_counts_are_asked_all_at_once_and_each_other_figure_with_one_question(counted, olga):
    readings(counted, olga)  # reads once what is read once

    with counting() as count:
        readings(counted, olga)

    with counted.work(olga) as work:
        kinds = [figure.kind for one in definitions.pack(work, "housing").indicators for figure in one.figures]
    others = [kind for kind in kinds if kind not in ("count", "share")]
    asked = [text for text in count.texts if text.lstrip().startswith("SELECT")]
    assert len(kinds) - len(others) > 1
    assert len(asked) == 1 + len(others), asked


def test_conditions_that_are_equal_in_python_but_not_in_a_database_have_statements_of_their_own():
    truth, number = (Exactly.of([Condition("done", "any", (value,))]) for value in (True, 1))

    assert truth != number
    assert truth == Exactly.of([Condition("done", "any", (True,))])


def test_milestones_that_are_not_due_yet_are_not_counted(counted, olga, clock):
    with counted.work(olga) as work:
        figure = definitions.pack(work, "housing").indicator("ONTIME").figures[0]
        found = indicators.units(work, definitions.pack(work, "housing"), figure, "whole")

    assert {one.milestone for one in found} == {"LIST"}
    assert [(one.unit, str(one.reached_on)) for one in found] == [
        ("NORTH", "2022-07-25"), ("EAST", "None"), ("WEST", "2022-07-26"),
    ]  # fmt: skip
