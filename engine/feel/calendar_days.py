"""Dates and date-times of any year, as day and microsecond numbers of the proleptic Gregorian calendar.

Python's own ``date`` and ``datetime`` carry the years 1 to 9999; ``WideDate`` and ``WideDateTime`` the others.
"""

import datetime as dt
from dataclasses import dataclass

MAX_YEAR = 999_999_999
DAY = 86_400_000_000
_CYCLE = 146_097


@dataclass(frozen=True, slots=True)
class WideDate:
    """A date whose year Python's ``date`` cannot hold."""

    year: int
    month: int
    day: int

    def isoweekday(self) -> int:
        """Give 1 for Monday to 7 for Sunday."""
        return (ordinal(self) - 1) % 7 + 1

    def isoformat(self) -> str:
        """Write the date as ISO 8601 does."""
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class WideDateTime:
    """A date and time whose year Python's ``datetime`` cannot hold."""

    day_part: WideDate
    time_part: dt.time

    @property
    def tzinfo(self) -> dt.tzinfo | None:
        """Give the zone or offset."""
        return self.time_part.tzinfo

    def utcoffset(self) -> dt.timedelta | None:
        """Give the distance from UTC; a zone's rules are those of the matching year in Python's range."""
        if self.tzinfo is None:
            return None
        year = 2000 + self.day_part.year % 400 if self.day_part.year > 0 else 1
        return dt.datetime.combine(dt.date(year, self.day_part.month, min(self.day_part.day, 28)), self.time_part).utcoffset()


Date = dt.date | WideDate
DateTime = dt.datetime | WideDateTime

DATES = frozenset({dt.date, WideDate})
DATE_TIMES = frozenset({dt.datetime, WideDateTime})


def days_in_month(year: int, month: int) -> int:
    """Give the number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def date_of(year: int, month: int, day: int) -> Date:
    """Build a date of any year; raise ``ValueError`` when there is no such day."""
    if not (-MAX_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)):
        raise ValueError(f"there is no day {year}-{month:02}-{day:02}")
    return dt.date(year, month, day) if 1 <= year <= 9999 else WideDate(year, month, day)


def ordinal(day: Date) -> int:
    """Number the days; 1 is the first day of the year 1."""
    if isinstance(day, dt.date):
        return day.toordinal()
    cycles, year = divmod(day.year - 1, 400)
    return cycles * _CYCLE + dt.date(year + 1, day.month, day.day).toordinal()


def from_ordinal(number: int) -> Date:
    """Give the day of a number; raise ``ValueError`` when it is out of any range."""
    cycles, rest = divmod(number - 1, _CYCLE)
    day = dt.date.fromordinal(rest + 1)
    return date_of(day.year + 400 * cycles, day.month, day.day)


def combine(day: Date, time: dt.time) -> DateTime:
    """Join a date and a time, with the time's zone."""
    return dt.datetime.combine(day, time) if isinstance(day, dt.date) else WideDateTime(day, time)


def day_part(moment: DateTime) -> Date:
    """Give the date of a date and time."""
    return moment.day_part if isinstance(moment, WideDateTime) else moment.date()


def time_part(moment: DateTime) -> dt.time:
    """Give the time of a date and time, with its zone."""
    return moment.time_part if isinstance(moment, WideDateTime) else moment.timetz()


def micros(time: dt.time) -> int:
    """Count the microseconds since midnight on the clock's face."""
    return ((time.hour * 60 + time.minute) * 60 + time.second) * 1_000_000 + time.microsecond


def time_of(number: int, zone: dt.tzinfo | None) -> dt.time:
    """Give the time a number of microseconds after midnight."""
    seconds, micro = divmod(number % DAY, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return dt.time(hour, minute, second, micro, zone)


def local_instant(moment: DateTime) -> int:
    """Number the microseconds of what calendar and clock show."""
    return ordinal(day_part(moment)) * DAY + micros(time_part(moment))


def instant(moment: DateTime) -> int:
    """Number the microseconds of the moment in UTC, or as shown when it has no zone."""
    offset = moment.utcoffset()
    shown = local_instant(moment)
    return shown if offset is None else shown - timedelta_micros(offset)


def from_instant(number: int, zone: dt.tzinfo | None) -> DateTime:
    """Give the moment of a number that ``instant`` gave, in a zone."""
    moment = _shown(number, dt.UTC if zone else None)
    if zone is None:
        return moment
    if isinstance(moment, dt.datetime):
        try:
            return moment.astimezone(zone)
        except OverflowError:
            pass
    offset = _shown(number, zone).utcoffset() or dt.timedelta()
    return _shown(number + timedelta_micros(offset), zone)


def timedelta_micros(duration: dt.timedelta) -> int:
    """Give a days and time duration as a number of microseconds."""
    return (duration.days * 86_400 + duration.seconds) * 1_000_000 + duration.microseconds


def _shown(number: int, zone: dt.tzinfo | None) -> DateTime:
    day, rest = divmod(number, DAY)
    return combine(from_ordinal(day), time_of(rest, zone))
