"""What a path such as ``value.name`` reads: entries of contexts and properties of other values."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from engine.feel.calendar_days import DATE_TIMES, DATES, Date, DateTime, day_part, time_part
from engine.feel.durations import YearsMonths, parts
from engine.feel.ranges import Range
from engine.feel.temporal import time_offset

Property = Callable[..., object]


def _zone_name(where: dt.tzinfo | None) -> str | None:
    return where.key if isinstance(where, ZoneInfo) else None


def _weekday(day: Date) -> int:
    return day.isoweekday()


_DATE: dict[str, Property] = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
    "weekday": _weekday,
}
_TIME: dict[str, Property] = {
    "hour": lambda time: time.hour,
    "minute": lambda time: time.minute,
    "second": lambda time: time.second,
    "time offset": time_offset,
    "timezone": lambda time: _zone_name(time.tzinfo),
}
_DAYS: dict[str, Property] = {
    "days": lambda duration: parts(duration)[0],
    "hours": lambda duration: parts(duration)[1],
    "minutes": lambda duration: parts(duration)[2],
    "seconds": lambda duration: parts(duration)[3],
}
_MONTHS: dict[str, Property] = {
    "years": lambda duration: duration.years,
    "months": lambda duration: duration.months,
}
_RANGE: dict[str, Property] = {
    "start": lambda interval: interval.start,
    "end": lambda interval: interval.end,
    "start included": lambda interval: interval.start_included,
    "end included": lambda interval: interval.end_included,
}


def _of_date(read: Property) -> Property:
    return lambda moment: read(day_part(moment))


def _of_time(read: Property) -> Property:
    return lambda moment: read(time_part(moment))


def _moment_offset(moment: DateTime) -> dt.timedelta | None:
    return moment.utcoffset()


_MOMENT: dict[str, Property] = {
    **{name: _of_date(read) for name, read in _DATE.items()},
    **{name: _of_time(read) for name, read in _TIME.items()},
    "time offset": _moment_offset,
}
_PROPERTIES: dict[type, dict[str, Property]] = {
    **dict.fromkeys(DATES, _DATE),
    **dict.fromkeys(DATE_TIMES, _MOMENT),
    dt.time: _TIME,
    dt.timedelta: _DAYS,
    YearsMonths: _MONTHS,
    Range: _RANGE,
}
NAMES = frozenset(name for table in _PROPERTIES.values() for name in table)


def has_property(value: object, name: str) -> bool:
    """Say whether a value other than a context has the property."""
    return name in _PROPERTIES.get(type(value), ())


def property_of(value: object, name: str) -> object:
    """Give a property of a value that has it."""
    return _PROPERTIES[type(value)][name](value)
