"""Conversion functions: date, time, date and time, duration, number, string, range and the parts they share."""

import datetime as dt
from decimal import Decimal

from engine.feel.builtins.registry import builtin
from engine.feel.calendar_days import Date, DateTime, WideDateTime, combine, date_of, day_part, time_part
from engine.feel.durations import Duration, YearsMonths, months_of, parse_duration
from engine.feel.errors import Undefined
from engine.feel.functions import Evaluation
from engine.feel.numbers import Number, index_of, parse_number
from engine.feel.temporal import UTC_MIDNIGHT, offset_zone, parse_date, parse_date_time, parse_time, zone
from engine.feel.text import as_text

_MIDNIGHT = dt.time()


def whole(value: Number, name: str) -> int:
    """Give an integral number as an integer."""
    number = index_of(value)
    if number is None:
        raise Undefined(f"{name} must be a whole number")
    return number


def position(value: Number) -> int:
    """Give a position or length as an integer; a fraction does not count."""
    return int(max(-(10**9), min(value, 10**9)))


@builtin("date(from: string|date|moment)")
def date(value: str | Date | DateTime) -> Date:
    """Read a date, or take the date of a date and time."""
    if isinstance(value, str):
        found = parse_date(value)
        if found is None:
            raise Undefined(f'"{value[:40]}" is no date')
        return found
    return day_part(value) if isinstance(value, dt.datetime | WideDateTime) else value


@builtin("date(year: number, month: number, day: number)")
def date_from_parts(year: Number, month: Number, day: Number) -> Date:
    """Build a date of its parts."""
    return date_of(whole(year, "year"), whole(month, "month"), whole(day, "day"))


@builtin("time(from: string|time|moment|date)")
def time(value: str | dt.time | Date | DateTime) -> dt.time:
    """Read a time, or take the time of a date and time; a date gives midnight in UTC."""
    if isinstance(value, str):
        found = parse_time(value)
        if found is None:
            raise Undefined(f'"{value[:40]}" is no time')
        return found
    if isinstance(value, dt.datetime | WideDateTime):
        return time_part(value)
    return value if isinstance(value, dt.time) else UTC_MIDNIGHT


@builtin("time(hour: number, minute: number, second: number, offset?: days?)")
def time_from_parts(hour: Number, minute: Number, second: Number, offset: dt.timedelta | None = None) -> dt.time:
    """Build a time of its parts."""
    where = None
    if offset is not None:
        where = offset_zone(offset)
        if where is None:
            raise Undefined("the offset of a time is at most 18 hours")
    seconds, fraction = divmod(Decimal(second), 1)
    return dt.time(whole(hour, "hour"), whole(minute, "minute"), int(seconds), int(fraction * 1_000_000), where)


@builtin("date and time(from: string|date|moment)")
def date_and_time(value: str | Date | DateTime) -> DateTime:
    """Read a date and time; a date gives its midnight in UTC."""
    if isinstance(value, str):
        found = parse_date_time(value)
        if found is None:
            raise Undefined(f'"{value[:40]}" is no date and time')
        return found
    return value if isinstance(value, dt.datetime | WideDateTime) else combine(value, UTC_MIDNIGHT)


@builtin("date and time(date: date|moment, time: time)")
def date_and_time_joined(day: Date | DateTime, clock: dt.time) -> DateTime:
    """Join a date and a time."""
    return combine(day_part(day) if isinstance(day, dt.datetime | WideDateTime) else day, clock)


@builtin("date and time(date: moment, timezone: string)")
def date_and_time_in_zone(moment: DateTime, name: str) -> DateTime:
    """Give the same calendar and clock in a zone."""
    where = zone(f"@{name}")
    if where is None:
        raise Undefined(f'"{name[:40]}" is no time zone')
    return combine(day_part(moment), time_part(moment).replace(tzinfo=where))


@builtin("date and time(year: number, month: number, day: number, hour: number, minute: number, second: number, offset?: days?)")
def date_and_time_from_parts(
    year: Number, month: Number, day: Number, hour: Number, minute: Number, second: Number, offset: dt.timedelta | None = None
) -> DateTime:
    """Build a date and time of its parts."""
    return combine(date_from_parts(year, month, day), time_from_parts(hour, minute, second, offset))


@builtin(
    "date and time(year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: string)"
)
def date_and_time_from_parts_in_zone(
    year: Number, month: Number, day: Number, hour: Number, minute: Number, second: Number, timezone: str
) -> DateTime:
    """Build a date and time of its parts in a zone."""
    return date_and_time_in_zone(date_and_time_from_parts(year, month, day, hour, minute, second), timezone)


@builtin("duration(from: string|days|months)")
def duration(value: str | Duration) -> Duration:
    """Read a duration of either kind."""
    if not isinstance(value, str):
        return value
    found = parse_duration(value)
    if found is None:
        raise Undefined(f'"{value[:40]}" is no duration')
    return found


@builtin("years and months duration(from: date|moment, to: date|moment)")
def years_and_months_duration(start: Date | DateTime, end: Date | DateTime) -> YearsMonths:
    """Give the whole months from one date to another."""
    first = day_part(start) if isinstance(start, dt.datetime | WideDateTime) else start
    last = day_part(end) if isinstance(end, dt.datetime | WideDateTime) else end
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    if months < 0 and last.day > first.day:
        months += 1
    return months_of(months)


@builtin("number(from: string|number)")
def number(value: str | Number) -> Number:
    """Read a number."""
    return _parsed(value, None, None) if isinstance(value, str) else value


@builtin("number(from: string, grouping separator: string?, decimal separator: string?)")
def number_with_separators(value: str, grouping: str | None, point: str | None) -> Number:
    """Read a number written with other separators."""
    if grouping not in (" ", ",", ".", None) or point not in (",", ".", None) or (grouping == point and point is not None):
        raise Undefined("number: the separators must differ and be a space, a comma or a point")
    if grouping == "." and point is None:
        raise Undefined("number: the separators must differ")
    return _parsed(value, grouping, point)


def _parsed(text: str, grouping: str | None, point: str | None) -> Number:
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(point, ".") if point else plain
    body = plain.lstrip("-")
    read = parse_number(body) if body[:1] in set("0123456789.") and body.isascii() and len(plain) - len(body) <= 1 else None
    if read is None or "_" in body:
        raise Undefined(f'"{text[:40]}" is no number')
    return -read if plain.startswith("-") else read


@builtin("string(from: Any)")
def string(run: Evaluation, value: object) -> str | None:
    """Write any value but null."""
    return None if value is None else as_text(value, run.meter)
