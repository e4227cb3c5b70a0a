"""When timers are due: by the calendar of their zone, as often as they say, never in a storm."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.bpmn import durations, timers
from engine.bpmn.timers import TimerSchedule, due, next_due

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2022, 1, 31, 9, tzinfo=SHANGHAI)


def times(schedule: TimerSchedule | None, limit: int = 5) -> list[datetime]:
    """Fire a timer punctually, over and over."""
    found = []
    while schedule and len(found) < limit:
        found.append(schedule.due_at)
        schedule = next_due(schedule, schedule.due_at)
    return found


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("date", "2022-08-10", "2022-08-10T00:00:00+08:00"),
        ("date", "2022-08-10T09:30:00", "2022-08-10T09:30:00+08:00"),
        ("date", "2022-08-10T09:30:00Z", "2022-08-10T09:30:00+00:00"),
        ("date", "2022-08-10T09:30:00@Europe/Berlin", "2022-08-10T09:30:00+02:00"),
        ("date", date(2022, 8, 10), "2022-08-10T00:00:00+08:00"),
        ("duration", "PT90M", "2022-01-31T10:30:00+08:00"),
        ("duration", "P1M", "2022-02-28T09:00:00+08:00"),
        ("duration", "P1Y2M1DT0.5S", "2023-04-01T09:00:00.500000+08:00"),
        ("duration", "P2W", "2022-02-14T09:00:00+08:00"),
        ("duration", timedelta(days=1), "2022-02-01T09:00:00+08:00"),
        ("cycle", "R/2022-02-05T08:00:00/P1D", "2022-02-05T08:00:00+08:00"),
        ("cycle", "R/2022-01-05T08:00:00/P1D", "2022-02-01T08:00:00+08:00"),
        ("cycle", "0 0 9 ? * MON-FRI", "2022-02-01T09:00:00+08:00"),
        ("cycle", "*/20 * * * * *", "2022-01-31T09:00:20+08:00"),
    ],
)
def test_a_timer_is_due_when_its_text_says(kind, value, expected):
    assert due(kind, value, AT, SHANGHAI).due_at.isoformat() == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "soon"),
        ("date", "2022-02-30"),
        ("date", "2022-02-03T00:00@Nowhere/Town"),
        ("duration", "P"),
        ("duration", "PT"),
        ("duration", "1D"),
        ("duration", "-P1D"),
        ("duration", "P99999999999Y"),
        ("cycle", "R0/PT1H"),
        ("cycle", "R3"),
        ("cycle", "R3/PT0S"),
        ("cycle", "R3/2022-01-01/2021-01-01"),
        ("cycle", "0 9 * * 1"),
        ("cycle", "61 * * * * *"),
        ("cycle", "0 0 0 31 2 *"),
    ],
)
def test_a_timer_text_that_cannot_be_read_is_refused(kind, text):
    with pytest.raises(timers.TimerError, match=r"write|no time"):
        timers.check(kind, text)


@pytest.mark.parametrize("value", [None, 5, timedelta(days=-1), [], "P1"])
def test_a_value_that_is_no_duration_is_refused(value):
    with pytest.raises(timers.TimerError):
        due("duration", value, AT, SHANGHAI)


def test_a_monthly_cycle_keeps_the_last_day_of_the_month():
    found = [moment.date() for moment in times(due("cycle", "R/P1M", AT, SHANGHAI), 4)]

    assert found == [date(2022, 2, 28), date(2022, 3, 31), date(2022, 4, 30), date(2022, 5, 31)]


def test_a_daily_cycle_keeps_the_clock_time_when_summer_time_begins():
    at = datetime(2022, 3, 26, 9, tzinfo=BERLIN)

    assert [moment.hour for moment in times(due("cycle", "R/P1D", at, BERLIN), 3)] == [9, 9, 9]


@settings(deadline=None)
@given(st.integers(1, 20))
def test_a_cycle_fires_as_often_as_it_says(count):
    assert len(times(due("cycle", f"R{count}/PT5S", AT, SHANGHAI), 50)) == count


def test_a_cycle_ends_where_it_says():
    assert len(times(due("cycle", "R/PT1H/2022-01-31T12:00:00", AT, SHANGHAI))) == 3


def test_times_that_were_missed_are_passed_over():
    schedule = due("cycle", "R/PT1S", AT, SHANGHAI)

    again = next_due(schedule, AT + timedelta(days=400, milliseconds=1))

    assert again.due_at == AT + timedelta(days=400, seconds=1)


def test_a_date_is_due_once():
    assert next_due(due("date", "2022-08-10", AT, SHANGHAI), AT) is None


TEXTS = st.sampled_from(["R/PT7S", "R5/P1M", "R/P1Y2M3DT4H", "R/2020-02-29T00:00:00/P1M", "0 0 9 * * 1", "R/P1D/2030-01-01"])
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(deadline=None)
@given(TEXTS, MOMENTS, st.sampled_from([SHANGHAI, BERLIN]))
def test_a_cycle_only_goes_forward_and_survives_storage(text, at, zone):
    schedule = due("cycle", text, at, zone)
    found = times(schedule)

    assert all(earlier < later for earlier, later in pairwise(found))
    assert times(TimerSchedule.decode(schedule.encode())) == found
    assert schedule.due_at >= at


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(0, 5000), st.integers(0, 10**6))
def test_a_duration_is_read_back_as_it_is_written(years, days, seconds):
    found = durations.parse(f"P{years}Y{days}DT{seconds}S")

    assert found == durations.Duration(years * 12, days, timedelta(seconds=seconds))
