"""Equality, order and membership are three-valued."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.language import value

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False, places=2),
    st.text(max_size=5),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.none() | st.just(dt.UTC)),
    st.timedeltas(dt.timedelta(-9), dt.timedelta(9)),
    st.lists(st.integers(0, 3), max_size=3),
    st.dictionaries(st.sampled_from("ab"), st.integers(0, 2)),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("null = null", True),
        ("1 = null", False),
        ('1 = "1"', None),
        ("1 != null", True),
        ('1 != "1"', None),
        ("1.0 = 1", True),
        ("true = 1", None),
        ("[1, null] = [1, null]", True),
        ('[1, 2] = [1, "2"]', None),
        ('[1, 2] = [3, "2"]', False),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("[1..2] = [1..2)", False),
        ("(< 5) = (null..5)", False),
        ("abs = abs", True),
        ('@"P1Y" = @"P12M"', True),
        ('@"P1D" = @"PT24H"', True),
        ('@"10:00:00Z" = @"12:00:00+02:00"', True),
        ('@"10:00:00" = @"10:00:00Z"', False),
        ('@"2022-08-10T08:00:00+08:00" = @"2022-08-10T00:00:00Z"', True),
        ('@"2022-08-10" = @"2022-08-10T00:00:00"', None),
        ('@"10000-01-01" > @"9999-12-31"', True),
        ('@"-0044-03-15" < @"2022-01-01"', True),
        ('1 < "2"', None),
        ("null < 1", None),
        ("true < false", None),
        ('"甲" < "乙"', False),
        ('@"10:00:00" < @"11:00:00Z"', None),
        ("5 between null and 6", None),
        ("7 between null and 6", False),
        ("1 in [2, 3, 1]", True),
        ("1 in [[2..4], [0..1]]", True),
        ("[1] in [[1], [2]]", True),
        ("[1, 2] in [1, 2]", True),
        ("5 in > 3", True),
        ("5 in (< 3, >= 5)", True),
        ("5 in (!= 5)", False),
        ("null in [1, null]", True),
        ("null in [1..2]", None),
        ('"a" in [1..2]', None),
        ("5 in [1..null]", True),
        ('"b" in ["a".."c"]', True),
        ("{a: 1} in [{a: 1}]", True),
    ],
)
def test_values_are_compared(text, expected):
    assert value(text) is expected


@pytest.mark.parametrize(("a", "b"), [(a, b) for a in ("true", "false", "null", "1") for b in ("true", "false", "null", '"x"')])
def test_logic_has_three_values(a, b):
    known = {"true": True, "false": False}
    left, right = known.get(a), known.get(b)

    both = False if False in (left, right) else None if None in (left, right) else True
    either = True if True in (left, right) else None if None in (left, right) else False

    assert (value(f"{a} and {b}"), value(f"{a} or {b}")) == (both, either)


@given(VALUES, VALUES)
def test_equality_is_symmetric_and_a_value_equals_itself(a, b):
    assert value("a = b", a=a, b=b) is value("b = a", a=a, b=b)
    assert value("a = a", a=a) is True


@given(VALUES, VALUES)
def test_two_values_stand_in_one_order_or_in_none(a, b):
    orders = [value("a < b", a=a, b=b), value("a > b", a=a, b=b)]

    assert orders in ([True, False], [False, True], [False, False], [None, None])
    assert value("a <= b", a=a, b=b) is value("b >= a", a=a, b=b)
