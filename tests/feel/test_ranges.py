"""Ranges hold what lies between their ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.language import value

SMALL = st.integers(-3, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1..5].start", 1),
        ("[1..5).end included", False),
        ("(1..5].start included", False),
        ("]1..5[.end", 5),
        ("(<= 5).end", 5),
        ("(<= 5).end included", True),
        ("(> 5).start", 5),
        ("(> 5).end", None),
        ('[1.."a"]', None),
        ("[true..false]", None),
        ("string([1..5))", "[1..5)"),
        ("string((>= 5))", "(>= 5)"),
        ('string(["a"..@"P1D"])', None),
        ("for i in [1..3] return i", [1, 2, 3]),
        ("for i in (1..4) return i", [2, 3]),
        ("for i in (>= 4) return i", None),
        ("for i in [3..1] return i", []),
    ],
)
def test_a_range_has_ends(text, expected):
    assert value(text) == expected


@given(SMALL, SMALL, SMALL, st.sampled_from("[(]"), st.sampled_from("])["))
def test_a_value_is_in_a_range_when_it_is_between_its_ends(x, low, high, opening, closing):
    above = low <= x if opening == "[" else low < x
    below = x <= high if closing == "]" else x < high

    assert value(f"x in {opening}low..high{closing}", x=x, low=low, high=high) is (above and below)


@given(SMALL, SMALL, SMALL)
def test_range_functions_agree_with_membership(x, low, high):
    relations = value(
        "{r: [low..high], in: x in r, during: during(x, r), includes: includes(r, x), before: before(x, r), after: after(x, r)}",
        x=x,
        low=min(low, high),
        high=max(low, high),
    )

    assert relations["in"] is relations["during"] is relations["includes"]
    assert [relations["in"], relations["before"], relations["after"]].count(True) == 1
