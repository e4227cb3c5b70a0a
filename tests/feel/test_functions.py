"""Functions are values: defined in FEEL, built in, or handed in by the engine."""

import pytest

from engine.feel import Environment, FeelError, Function, call, call_named, compile_expression
from tests.feel.language import STILL, value, warnings


def plus_days(day, n=1):
    return day if day is None else value('day + @"P1D" * n', day=day, n=n)


ENVIRONMENT = Environment(functions={"plus days": plus_days, "fail": lambda: 1 / 0, "rows": lambda: ({"a": 1.5},)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('string(plus days(@"2022-08-10", 2))', "2022-08-12"),
        ('string(plus days(@"2022-08-10"))', "2022-08-11"),
        ('string(plus days(n: 2, day: @"2022-08-10"))', "2022-08-12"),
        ("plus days()", None),
        ("rows().a", [1.5]),
        ("plus days(null)", None),
    ],
)
def test_the_engine_adds_functions(text, expected):
    assert compile_expression(text, ["plus days"]).evaluate({}, ENVIRONMENT) == expected


def test_a_function_of_the_engine_that_breaks_stops_the_evaluation():
    with pytest.raises(FeelError, match="division by zero"):
        compile_expression("fail()").evaluate({}, ENVIRONMENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{add: function(a, b) a + b, r: add(1, 2)}.r", 3),
        ("{add: function(a, b) a - b, r: add(b: 1, a: 2)}.r", 1),
        ("{add: function(a, b) a + b, r: add(1)}.r", None),
        ("{add: function(a, b) a + b, r: add(a: 1, c: 2)}.r", None),
        ("(function(n) function(m) n * m)(6)(7)", 42),
        ("{f: function(n) abs(n), r: f(-1)}.r", 1),
        ("{use: function(f, n) f(n), r: use(abs, -1)}.r", 1),
        ("{count: 3, r: count([1, 2])}.r", 2),
        ("{abs: function(n) 0, r: abs(-1)}.r", 0),
        ("sort([1, 3, 2], function(a, b) a > b)", [3, 2, 1]),
        ("(function(a) external {java: {}})(1)", None),
        ("(1)[1](2)", None),
    ],
)
def test_functions_are_values(text, expected):
    assert value(text) == expected


def test_a_function_value_can_be_called_from_python():
    function = value("function(a, b) a - b")
    assert isinstance(function, Function)

    assert call(function, [3, 1.5], STILL) == 1.5
    assert call_named(function, {"b": 1, "a": 3}, STILL) == 2
    assert call(function, [1], STILL) is None


def test_a_function_from_python_can_be_handed_in_as_a_variable():
    twice = Function("twice", ["n"], lambda arguments, run: arguments[0] * 2)

    assert value("twice(21) + twice(n: 1)", twice=twice) == 44


def test_evaluations_that_share_an_environment_share_the_allowance_of_work():
    expression = compile_expression("count(for i in 1..1000, j in 1..200 return 1)")
    environment = Environment().metered()

    counts = [expression.evaluate({}, environment) for _ in range(7)]

    assert counts == [200_000] * 7
    with pytest.raises(FeelError, match="too many steps"):
        expression.evaluate({}, environment)


@pytest.mark.parametrize("text", ["number", "{number: number}.number", "[number][1]", "[1, number][2]", "string(number)"])
def test_a_name_that_only_a_function_has_is_a_missing_variable(text):
    assert value(text) is None
    assert "There is no variable named number, only a function" in warnings(text)


def test_a_condition_on_a_missing_variable_called_like_a_function_holds():
    assert value("number = null") is True


def test_a_variable_called_like_a_function_is_what_it_holds_and_the_function_is_still_called():
    assert value('{number: number, called: number("3", ",", ".")}', number=7) == {"number": 7, "called": 3}


def test_a_function_of_the_engine_takes_values_too():
    asked = Environment(functions={"is nothing": lambda given: given is None})

    assert compile_expression("is nothing(number)", ["is nothing"]).evaluate({}, asked) is True
