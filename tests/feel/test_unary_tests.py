"""The cells of a decision table test one value."""

import datetime as dt

import pytest

from engine.feel import compile_unary_tests
from tests.feel.language import STILL


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("-", None, True),
        ("5", 5, True),
        ("5", "5", None),
        ('"举报", "投诉"', "投诉", True),
        ('"举报", "投诉"', "其他", False),
        ('not("举报", "投诉")', "其他", True),
        ("not(null)", None, False),
        ("null", None, True),
        ("< 5", 4, True),
        (">= 5, < 1", 3, False),
        ("< 5", None, None),
        ("[1..5)", 5, False),
        ("]1..5]", 5, True),
        ("[1..3[,[5..7[", 5, True),
        ("-5", -5, True),
        ("(< 3)", 2, True),
        ("= 3", 3, True),
        ("!= 3", 3, False),
        ("? > 3 and ? < 9", 5, True),
        ("count(?) > 1", [1, 2], True),
        ("? = 1", "x", None),
        ('date("2022-08-10")', dt.date(2022, 8, 10), True),
        ('[@"2022-08-01"..@"2022-08-31"]', dt.date(2022, 8, 10), True),
        ("limit", 7, True),
        ("> limit + 1", 9, True),
        ("kinds", "举报", True),
        ("limit > 5", "anything", True),
        ("limit > 5", True, True),
        ("limit > 5", False, False),
        ("true", True, True),
        ("not(true)", False, True),
        ("[1, 2]", [1, 2], True),
        ("1", [1, 2], None),
        ('contains(?, "a")', "abc", True),
        ('starts with(?, "b"), ends with(?, "c")', "abc", True),
        ("?.age >= 18", {"age": 20}, True),
    ],
)
def test_a_value_passes_or_not(text, value, expected):
    tests = compile_unary_tests(text)

    assert tests.matches(value, {"limit": 7, "kinds": ["举报", "投诉"]}, STILL) is expected


def test_tests_say_which_variables_they_read():
    assert compile_unary_tests("> limit, kinds, ? = other.x").names == {"limit", "kinds", "other"}
