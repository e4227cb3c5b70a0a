"""Strategies for hostile input: FEEL that is nested, long or odd, and files with parts of them broken."""

from collections.abc import Sequence

from hypothesis import strategies as st

NUMBERS = st.sampled_from(["0", "1", "-1", "7", "1e308", "1E-6143", "9" * 40, "0.1", "-.5", "1..3", "1..999999999"])
ATOMS = st.one_of(
    NUMBERS,
    st.sampled_from(
        ['"a"', '"意见"', '""', "null", "true", "n", "text", "list", "c", "day", "yes", "item", "partial", "?", "[]", "{}", "abs",
         '@"P1Y"', '@"2022-08-10"', '@"P1DT1H"', '"\\u0000"', '"\\uD83D"', '@"-999999999-01-01"', '@"PT99999999999999999H"']
    ),
)  # fmt: skip
OPERATORS = st.sampled_from(["+", "-", "*", "/", "**", "and", "or", "=", "!=", "<", ">=", "in", "instance of"])
FUNCTIONS = st.sampled_from(
    ["count", "sum", "sort", "flatten", "concatenate", "matches", "replace", "split", "string join", "substring", "date",
     "duration", "date and time", "number", "string", "exp", "sqrt", "modulo", "mode", "stddev", "union", "insert before",
     "context put", "context merge", "get entries", "years and months duration", "is", "overlaps", "range", "abs", "extract"]
)  # fmt: skip
PATTERNS = st.sampled_from(
    ['"(a+)+$"', '"(x+x+)+y"', '"[a-z]{1,999}"', '"^(a|a)*$"', '"(?=a)"', '"\\\\p{IsHan}+"', '"(((((a*)*)*)*)*)b"']
)


def expressions() -> st.SearchStrategy[str]:
    """Give FEEL that is mostly well-formed."""
    return st.recursive(ATOMS | PATTERNS, _larger, max_leaves=25)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, max_size=4).map(", ".join)
    return st.one_of(
        st.tuples(inner, OPERATORS, inner).map(" ".join),
        st.tuples(FUNCTIONS, several).map(lambda pair: f"{pair[0]}({pair[1]})"),
        several.map(lambda text: f"[{text}]"),
        st.tuples(inner, inner).map(lambda pair: f"{{a: {pair[0]}, b: {pair[1]}}}"),
        st.tuples(inner, inner).map(lambda pair: f"{pair[0]}[{pair[1]}]"),
        st.tuples(inner, inner).map(lambda pair: f"for i in {pair[0]} return {pair[1]}"),
        st.tuples(inner, inner, inner).map(lambda three: "if {} then {} else {}".format(*three)),
        st.tuples(inner, inner).map(lambda pair: f"some x in {pair[0]} satisfies {pair[1]}"),
        st.tuples(inner, inner).map(lambda pair: f"(function(f) {pair[0]})({pair[1]})"),
        inner.map(lambda text: f"({text}).a"),
        inner.map(lambda text: f"not({text})"),
        st.tuples(inner, st.integers(2, 400)).map(lambda pair: "(" * pair[1] + pair[0] + ")" * pair[1]),
        st.tuples(inner, st.integers(2, 60)).map(lambda pair: " + ".join([pair[0]] * pair[1])),
    )


def damaged(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Give a known file with pieces cut out, doubled, repeated very often, or replaced by hostile ones."""
    words = expressions().map(str.encode) | st.sampled_from(
        [b"", b"\x00", b"\xff\xfe", b"&#0;", b"&lt;", b"<", b">", b'"', b"]]>", b"-1", b"9" * 30, b"null", b"[", b"{", b"=",
         b"R/PT0S", b"0 0 0 * * *", b"P" + b"9" * 20 + b"Y", b"(" * 300, b"<a>" * 300, "\U000e0001".encode()]
    )  # fmt: skip
    cut = st.tuples(st.floats(0, 1), st.floats(0, 0.1), words, st.sampled_from([1, 1, 1, 2, 50]))
    return st.tuples(st.sampled_from(list(seeds)), st.lists(cut, min_size=1, max_size=4)).map(_cut)


def _cut(drawn: tuple[bytes, list[tuple[float, float, bytes, int]]]) -> bytes:
    content, cuts = drawn
    for place, length, word, times in cuts:
        start = int(place * len(content))
        end = start + int(length * min(len(content), 2_000))
        content = content[:start] + (word or content[start:end]) * times + content[end:]
    return content
