"""Operators, paths, filters and calls are read by rank, and mistakes are named with their place."""

import pytest

from engine.feel import FeelSyntaxError, compile_expression, compile_unary_tests
from tests.feel.language import value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("-3 ** 2", 9),
        ("3 ** 4 ** 2", 6561),
        ("2 ** -1 * 4", 2),
        ("1 + 1 = 2 and not(2 < 1)", True),
        ("false or true and false", False),
        ("1 < 2 = true", True),
        ("5 between 1 and 10 and true", True),
        ("1 in (1, 2) or false", True),
        ("5 in (1..10)", True),
        ("5 in [1..3].end + 2", True),
        ("{a: {b: 3}}.a.b", 3),
        ("{a b: 3}.a b", 3),
        ("[{a: 1}, {a: 2}].a[2]", 2),
        ("(function(x) function(y) x + y)(1)(2)", 3),
        ("if 1 > 2 then 3 else if true then 4 else 5", 4),
        ("1 + if true then 2 else 3", 3),
        ("count(for i in 1..3, j in i..3 return i)", 6),
        ('substring(string: "abc", start position: 2)', "bc"),
        ("1 // a comment\n + /* another */ 1", 2),
        ("[1..3[ = [1..3)", True),
        ("]1..3[ = (1..3)", True),
        ("[1..[2][1]] = [1..2]", True),
        ("-[1][1]", -1),
        ("[1, 2, 3][-1]", 3),
    ],
)
def test_an_expression_is_read_by_rank(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("1 +", "A value is missing at the end", 1, 4),
        ("if a then b", "else is missing at the end", 1, 12),
        ("a = 1 and\n\n  b == 2", "== cannot stand here; write =", 3, 5),
        ("“受理”", '“ cannot stand here; write "', 1, 1),
        ("f(1，2)", "， cannot stand here; write ,", 1, 4),
        ('"open', "This text is not closed with a quotation mark", 1, 1),
        ("a adn b", "adn is not expected here", 1, 3),
        ("[1, 2", ", / ] is missing at the end", 1, 6),
        ("f(a: 1, 2)", "Either all arguments have names or none", 1, 11),
        ("x instance of nothing", "There is no type nothing", 1, 22),
        ("a && b", "&& cannot stand here; write and", 1, 3),
        ("", "A value is missing at the end", 1, 1),
        ("(1 then 2", ") is expected here, not then", 1, 4),
        ("1 + )", "A value is expected here, not )", 1, 5),
    ],
)
def test_a_mistake_is_named_with_its_place(text, message, line, column):
    with pytest.raises(FeelSyntaxError) as refused:
        compile_expression(text)

    assert (refused.value.message, refused.value.line, refused.value.column) == (message, line, column)


@pytest.mark.parametrize(
    "text",
    ["(" * 5_000, "[" * 5_000, "{a:" * 5_000, "f(" * 5_000, "1" + " = 1" * 5_000, "not(" * 500, "1 in (" * 500, "if " * 500],
)
def test_an_expression_nested_too_deeply_is_refused(text):
    with pytest.raises(FeelSyntaxError):
        compile_expression(text)


@pytest.mark.parametrize("text", ["a" + " " * 50_000, "for a" + " " * 50_000, "f(a" + " " * 50_000, "{a" + " " * 50_000])
def test_a_long_blank_is_read_in_no_time(text):
    with pytest.raises(FeelSyntaxError):
        compile_expression(text + "(")


def test_tests_nested_in_tests_are_read_once():
    assert value("1 in (" * 25 + "1" + ")" * 25 + " + 0") is not None


@pytest.mark.parametrize("text", ["", "> ", "1,", "not(", "..", "> 1 <"])
def test_unary_tests_that_are_none_are_refused(text):
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(text)
