"""Reading and writing dates, times, date-times and time zones."""

import datetime as dt
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.feel.calendar_days import (
    Date,
    DateTime,
    combine,
    date_of,
    day_part,
    from_ordinal,
    micros,
    ordinal,
    time_part,
    timedelta_micros,
)

_DATE = re.compile(r"(-)?(\d{4}|[1-9]\d{4,8})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z0-9_+/-]+)?", re.ASCII)
_MAX_OFFSET = dt.timedelta(hours=18)
_MIDNIGHT = dt.time()
UTC_MIDNIGHT = dt.time(tzinfo=dt.UTC)


@lru_cache(maxsize=256)
def zone(text: str) -> dt.tzinfo | None:
    """Read ``Z``, ``+08:00`` or ``@Asia/Shanghai``; null when there is no such zone."""
    if text == "Z":
        return dt.UTC
    if text.startswith("@"):
        try:
            return ZoneInfo(text[1:])
        except (KeyError, ValueError, OSError):
            return None
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if minutes > 59 or (seconds and seconds[0] > 59):
        return None
    offset = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return offset_zone(-offset if text[0] == "-" else offset)


def offset_zone(offset: dt.timedelta) -> dt.tzinfo | None:
    """Give the fixed zone of an offset of at most 18 hours."""
    if abs(offset) > _MAX_OFFSET or offset.microseconds:
        return None
    return dt.timezone(offset) if offset else dt.UTC


def parse_date(text: str) -> Date | None:
    """Read ``2022-08-10``; null when it is no date."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    sign, year, month, day = found.groups()
    try:
        return date_of(-int(year) if sign else int(year), int(month), int(day))
    except ValueError:
        return None


def parse_time(text: str) -> dt.time | None:
    """Read ``09:00:00`` with an optional fraction, offset or zone; null when it is no time."""
    read = _read_time(text)
    return None if read is None or read[1] else read[0]


def parse_date_time(text: str) -> DateTime | None:
    """Read a date, ``T`` and a time; a date alone means its midnight. Null when it is neither."""
    day_text, mark, time_text = text.partition("T")
    day = parse_date(day_text)
    if day is None:
        return None
    if not mark:
        return combine(day, _MIDNIGHT)
    read = _read_time(time_text)
    if read is None:
        return None
    try:
        return combine(from_ordinal(ordinal(day) + read[1]), read[0])
    except ValueError:
        return None


def _read_time(text: str) -> tuple[dt.time, int] | None:
    """Read a time and how many days it carries over (24:00:00 is midnight of the next day)."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second = (int(part) for part in found.groups()[:3])
    where = zone(found[5]) if found[5] else None
    if found[5] and where is None:
        return None
    carried = int(hour == 24 and not minute and not second and not int(found[4] or 0))
    try:
        return dt.time(0 if carried else hour, minute, second, int(((found[4] or "") + "000000")[:6]), where), carried
    except ValueError:
        return None


def zone_text(where: dt.tzinfo | None) -> str:
    """Write a zone as it is read."""
    if where is None:
        return ""
    if isinstance(where, ZoneInfo):
        return f"@{where.key}"
    offset = where.utcoffset(None)
    return offset_text(offset) if offset is not None else ""


def offset_text(offset: dt.timedelta) -> str:
    """Write an offset from UTC, ``Z`` for none."""
    if not offset:
        return "Z"
    minutes, seconds = divmod(abs(timedelta_micros(offset)) // 1_000_000, 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return ("-" if offset < dt.timedelta() else "+") + text


def clock_text(time: dt.time) -> str:
    """Write hours, minutes, seconds and a fraction if there is one."""
    text = f"{time.hour:02}:{time.minute:02}:{time.second:02}"
    return text + f".{time.microsecond:06}".rstrip("0") if time.microsecond else text


def date_text(day: Date) -> str:
    """Write a date as ISO 8601 does."""
    return day.isoformat()


def time_text(time: dt.time) -> str:
    """Write a time with its zone."""
    return clock_text(time) + zone_text(time.tzinfo)


def date_time_text(moment: DateTime) -> str:
    """Write a date and time with its zone."""
    return date_text(day_part(moment)) + "T" + time_text(time_part(moment))


def time_offset(time: dt.time) -> dt.timedelta | None:
    """Give the offset of a time; a zone's is the one it had when 1970 began, for a time has no date."""
    if time.tzinfo is None:
        return None
    return dt.datetime(1970, 1, 1, tzinfo=time.tzinfo).utcoffset()


def time_instant(time: dt.time) -> int:
    """Number the microseconds of a time of day in UTC, or as shown when it has no zone."""
    offset = time_offset(time)
    return micros(time) if offset is None else micros(time) - timedelta_micros(offset)


def at_midnight_utc(day: Date) -> DateTime:
    """Give the date and time a date stands for where one is needed."""
    return combine(day, UTC_MIDNIGHT)
