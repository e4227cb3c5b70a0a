"""Office hours."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import Calendar
from engine.clock import ZONE
from engine.rehearsal.hours import OfficeHours, spans

HOURS = OfficeHours(Calendar(), spans(["08:30", "11:30", "13:30", "17:00"]))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2022-07-18T09:00", 0, "2022-07-18T09:00"),
        ("2022-07-18T06:00", 0, "2022-07-18T08:30"),
        ("2022-07-18T08:30", 1, "2022-07-18T17:00"),
        ("2022-07-22T16:00", 1, "2022-07-25T16:00"),
        ("2022-09-09T17:30", 0, "2022-09-13T08:30"),
        ("2022-10-08T08:00", 0, "2022-10-08T08:30"),
    ],
)
def test_working_days_pass_only_in_office_hours(start, days, end):
    assert HOURS.after(at(start), days) == at(end)


@given(st.integers(0, 60 * 24 * 300), st.floats(0, 20))
def test_more_working_days_never_end_earlier(minutes, days):
    start = at("2022-01-01T00:00") + timedelta(minutes=minutes)

    assert start <= HOURS.first(start) <= HOURS.after(start, days) <= HOURS.after(start, days + 0.25)


@pytest.mark.parametrize("hours", [[], ["08:30"], ["11:30", "08:30"]])
def test_hours_come_in_pairs(hours):
    with pytest.raises(ValueError, match=r"pairs|zip"):
        spans(hours)
