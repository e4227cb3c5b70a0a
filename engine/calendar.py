"""The working-day calendar: public holidays and worked weekends, and the arithmetic of deadlines on it.

Years come from the deployed table first, then from ``chinesecalendar``; a year neither of them knows has weekends only,
and ``notice`` says so.
"""

import logging
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar

ZONE = ZoneInfo("Asia/Shanghai")
NOTICE = "The holidays of {year} are not known yet: only weekends count as days off. Deploy a holiday table for {year}."
MOST_DAYS = 10_000

log = logging.getLogger(__name__)

YearTable = tuple[frozenset[date], frozenset[date]]
"""Days off besides weekends, and weekend days that are worked."""


class Calendar:
    """Which days are worked; *years* are deployed tables and win over the library."""

    def __init__(self, years: Mapping[int, YearTable] | None = None) -> None:
        self._years = dict(years or {})
        self._workdays: dict[int, list[date]] = {}

    def knows(self, year: int) -> bool:
        """Say whether the holidays of a year are known."""
        return year in self._years or published(year) is not None

    def notice(self, year: int) -> str:
        """Give the sentence for people that a year's holidays are not known, or nothing."""
        return "" if self.knows(year) else NOTICE.format(year=year)

    def table(self, year: int) -> YearTable:
        """Give a year's days off besides weekends and its worked weekend days; none where the year is not known."""
        off, worked = self._years.get(year) or published(year) or (frozenset(), frozenset())
        return off, worked

    def is_deployed(self, year: int) -> bool:
        """Say whether a year comes from a deployed table rather than from the library."""
        return year in self._years

    def is_workday(self, day: date) -> bool:
        """Say whether a day is worked."""
        days = self._of(day.year)
        position = bisect_left(days, day)
        return position < len(days) and days[position] == day

    def add_workdays(self, day: date, count: int) -> date:
        """Give the working day *count* after a day (before it, where negative); the day itself is not counted."""
        if count == 0:
            return day
        days = self._of(day.year)
        position = bisect_right(days, day) - 1 + count if count > 0 else bisect_left(days, day) + count
        year = day.year
        while not 0 <= position < len(days):
            if position < 0:
                year -= 1
                days = self._of(year)
                position += len(days)
            else:
                position -= len(days)
                year += 1
                days = self._of(year)
        return days[position]

    def count_workdays(self, start: date, end: date) -> int:
        """Count the working days after *start* up to and including *end*; negative where *end* is earlier."""
        if end < start:
            return -self.count_workdays(end, start)
        whole_years = sum(len(self._of(year)) for year in range(start.year, end.year))
        return whole_years + bisect_right(self._of(end.year), end) - bisect_right(self._of(start.year), start)

    def roll_to_workday(self, day: date) -> date:
        """Give the day itself if it is worked, else the next working day."""
        return day if self.is_workday(day) else self.add_workdays(day, 1)

    def previous_workday(self, day: date) -> date:
        """Give the last working day before a day."""
        return self.add_workdays(day, -1)

    def last_workday_by(self, day: date) -> date:
        """Give the day itself if it is worked, else the last working day before it: when to file for a date on a day off."""
        return day if self.is_workday(day) else self.previous_workday(day)

    def functions(self, warn: Callable[[str], None] | None = None) -> dict[str, Callable[..., object]]:
        """Give the calendar to FEEL; dates may be text, what is no date gives null. *warn* hears of unknown years."""

        def known(day: date | None) -> date | None:
            if day and warn and (notice := self.notice(day.year)):
                warn(notice)
            return day

        def add_workdays(start: object, count: object) -> date | None:
            day, number = known(as_day(start)), _whole(count)
            return None if day is None or number is None else known(_within(self.add_workdays, day, number))

        def count_workdays(start: object, end: object) -> int | None:
            first, last = known(as_day(start)), known(as_day(end))
            return None if first is None or last is None else self.count_workdays(first, last)

        def roll_to_workday(start: object) -> date | None:
            day = known(as_day(start))
            return None if day is None else known(_within(self.roll_to_workday, day))

        return {"add workdays": add_workdays, "count workdays": count_workdays, "roll to workday": roll_to_workday}

    def _of(self, year: int) -> list[date]:
        if year not in self._workdays:
            self._workdays[year] = self._list(year)
        return self._workdays[year]

    def _list(self, year: int) -> list[date]:
        table = self._years.get(year) or published(year)
        if table is None:
            log.warning(NOTICE.format(year=year))
        off, worked = table or (frozenset(), frozenset())
        first = date(year, 1, 1)
        days = (first + timedelta(days=number) for number in range(date(year, 12, 31).timetuple().tm_yday))
        return [day for day in days if day in worked or (day.weekday() < 5 and day not in off)]


def holiday_of(day: date) -> str:
    """Name the public holiday a day belongs to, as a day off or as a day worked for it, in Chinese; empty where it is none."""
    found = chinese_calendar.holidays.get(day) or chinese_calendar.workdays.get(day)
    return str(chinese_calendar.Holiday(found).chinese) if found else ""


@cache
def published(year: int) -> YearTable | None:
    """Give a year as the library has it from the State Council's notice, if it does."""
    off = frozenset(day for day in chinese_calendar.holidays if day.year == year)
    worked = frozenset(day for day in chinese_calendar.workdays if day.year == year)
    return (off, worked) if off else None


def add_months(day: date, months: int) -> date:
    """Give the corresponding day *months* later, or the end of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def as_day(value: object) -> date | None:
    """Read a date from a date, a moment (its day in Shanghai) or ISO text of either."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return (value.astimezone(ZONE) if value.tzinfo else value).date()
    return value if isinstance(value, date) else None


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    return int(number) if abs(number) <= MOST_DAYS and number == int(number) else None


def _within(function: Callable[..., date], *arguments: object) -> date | None:
    try:
        return function(*arguments)
    except ValueError:  # past the last year that a date can have
        return None
