"""Range functions say how points and ranges lie to each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.language import value

ENDS = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted)
BRACKETS = st.tuples(st.sampled_from("[("), st.sampled_from("])"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("before(1, 2)", True),
        ("before([1..5), 5)", True),
        ("before([1..5], [5..8])", False),
        ("after(5, [1..5))", True),
        ("meets([1..5], [5..8])", True),
        ("met by([5..8], [1..5))", False),
        ("overlaps([1..5], [5..8])", True),
        ("overlaps before([1..5], [3..8])", True),
        ("overlaps after([3..8], [1..5])", True),
        ("finishes(5, [1..5])", True),
        ("finished by([1..5), 5)", False),
        ("includes([1..9], (2..9])", True),
        ("during([1..9], (1..9))", False),
        ("starts([1..5], [1..8])", True),
        ("started by([1..8], 1)", True),
        ("coincides([1..5], [1..5])", True),
        ("coincides([1..5], [1..5))", False),
        ('before(1, "a")', None),
        ("before((< 5), 6)", True),
        ("before((> 5), 6)", None),
        ('before(@"2022-08-10", [@"2022-08-11"..@"2022-08-12"])', True),
        ("before(point: 1, range: [2..3])", True),
        ("before(range1: [1..2], range2: [3..4])", True),
    ],
)
def test_range_functions(text, expected):
    assert value(text) is expected


@given(ENDS, BRACKETS, ENDS, BRACKETS)
def test_every_relation_has_its_converse(a, around_a, b, around_b):
    ranges = f"{{a: {around_a[0]}{a[0]}..{a[1]}{around_a[1]}, b: {around_b[0]}{b[0]}..{b[1]}{around_b[1]},"

    for relation, converse in [
        ("before", "after"),
        ("meets", "met by"),
        ("starts", "started by"),
        ("finishes", "finished by"),
        ("during", "includes"),
        ("overlaps", "overlaps"),
        ("coincides", "coincides"),
    ]:
        assert value(f"{ranges} x: {relation}(a, b), y: {converse}(b, a), z: x = y}}.z") is True
