"""Every boxed expression of DMN gives what its parts say."""

import pytest

from tests.dmn.models import complaints, decision, evaluate, literal, variable


def entry(name: str, box: str, kind: str = "") -> str:
    """A context entry; without a name the result."""
    return f"<contextEntry>{variable(name, kind) if name else ''}{box}</contextEntry>"


def part(tag: str, text: str) -> str:
    """A part of a conditional or an iterator."""
    return f"<{tag}>{literal(text)}</{tag}>"


FUNCTION = f'<functionDefinition><formalParameter name="a" typeRef="number"/>{literal("a + 1")}</functionDefinition>'
RELATION = '<relation><column name="n"/><column name="sum of n"/>' + "".join(
    f"<row>{literal(a)}{literal(b)}</row></relation>" if a == "3" else f"<row>{literal(a)}{literal(b)}</row>"
    for a, b in (("1", "1"), ("3", "x"))
)
INVOCATION = f'<invocation>{literal("f")}<binding><parameter name="a"/>{literal("x")}</binding></invocation>'
CASES = {
    "literal": (literal("x + 1"), 6),
    "context": (f"<context>{entry('a b', literal('x'))}{entry('c', literal('a b * 2'))}</context>", {"a b": 5, "c": 10}),
    "context with a result": (f"<context>{entry('a', literal('x'))}{entry('', literal('a + 2'))}</context>", 7),
    "list": (f"<list>{literal('1')}{literal('x')}</list>", [1, 5]),
    "relation": (RELATION, [{"n": 1, "sum of n": 1}, {"n": 3, "sum of n": 5}]),
    "invocation": (f"<context>{entry('f', FUNCTION)}{entry('', INVOCATION)}</context>", 6),
    "function": (f"<context>{entry('f', FUNCTION)}{entry('', literal('f(x) + f(a: 1)'))}</context>", 8),
    "function of the wrong type": (f"<context>{entry('f', FUNCTION)}{entry('', literal('f(true)'))}</context>", None),
    "conditional": (f"<conditional>{part('if', 'x = 5')}{part('then', '1')}{part('else', '2')}</conditional>", 1),
    "undecided conditional": (f"<conditional>{part('if', '0')}{part('then', '1')}{part('else', '2')}</conditional>", None),
    "filter": (f"<filter>{part('in', '[1, 5, 9]')}{part('match', 'item &gt;= x')}</filter>", [5, 9]),
    "filter of contexts": (f"<filter>{part('in', '[{a: 1}, {a: 5}]')}{part('match', 'a = x')}</filter>", [{"a": 5}]),
    "for": (f'<for iteratorVariable="i">{part("in", "[1..3]")}{part("return", "i * x")}</for>', [5, 10, 15]),
    "for with what came before": (
        f'<for iteratorVariable="i">{part("in", "[1, 2, 3]")}{part("return", "count(partial)")}</for>',
        [0, 1, 2],
    ),
    "some": (f'<some iteratorVariable="i">{part("in", "[1, 5]")}{part("satisfies", "i = x")}</some>', True),
    "every": (f'<every iteratorVariable="i">{part("in", "[1, 5]")}{part("satisfies", "i = x")}</every>', False),
    "some that is not decided": (f'<some iteratorVariable="i">{part("in", "[1]")}{part("satisfies", "7")}</some>', None),
}


@pytest.mark.parametrize(("box", "expected"), CASES.values(), ids=CASES.keys())
def test_a_boxed_expression_gives_what_its_parts_say(box, expected):
    assert evaluate(decision(box), {"x": 5}) == expected


def test_an_entry_is_taken_as_its_type():
    body = f"<context>{entry('a', literal('[1]'), 'number')}{entry('b', literal('true'), 'number')}</context>"

    assert evaluate(decision(body)) == {"a": 1, "b": None}


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ("", "The decision has no expression"),
        ("<literalExpression/>", "The literalExpression has no expression"),
        ('<literalExpression expressionLanguage="java"><text>1</text></literalExpression>', "is written in java"),
        ("<conditional/>", "The conditional needs one if"),
        (f'<for iteratorVariable="i">{part("in", "1..3")}</for>', "The for needs one in / return"),
        (f"<some>{part('in', '[1]')}{part('satisfies', 'true')}</some>", "The some needs one iteratorVariable"),
        (FUNCTION.replace("<functionDefinition>", '<functionDefinition kind="Java">'), "Functions in Java are not supported"),
        ("<relation><column name='a'/><row/></relation>", "The row has 0 cells for 1 columns"),
        ("<script>1</script>", "script is not supported inside decision"),
        ('<literalExpression typeRef="tNone"><text>1</text></literalExpression>', "There is no type tNone"),
    ],
)
def test_a_box_that_says_nothing_is_refused(box, expected):
    assert expected in " ".join(complaints(decision(box)))
