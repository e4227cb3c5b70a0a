"""List functions give new lists; positions count from 1, or from the end when negative."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.language import value

LISTS = st.lists(st.one_of(st.none(), st.integers(0, 5), st.sampled_from("ab")), max_size=8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("list contains([1, null], null)", True),
        ("count([1, null])", 2),
        ("count(1)", 1),
        ("count(null)", None),
        ("min([3, 1, 2])", 1),
        ('max("a", "c", "b")', "c"),
        ("min([])", None),
        ('min([1, "a"])', None),
        ("min()", None),
        ("sum([1, 2.5])", 3.5),
        ("sum(1, 2, 3)", 6),
        ("sum([])", None),
        ('string(sum([@"P1D", @"PT12H"]))', "P1DT12H"),
        ("mean([1, 2, 3, 4])", 2.5),
        ("median([8, 2, 5, 3, 4])", 4),
        ("product([2, 3, 4])", 24),
        ("mode([6, 3, 9, 6, 6])", [6]),
        ("stddev([47])", None),
        ("all([true, null])", None),
        ("all([false, null])", False),
        ("all([])", True),
        ("any([false, null])", None),
        ("any(true, false)", True),
        ("sublist([1, 2, 3], 2)", [2, 3]),
        ("sublist([1, 2, 3], -2, 1)", [2]),
        ("sublist([1, 2, 3], 0)", None),
        ("append([1], 2, null)", [1, 2, None]),
        ("append([1], [2])", [1, [2]]),
        ("concatenate([1], [2, 3], 4)", [1, 2, 3, 4]),
        ("concatenate([1], null)", None),
        ("insert before([1, 3], 2, 2)", [1, 2, 3]),
        ("insert before([1, 3], -1, 2)", [1, 2, 3]),
        ("remove([1, 2, 3], 2)", [1, 3]),
        ("remove([1], 2)", None),
        ("list replace([2, 4], 2, 6)", [2, 6]),
        ("list replace([2, 4, 7], function(item, newItem) item < newItem, 5)", [5, 5, 7]),
        ("list replace([2, 4], function(item, newItem) 1, 5)", None),
        ("reverse([1, 2])", [2, 1]),
        ("index of([1, 2, 1], 1)", [1, 3]),
        ("union([1, 2], [2, 3])", [1, 2, 3]),
        ('distinct values([1, "a", 1.0, "a", null, null])', [1, "a", None]),
        ("duplicate values([1, 2, 1, 3, 3, 3])", [1, 3]),
        ("flatten([[1, [2]], 3, [[[]]]])", [1, 2, 3]),
        ("partition([1, 2, 3], 2)", [[1, 2], [3]]),
        ("sort([3, 1, 2])", [1, 2, 3]),
        ('sort([1, "a"])', None),
        ("sort(list: [1, 2], precedes: function(x, y) x > y)", [2, 1]),
        ("sort([1, 2], function(x) x)", None),
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ('for d in @"2022-08-31"..@"2022-09-01" return d.day', [31, 1]),
        ("for i in [1, 2], j in [i..3] return j", [1, 2, 3, 2, 3]),
        ("for i in null return i", None),
        ('for i in 1.."3" return i', None),
        ("some i in [null, 1] satisfies i > 0", True),
        ("every i in [null, 1] satisfies i > 0", None),
        ("every i in [] satisfies false", True),
        ("[{a: 1}, {a: 2}][a > 1]", [{"a": 2}]),
        ("[1, 2, 3][item >= 2][1]", 2),
        ("[true, false][item]", [True]),
        ("[][1]", None),
        ("[][item > 1]", []),
        ("null[item > 1]", []),
        ("5[item > 1]", [5]),
        ("[{item: 1}][item = 1]", [{"item": 1}]),
        ("[{a: 1}, {b: 2}].a", [1, None]),
    ],
)
def test_list_functions(text, expected):
    assert value(text) == expected


@given(LISTS, LISTS)
def test_lists_obey_the_laws(a, b):
    assert value("count(concatenate(a, b)) = count(a) + count(b)", a=a, b=b) is True
    assert value("reverse(reverse(a)) = a", a=a) is True
    assert value("union(a, b) = distinct values(concatenate(a, b))", a=a, b=b) is True
    assert value("every x in distinct values(a) satisfies list contains(a, x)", a=a) is True


@given(st.lists(st.integers(-9, 9), min_size=1))
def test_a_sorted_list_rises(numbers):
    assert value("sort(a)", a=numbers) == sorted(numbers) == value("sort(a, function(x, y) x < y)", a=numbers)
    assert value("min(a) <= median(a) and median(a) <= max(a) and sum(a) / count(a) = mean(a)", a=numbers) is True
