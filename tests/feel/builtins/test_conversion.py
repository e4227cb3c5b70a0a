"""Conversion functions make dates, times, durations, numbers and ranges of other values."""

import pytest

from tests.feel.language import identical, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date(2022, 8, 10)", '@"2022-08-10"'),
        ('date(@"2022-08-10T23:00:00Z")', '@"2022-08-10"'),
        ('date(from: "2022-08-10")', '@"2022-08-10"'),
        ("date(year: 2022, month: 8, day: 10)", '@"2022-08-10"'),
        ("date(999999999, 12, 31)", '@"999999999-12-31"'),
        ("time(9, 30, 15.5)", '@"09:30:15.5"'),
        ('time(9, 30, 0, @"PT8H")', '@"09:30:00+08:00"'),
        ('time(@"2022-08-10")', '@"00:00:00Z"'),
        ('time(@"2022-08-10T09:30:00@Asia/Shanghai")', '@"09:30:00@Asia/Shanghai"'),
        ('date and time("2022-08-10")', '@"2022-08-10T00:00:00"'),
        ('date and time(@"2022-08-10", @"09:30:00")', '@"2022-08-10T09:30:00"'),
        ('date and time(@"2022-08-10T01:00:00", @"09:30:00")', '@"2022-08-10T09:30:00"'),
        ("date and time(2022, 8, 10, 9, 30, 0)", '@"2022-08-10T09:30:00"'),
        ('date and time(2022, 8, 10, 9, 30, 0, "Asia/Shanghai")', '@"2022-08-10T09:30:00@Asia/Shanghai"'),
        ('duration("P26M")', '@"P2Y2M"'),
        ('duration(@"P1D")', '@"P1D"'),
        ('years and months duration(@"2011-12-22", @"2013-08-24")', '@"P1Y8M"'),
        ('years and months duration(@"2013-08-24", @"2011-12-22")', '@"-P1Y8M"'),
        ('range("[1..3)")', "[1..3)"),
        ('range("(..3]")', "(null..3]"),
        ('range("[\\"a\\"..\\"b\\"]")', '["a".."b"]'),
        ('range("[@\\"2022-08-10\\"..@\\"2022-08-11\\"]")', '[@"2022-08-10"..@"2022-08-11"]'),
    ],
)
def test_conversions(text, expected):
    assert identical(text, expected)


@pytest.mark.parametrize(
    "text",
    [
        "date(2022, 2, 30)",
        "date(2022.5, 1, 1)",
        'date("2022-08-10T00:00:00")',
        "date(null)",
        "time(24, 0, 0)",
        "time(1e300, 0, 0)",
        'time(9, 0, 0, @"PT19H")',
        'date and time(@"2022-08-10T00:00:00", "Nowhere/City")',
        'duration("1D")',
        'range("[3..1]")',
        'range("[1..a]")',
        'range("[..]")',
        'range("x")',
        "years and months duration(1, 2)",
    ],
)
def test_what_cannot_be_converted_is_null(text):
    assert value(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("string(null)", None),
        ('string("a")', "a"),
        ('string([1, "a", {b: null}])', '[1, "a", {b: null}]'),
        ('string({"a b": 1, "{": "\\""})', '{a b: 1, "{": "\\""}'),
        ("string(true)", "true"),
        ("string(function(a) a)", "function(a)"),
    ],
)
def test_anything_can_be_written(text, expected):
    assert value(text) == expected
