"""Working days: the vectors the office computed by hand, and laws that hold for every date."""

import logging
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import Calendar, add_months, as_day

calendar = Calendar()
days = st.dates(date(2005, 1, 1), date(2026, 12, 31))
counts = st.integers(-400, 400)


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "after_seven_days"),
    [
        ("2022-08-03", "2022-08-10"),
        ("2022-08-31", "2022-09-07"),
        ("2022-09-05", "2022-09-13"),
        ("2022-09-26", "2022-10-08"),
        ("2022-12-24", "2023-01-03"),
        ("2026-01-30", "2026-02-06"),
    ],
)
def test_a_deadline_in_natural_days_rolls_over_holidays(received, after_seven_days):
    assert calendar.roll_to_workday(day(received) + timedelta(days=7)) == day(after_seven_days)


@pytest.mark.parametrize(
    ("received", "fifth_working_day"),
    [
        ("2022-08-03", "2022-08-10"),
        ("2022-08-31", "2022-09-07"),
        ("2022-09-05", "2022-09-13"),
        ("2022-09-26", "2022-10-08"),
        ("2022-12-24", "2022-12-30"),
        ("2026-01-30", "2026-02-06"),
    ],
)
def test_working_days_skip_holidays_and_count_worked_weekends(received, fifth_working_day):
    assert calendar.add_workdays(day(received), 5) == day(fifth_working_day)


@pytest.mark.parametrize(
    ("received", "a_month_later", "rolled"),
    [
        ("2022-08-03", "2022-09-03", "2022-09-05"),
        ("2022-08-31", "2022-09-30", "2022-09-30"),
        ("2022-09-05", "2022-10-05", "2022-10-08"),
        ("2022-09-26", "2022-10-26", "2022-10-26"),
        ("2022-12-24", "2023-01-24", "2023-01-28"),
        ("2026-01-30", "2026-02-28", "2026-02-28"),
    ],
)
def test_a_month_ends_on_the_corresponding_day_or_the_end_of_the_month(received, a_month_later, rolled):
    assert add_months(day(received), 1) == day(a_month_later)
    assert calendar.roll_to_workday(day(a_month_later)) == day(rolled)


@pytest.mark.parametrize(
    ("plan_date", "working_day_before"),
    [("2022-07-31", "2022-07-29"), ("2022-09-10", "2022-09-09"), ("2022-12-10", "2022-12-09"), ("2022-07-25", "2022-07-22")],
)
def test_a_reminder_comes_on_the_working_day_before_a_plan_date(plan_date, working_day_before):
    assert calendar.previous_workday(day(plan_date)) == day(working_day_before)


def test_a_paper_due_on_a_sunday_is_filed_on_the_friday_before():
    assert calendar.last_workday_by(day("2022-07-31")) == day("2022-07-29")
    assert calendar.last_workday_by(day("2022-07-25")) == day("2022-07-25")


@given(days)
def test_every_published_day_is_what_the_library_says(some_day):
    assert calendar.is_workday(some_day) == chinese_calendar.is_workday(some_day)


@given(days, counts.filter(bool))
def test_adding_working_days_lands_on_a_working_day_in_the_right_direction(start, count):
    found = calendar.add_workdays(start, count)

    assert calendar.is_workday(found)
    assert (found > start) == (count > 0)


@given(days, st.integers(0, 400))
def test_counting_is_the_inverse_of_adding(start, count):
    assert calendar.count_workdays(start, calendar.add_workdays(start, count)) == count


@given(days, counts, counts)
def test_adding_twice_is_adding_the_sum(start, first, second):
    start = calendar.roll_to_workday(start)

    assert calendar.add_workdays(calendar.add_workdays(start, first), second) == calendar.add_workdays(start, first + second)


@given(days, days, days)
def test_counts_add_up_along_the_way(first, second, third):
    there = calendar.count_workdays(first, second) + calendar.count_workdays(second, third)

    assert there == calendar.count_workdays(first, third)


@given(days)
def test_rolling_twice_changes_nothing(start):
    rolled = calendar.roll_to_workday(start)

    assert calendar.roll_to_workday(rolled) == rolled >= start


@given(days, st.integers(0, 60))
def test_a_month_never_skips_a_month(start, months):
    later = add_months(start, months)

    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day <= start.day


def test_a_year_nobody_published_has_weekends_only_and_says_so(caplog):
    with caplog.at_level(logging.WARNING):
        assert calendar.add_workdays(day("2031-01-03"), 1) == day("2031-01-06")

    assert "2031" in caplog.text
    assert "2031" in calendar.notice(2031)
    assert calendar.notice(2022) == ""


def test_a_deployed_holiday_table_wins():
    deployed = Calendar({2031: (frozenset({day("2031-01-06")}), frozenset({day("2031-01-04")}))})

    assert deployed.add_workdays(day("2031-01-03"), 1) == day("2031-01-04")
    assert deployed.add_workdays(day("2031-01-03"), 2) == day("2031-01-07")
    assert deployed.notice(2031) == ""


def test_feel_gets_dates_from_text_and_null_from_nonsense():
    heard = []
    functions = calendar.functions(heard.append)

    assert functions["add workdays"]("2022-08-03", Decimal(5)) == day("2022-08-10")
    assert functions["count workdays"](day("2022-08-03"), "2022-08-10") == 5
    assert functions["roll to workday"](datetime(2022, 9, 9, 17, tzinfo=UTC)) == day("2022-09-13")
    assert functions["add workdays"]("soon", 5) is None
    assert functions["add workdays"]("2022-08-03", Decimal("1.5")) is None
    assert functions["add workdays"]("9999-12-30", 50) is None
    assert heard
    assert as_day("2022-08-03T08:00:00") == day("2022-08-03")
