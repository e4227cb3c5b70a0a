"""Functions about the calendar and the clock."""

import datetime as dt

from engine.feel.builtins.registry import builtin
from engine.feel.calendar_days import Date, DateTime, WideDate, WideDateTime, date_of, day_part, days_in_month, ordinal
from engine.feel.functions import Evaluation

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _day(value: Date | DateTime) -> Date:
    return day_part(value) if isinstance(value, dt.datetime | WideDateTime) else value


@builtin("now()")
def now(run: Evaluation) -> dt.datetime:
    """Give the moment of the evaluation."""
    return run.now()


@builtin("today()")
def today(run: Evaluation) -> dt.date:
    """Give the date of the evaluation."""
    return run.now().date()


@builtin("day of year(date: date|moment)")
def day_of_year(value: Date | DateTime) -> int:
    """Number the day in its year."""
    day = _day(value)
    return ordinal(day) - ordinal(date_of(day.year, 1, 1)) + 1


@builtin("day of week(date: date|moment)")
def day_of_week(value: Date | DateTime) -> str:
    """Name the day of the week."""
    return _DAYS[_day(value).isoweekday() - 1]


@builtin("month of year(date: date|moment)")
def month_of_year(value: Date | DateTime) -> str:
    """Name the month."""
    return _MONTHS[_day(value).month - 1]


@builtin("week of year(date: date|moment)")
def week_of_year(value: Date | DateTime) -> int:
    """Number the week as ISO 8601 does: it belongs to the year of its Thursday."""
    day = _day(value)
    thursday = ordinal(day) - day.isoweekday() + 4
    for year in (day.year + 1, day.year, day.year - 1):
        first = ordinal(WideDate(year, 1, 1))
        if thursday >= first:
            return (thursday - first) // 7 + 1
    return 1


@builtin("last day of month(date: date|moment)")
def last_day_of_month(value: Date | DateTime) -> Date:
    """Give the last day of the month of a date."""
    day = _day(value)
    return date_of(day.year, day.month, days_in_month(day.year, day.month))
