"""Every built-in takes anything and gives a value or null."""

import itertools

import pytest

from engine.feel.builtins import BUILTINS
from tests.feel.language import value, warnings

ARGUMENTS = [
    *("null", "true", "0", "-1.5", "1e6144", '""', '"a"', "[]", "[1, null]", '["b", "a"]', "{a: 1}", "[1..3]", "(< 5)", "abs"),
    *('@"2022-08-10"', '@"-2022-08-10T00:00:00Z"', '@"10:00:00@Asia/Shanghai"', '@"P1D"', '@"P1Y"', "function(a, b) a"),
]


@pytest.mark.parametrize("name", sorted(set(BUILTINS) - {"assert"}))
def test_a_function_takes_any_arguments(name):
    value(f"{name}()")
    for argument in ARGUMENTS:
        value(f"{name}({argument})")
    for first, second in itertools.product(ARGUMENTS, repeat=2):
        value(f"{name}({first}, {second})")
    for third in ARGUMENTS:
        value(f'{name}("a", "b", {third})')


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("substring()", "substring does not take 0 arguments"),
        ("abs(null)", "abs: n must not be null"),
        ('floor("a")', "floor: n must be a number, not a string"),
        ("abs(value: 1)", "abs has no parameters named value"),
        ('day of week("x")', "day of week: date must be a date or date and time, not a string"),
        ('sum([1, "a"])', "sum: every item must be a number, not a string"),
    ],
)
def test_wrong_arguments_are_named(text, warning):
    assert value(text) is None
    assert warnings(text) == [warning]
