"""Timers: when a date, a duration or a cycle is due, and when a cycle is due again.

A text without a zone is read in the zone that is given. Everything here is a pure function of its arguments.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Self
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from engine.bpmn.durations import Duration
from engine.bpmn.durations import parse as parse_duration
from engine.errors import EngineError

_ZONE = re.compile(r"(.*?)(?:@|\[)([A-Za-z0-9_+\-/]+)\]?")
_REPEAT = re.compile(r"R(\d{0,9}|-1)")
_AT_ONCE = timedelta(microseconds=1)


class TimerError(EngineError):
    """The timer cannot be read."""


class NotADate(TimerError):
    """write a date such as 2022-08-10 or 2022-08-10T09:00:00+08:00 instead of {text}"""


class NotADuration(TimerError):
    """write an ISO 8601 duration such as P1D or PT1H30M instead of {text}"""


class NotACycle(TimerError):
    """write R3/PT1H, R/2022-08-10T09:00:00/P1D or a cron of six fields such as 0 0 9 * * 1-5 instead of {text}"""


class NeverDue(TimerError):
    """{text} has no time in the future"""


@dataclass(frozen=True, slots=True)
class TimerSchedule:
    """When a timer fires: at *due_at*, and *remaining* times in all from now (``None`` for ever).

    A cycle goes on from *anchor* by its *interval* (ISO 8601) or by *cron*, not beyond *until*.
    """

    due_at: datetime
    remaining: int | None = 1
    interval: str | None = None
    cron: str | None = None
    anchor: datetime | None = None
    until: datetime | None = None
    zone: str = "Asia/Shanghai"

    def encode(self) -> dict[str, str | int | None]:
        """Give the schedule as JSON values."""
        moments = {name: _text(getattr(self, name)) for name in ("due_at", "anchor", "until")}
        return {**moments, "remaining": self.remaining, "interval": self.interval, "cron": self.cron, "zone": self.zone}

    @classmethod
    def decode(cls, values: dict[str, str | int | None]) -> Self:
        """Restore what ``encode`` gave."""
        zone = ZoneInfo(str(values["zone"]))
        moments = {name: _moment(values[name], zone) for name in ("due_at", "anchor", "until")}
        return cls(**{**values, **moments})  # type: ignore[arg-type]


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: object, zone: tzinfo) -> datetime | None:
    return datetime.fromisoformat(str(text)).astimezone(zone) if text else None


def due(kind: str, value: object, at: datetime, zone: ZoneInfo) -> TimerSchedule:
    """Say when a timer armed at *at* fires; *value* is text or a FEEL date, duration or text."""
    try:
        if kind == "date":
            return TimerSchedule(read_date(value, zone), zone=zone.key)
        if kind == "duration":
            return TimerSchedule(read_duration(value).after(at.astimezone(zone)), zone=zone.key)
        return _cycle(value, at.astimezone(zone), zone)
    except (OverflowError, ValueError) as error:
        raise NeverDue(text=value) from error


def next_due(schedule: TimerSchedule, after: datetime) -> TimerSchedule | None:
    """Say when a cycle that has just fired at *after* is due again; times that were missed meanwhile are passed over."""
    remaining = None if schedule.remaining is None else schedule.remaining - 1
    if remaining == 0 or not (schedule.cron or schedule.interval):
        return None
    zone = ZoneInfo(schedule.zone)
    latest = max(after, schedule.due_at).astimezone(zone)
    try:
        moment = _next_cron(schedule.cron, latest) if schedule.cron else _next_interval(schedule, latest)
    except (OverflowError, ValueError, NeverDue):
        return None
    if schedule.until and moment > schedule.until:
        return None
    return replace(schedule, due_at=moment, remaining=remaining)


def check(kind: str, text: str) -> None:
    """Refuse a literal timer text that can never be read; expressions are checked when they are armed."""
    zone = ZoneInfo("Asia/Shanghai")
    if kind == "date":
        read_date(text, zone)
    elif kind == "duration":
        read_duration(text)
    else:
        due("cycle", text, datetime(2000, 1, 1, tzinfo=zone), zone)


def read_date(value: object, zone: tzinfo) -> datetime:
    """Read a date or a date and time, in *zone* where it names none; a date alone begins at midnight."""
    if isinstance(value, str):
        named = _ZONE.fullmatch(value.strip())
        text, inside = (named[1], _zone(named[2], value)) if named else (value.strip(), zone)
        try:
            value, zone = datetime.fromisoformat(text), inside
        except ValueError:
            raise NotADate(text=value) from None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    raise NotADate(text=value)


def _zone(name: str, text: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise NotADate(text=text) from None


def read_duration(value: object) -> Duration:
    """Read a duration from text or from FEEL's two kinds."""
    if isinstance(value, str):
        found = parse_duration(value)
    elif isinstance(value, timedelta):
        found = Duration(clock=value) if value >= timedelta() else None
    else:
        months = getattr(value, "months", None)
        found = Duration(months=months) if isinstance(months, int) and months >= 0 else None
    if found is None:
        raise NotADuration(text=value)
    return found


def _cycle(value: object, at: datetime, zone: ZoneInfo) -> TimerSchedule:
    if not isinstance(value, str):
        raise NotACycle(text=value)
    text = value.strip()
    if not text.startswith("R"):
        return TimerSchedule(_next_cron(text, at), None, cron=text, zone=zone.key)
    head, *parts = text.split("/")
    repeat = _REPEAT.fullmatch(head)
    times = None if repeat and repeat[1] in ("", "-1") else int(repeat[1]) if repeat else 0
    if times == 0 or not 1 <= len(parts) <= 2:
        raise NotACycle(text=value)
    anchor, interval, until = _bounds(parts, at, zone, value)
    if not interval or interval.clock < timedelta():
        raise NotACycle(text=value)
    first = TimerSchedule(anchor, times, _written(interval), None, anchor, until, zone.key)
    if len(parts) == 2 and parse_duration(parts[0]) is None and anchor >= at:
        return first
    return replace(first, due_at=_next_interval(first, at))


def _bounds(parts: list[str], at: datetime, zone: tzinfo, value: str) -> tuple[datetime, Duration, datetime | None]:
    """Read duration, duration/end, start/duration or start/end."""
    durations = [parse_duration(part) for part in parts]
    if durations[0] is not None:
        return at, durations[0], read_date(parts[1], zone) if len(parts) == 2 else None
    if len(parts) == 1:
        raise NotACycle(text=value)
    start = read_date(parts[0], zone).astimezone(zone)
    if durations[1] is not None:
        return start, durations[1], None
    return start, Duration(clock=read_date(parts[1], zone) - start), None


def _written(duration: Duration) -> str:
    seconds = duration.clock // timedelta(seconds=1)
    micros = (duration.clock % timedelta(seconds=1)).microseconds
    return f"P{duration.months}M{duration.days}DT{seconds}.{micros:06}S"


def _next_interval(schedule: TimerSchedule, after: datetime) -> datetime:
    """Find the first moment after *after* that lies a whole number of intervals from the anchor."""
    interval, anchor = parse_duration(schedule.interval or ""), schedule.anchor
    if not interval or anchor is None:
        raise NeverDue(text=schedule.interval)
    zone = after.tzinfo
    anchor = anchor.astimezone(zone)
    elapsed = (after.astimezone(UTC) - anchor.astimezone(UTC)) // max(interval.roughly(), _AT_ONCE)
    times = max(elapsed * 28 // 32 if interval.months else elapsed - 1, 1)
    while (moment := interval.after(anchor, times)) <= after:
        times += 1
    return moment


def _next_cron(text: str, after: datetime) -> datetime:
    fields = text.replace("?", "*").split()
    if len(fields) != 6:
        raise NotACycle(text=text)
    try:
        return next(CronSim(" ".join(fields), after))
    except CronSimError:
        raise NotACycle(text=text) from None
    except StopIteration:
        raise NeverDue(text=text) from None
