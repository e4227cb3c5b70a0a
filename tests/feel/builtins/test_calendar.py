"""Functions about the calendar and the clock."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.language import NOON, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now()", NOON),
        ("today()", NOON.date()),
        ("today(1)", None),
        ('day of week(@"2022-08-10")', "Wednesday"),
        ('month of year(@"2022-08-10T10:00:00")', "August"),
        ('day of year(@"2020-12-31")', 366),
        ('week of year(@"2010-01-01")', 53),
        ('week of year(@"2003-12-29")', 1),
        ('week of year(@"-2021-01-01") > 0', True),
        ('week of year(@"999999999-12-31")', 52),
        ('string(last day of month(@"2024-02-10"))', "2024-02-29"),
        ('day of week("2022-08-10")', None),
    ],
)
def test_calendar_functions(text, expected):
    assert value(text) == expected


@given(st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 31)))
def test_weeks_and_days_are_those_of_the_calendar(day):
    assert value("week of year(day)", day=day) == day.isocalendar().week
    assert value("day of year(day)", day=day) == day.timetuple().tm_yday
    assert value("day of week(day)", day=day) == day.strftime("%A")
