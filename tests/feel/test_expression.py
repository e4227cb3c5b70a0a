"""An expression is compiled once, says what it reads, and is evaluated over variables."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.feel import Environment, FeelError, FeelSyntaxError, compile_expression, compile_unary_tests
from tests.feel.language import STILL, value, warnings


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('amount > 5000 and kind = "举报"', {"amount", "kind"}),
        ("order.customer.name", {"order"}),
        ("for i in rows return i.price * rate", {"rows", "rate"}),
        ("some x in xs satisfies x > limit", {"xs", "limit"}),
        ("rows[price > limit and item.kind = 1]", {"rows", "price", "limit"}),
        ("(function(a) a + b)(1)", {"b"}),
        ("{a: 1, b: a + c}", {"c"}),
        ("count(rows)", {"rows"}),
        ("for i in 1..3 return partial", set()),
        ("custom(a)", {"custom", "a"}),
    ],
)
def test_an_expression_says_which_variables_it_reads(text, names):
    assert compile_expression(text).names == names


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        (1.5, Decimal("1.5")),
        (0.1 + 0.2, Decimal("0.30000000000000004")),
        (2.0, 2),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("NaN"), None),
        ({"a": [1.5]}, {"a": [Decimal("1.5")]}),
        ((1, 2), [1, 2]),
        (True, True),
    ],
)
def test_values_from_outside_become_feel_values(given_value, expected):
    assert value("x", x=given_value) == expected


@pytest.mark.parametrize("hostile", [object(), print, {"a": [object()]}, b"bytes"])
def test_what_feel_does_not_know_is_refused(hostile):
    with pytest.raises(FeelError):
        value("x", x=hostile)


@pytest.mark.parametrize("text", ["x.__class__", "x.upper", "x.append", "x.real", 'get value(x, "__class__")'])
@pytest.mark.parametrize("x", ["text", [], {}, 1, STILL.now()])
def test_nothing_leads_into_python(text, x):
    assert value(text, x=x) in (None, [])


def test_variables_are_not_changed():
    variables = {"rows": [{"a": 1.5}, {"a": 2}]}

    value('context put(rows[1], "a", 3).a + sum(append(rows.a, 1))', **variables)

    assert variables == {"rows": [{"a": 1.5}, {"a": 2}]}


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("nobody + 1", "There is no variable named nobody"),
        ('1 + "a"', "number + string has no value"),
        ('date("2022-02-30")', '"2022-02-30" is no date'),
        ("{a: 1}.b", "A context has no b"),
        ("substring(1, 2)", "substring: string must be a string, not a number"),
        ("[1][2]", "A list of 1 items has none at 2"),
        ("abs(1, 2)", "abs does not take 2 arguments"),
        ("nobody(1)", "nobody is not a function"),
    ],
)
def test_null_comes_with_a_warning(text, warning):
    assert value(text) is None
    assert warning in warnings(text)


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..200000, j in 1..200000 return 1",
        "(function(f) f(f))(function(f) f(f))",
        "(function(f, n) if n = 0 then 1 else f(f, n - 1) + f(f, n - 1))(function(f, n) f(f, n - 1) + f(f, n - 1), 90)",
        'for i in 1..10000 return if i = 1 then "ab" else partial[-1] + partial[-1]',
        "count(for i in 1..300 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))",
        "string(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])",
        "(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])[-1] = 1 or "
        "{a: for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]], "
        "b: for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]], c: a = b}.c",
        'matches("' + "a" * 30 + '", "(a|aa)+$b|(a+)+(b|c)\\1")' + " and replace(string join(for i in 1..9 return "
        'string join(for j in 1..999 return "aaaaaaaaaa")), "(a|aa)*(aa|a)*(a|aa)*c", "x") = ""',
    ],
)
def test_work_is_bounded(text):
    with pytest.raises(FeelError):
        value(text)


def test_an_assertion_that_fails_stops_the_evaluation():
    with pytest.raises(FeelError, match="amount is missing"):
        value('assert(amount, amount != null, "amount is missing")', amount=None)


def test_the_clock_is_read_once():
    ticks = iter(range(100))
    environment = Environment(now=lambda: STILL.now().replace(second=next(ticks)))

    assert compile_expression("now() = now() and now().second = 0").evaluate({}, environment) is True


def test_now_without_a_clock_is_an_error():
    with pytest.raises(FeelError, match="clock"):
        compile_expression("today()").evaluate({})


@given(st.text(max_size=60))
@example("{" * 40)
@example("1" * 5000)
def test_any_text_is_an_expression_or_a_syntax_error(text):
    for compile_text in (compile_expression, compile_unary_tests):
        with contextlib.suppress(FeelSyntaxError):
            compile_text(text)


PIECES = [
    *"()[]{}.,:<>=+-*/?@",
    *("..", "**", "not", "1", "2.5", '"a"', "null", "true", "a", "item", "if", "then", "else", "for", "i", "in"),
    *("return", "some", "satisfies", "and", "or", "between", "instance of", "list<number>", "function", "sort", "count"),
    *("date and time", "duration", '@"P1D"', '@"2022-08-10"', "partial", "sum", "string", "{a: 1}", "[1, 2]"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_sequence_of_words_evaluates_or_is_refused(words):
    with contextlib.suppress(FeelSyntaxError, FeelError):
        compile_expression(" ".join(words)).evaluate({"a": [1, {"b": None}]}, STILL)
