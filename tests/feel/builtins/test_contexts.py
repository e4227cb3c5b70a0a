"""Context functions give new contexts, and a few functions take any value."""

import pytest

from engine.feel import FeelError
from tests.feel.language import value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('get value({a: 1}, "a")', 1),
        ('get value({a: 1}, "b")', None),
        ('get value(null, "b")', None),
        ("get entries({a: 1})", [{"key": "a", "value": 1}]),
        ("context(get entries({a: 1, b: null}))", {"a": 1, "b": None}),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', None),
        ("context([1])", None),
        ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
        ('context put({a: {b: 1}}, ["a", "c"], 2)', {"a": {"b": 1, "c": 2}}),
        ('context put({}, ["a", "b"], 1)', {"a": {"b": 1}}),
        ('context put({a: 1}, ["a", "b"], 1)', None),
        ("context put({}, [], 1)", None),
        ("context merge([{a: 1}, {a: 2, b: 3}])", {"a": 2, "b": 3}),
        ("context merge([{a: 1}, 2])", None),
        ("{a: 1, a: 2}", None),
        ("{a: 1, b: a + 1, c: {d: a + b}}.c.d", 3),
        ("not(true)", False),
        ("not(1)", None),
        ('is(@"23:00:50Z", @"23:00:50+00:00")', True),
        ('is(@"10:00:00Z", @"12:00:00+02:00")', False),
        ("is(1, 1.0)", True),
        ('is(1, "1")', False),
        ("is([1], [1])", True),
        ("is(null)", True),
        ("get or else(null, 1)", 1),
        ("get or else(false, 1)", False),
        ("assert(1, true)", 1),
        ("string length(uuid())", 36),
        ("uuid() = uuid()", False),
    ],
)
def test_context_functions(text, expected):
    assert value(text) == expected


def test_an_assertion_says_what_is_wrong():
    with pytest.raises(FeelError, match="缺少金额"):
        value('assert(null, false, "缺少金额")')
