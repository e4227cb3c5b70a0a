"""Values are instances of types, and are taken as what is declared."""

import datetime as dt

import pytest

from engine.feel import compile_expression, compile_unary_tests
from engine.feel.types import ANY, NAMED, SIMPLE, AllowedType, ContextType, ListType, coerce, conforms
from tests.feel.language import value

NUMBER = SIMPLE["number"]
GRADE = AllowedType(NUMBER, lambda grade: compile_unary_tests("[1..5]").matches(grade, {}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 instance of number", True),
        ("null instance of number", False),
        ("null instance of Null", True),
        ('@"P1D" instance of days and time duration', True),
        ('@"P1Y" instance of years and months duration', True),
        ("[1, null] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("[[1]] instance of list<list<number>>", True),
        ("[1] instance of list", True),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ("{a: 1} instance of context<a: number, b: string>", False),
        ("{a b: 1} instance of context<a b: number>", True),
        ("[1..2] instance of range<number>", True),
        ('["a".."b"] instance of range<number>', False),
        ("(function(a: number) a) instance of function<number> -> Any", True),
        ("(function(a: number) a) instance of function<number, number> -> Any", False),
        ("(function(a: string) a) instance of function<number> -> Any", False),
        ("(function(n) n) instance of function", True),
        ("1 + 2 instance of number = true", False),
        ("[1] instance of list<number>=true", True),
    ],
)
def test_a_value_is_an_instance_of_a_type(text, expected):
    assert value(text) is expected


@pytest.mark.parametrize(
    ("given", "declared", "expected"),
    [
        (1, NUMBER, 1),
        ("1", NUMBER, None),
        ([1], NUMBER, 1),
        ([1, 2], NUMBER, None),
        (1, ListType(NUMBER), [1]),
        ("1", ListType(NUMBER), None),
        (None, NUMBER, None),
        (dt.date(2022, 8, 10), NAMED["date and time"], dt.datetime(2022, 8, 10, tzinfo=dt.UTC)),
        ({"a": 1}, ContextType((("a", NUMBER),)), {"a": 1}),
        ({"a": "x"}, ContextType((("a", NUMBER),)), None),
        (3, GRADE, 3),
        (9, GRADE, None),
        ([3, 9], ListType(GRADE), None),
        ("x", ANY, "x"),
    ],
)
def test_a_value_is_taken_as_the_declared_type(given, declared, expected):
    assert coerce(given, declared) == expected


def test_instance_of_looks_at_the_kind_and_not_at_allowed_values():
    assert compile_expression("9 instance of grade", types={"grade": GRADE}).evaluate({}) is True
    assert not conforms(9, GRADE)


@pytest.mark.parametrize(("argument", "expected"), [("1", 2), ("[1]", 2), ('"1"', None), ("null", None)])
def test_arguments_are_taken_as_their_parameters_declare(argument, expected):
    assert value(f"(function(a: number) a + 1)({argument})") == expected
