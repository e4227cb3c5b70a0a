"""ISO 8601 durations on the calendar: years and months keep the day where the month has it, days keep the clock time."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_DURATION = re.compile(
    r"P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,9}))?S)?)?"
)
_LONGEST = timedelta(days=366 * 1000)


@dataclass(frozen=True, slots=True)
class Duration:
    """Months, days and a span of clock time, to be added to a moment in that order."""

    months: int = 0
    days: int = 0
    clock: timedelta = timedelta()

    def __bool__(self) -> bool:
        return bool(self.months or self.days or self.clock)

    def roughly(self) -> timedelta:
        """Estimate the length, never shorter than it can be on the calendar."""
        return timedelta(days=self.months * 28 + self.days) + self.clock

    def after(self, moment: datetime, times: int = 1) -> datetime:
        """Add the duration *times* over, counted from *moment* itself, so that 31 January never drifts to the 28th."""
        total = moment.year * 12 + moment.month - 1 + self.months * times
        year, month = divmod(total, 12)
        day = min(moment.day, calendar.monthrange(year, month + 1)[1])
        shifted = moment.replace(year=year, month=month + 1, day=day) + timedelta(days=self.days * times)
        return (shifted.astimezone(UTC) + self.clock * times).astimezone(moment.tzinfo)


def parse(text: str) -> Duration | None:
    """Read ``P1Y2M3DT4H5M6.5S`` or ``P2W``; ``None`` when it is something else or beyond a thousand years."""
    match = _DURATION.fullmatch(text.strip())
    if not match or not text.isascii() or any(len(part or "") > 12 for part in match.groups()):
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[:7])
    micros = int((match[8] or "0").ljust(9, "0")) // 1000
    try:
        clock = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)
        duration = Duration(years * 12 + months, weeks * 7 + days, clock)
        return duration if duration.roughly() < _LONGEST else None
    except OverflowError:
        return None
