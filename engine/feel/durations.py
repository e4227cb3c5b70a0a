"""Durations: days and time (``datetime.timedelta``) and years and months."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from engine.feel.calendar_days import timedelta_micros
from engine.feel.numbers import CONTEXT, Number, decimal_of

MAX_MONTHS = 12 * 999_999_999
_DAYS = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?", re.ASCII)
_MONTHS = re.compile(r"(-)?P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A years and months duration, counted in months."""

    total: int

    @property
    def years(self) -> int:
        """Give the whole years, negative for a negative duration."""
        return self.total // 12 if self.total >= 0 else -(-self.total // 12)

    @property
    def months(self) -> int:
        """Give the months beyond the whole years, negative for a negative duration."""
        return self.total - 12 * self.years

    def __str__(self) -> str:
        years, months = divmod(abs(self.total), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if self.total < 0 else "") + "P" + (text or "0M")


Duration = dt.timedelta | YearsMonths


def months_of(total: int) -> YearsMonths:
    """Build a years and months duration; raise ``OverflowError`` when it is too long."""
    if abs(total) > MAX_MONTHS:
        raise OverflowError("the duration is too long")
    return YearsMonths(total)


def parse_duration(text: str) -> Duration | None:
    """Read an ISO 8601 duration of either kind; null when it is none."""
    if len(text) > 60:
        return None
    try:
        return _parse_months(text) or _parse_days(text)
    except OverflowError:
        return None


def _parse_months(text: str) -> YearsMonths | None:
    found = _MONTHS.fullmatch(text)
    if not found:
        return None
    sign, years, months = found.groups()
    total = int(years or 0) * 12 + int(months or 0)
    return months_of(-total if sign else total)


def _parse_days(text: str) -> dt.timedelta | None:
    found = _DAYS.fullmatch(text)
    if not found or text.endswith(("P", "T")):
        return None
    sign, days, hours, minutes, seconds, fraction = found.groups()
    micros = int(((fraction or "") + "000000")[:6])
    total = dt.timedelta(int(days or 0), int(seconds or 0), micros, 0, int(minutes or 0), int(hours or 0))
    return -total if sign else total


def parts(duration: dt.timedelta) -> tuple[int, int, int, int, int]:
    """Split into days, hours, minutes, seconds and microseconds, all with the duration's sign."""
    total = timedelta_micros(duration)
    sign = -1 if total < 0 else 1
    seconds, micro = divmod(abs(total), 1_000_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    return sign * days, sign * hour, sign * minute, sign * second, sign * micro


def duration_text(duration: Duration) -> str:
    """Write a duration as ISO 8601 does, in its shortest form."""
    if isinstance(duration, YearsMonths):
        return str(duration)
    if not duration:
        return "PT0S"
    days, hours, minutes, seconds, micro = (abs(part) for part in parts(duration))
    text = f"{days}D" if days else ""
    if hours or minutes or seconds or micro:
        text += "T" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or micro:
        text += f"{seconds}.{micro:06}".rstrip("0").rstrip(".") + "S"
    return ("-P" if duration < dt.timedelta() else "P") + text


def scaled(duration: Duration, factor: Number) -> Duration:
    """Multiply a duration; raise ``OverflowError`` when the result is too long."""
    if isinstance(duration, YearsMonths):
        return months_of(_cut(CONTEXT.multiply(decimal_of(factor), duration.total)))
    return dt.timedelta(microseconds=_whole(CONTEXT.multiply(decimal_of(factor), timedelta_micros(duration))))


def divided(duration: Duration, divisor: Number) -> Duration:
    """Divide a duration by a number other than zero."""
    if isinstance(duration, YearsMonths):
        return months_of(_cut(CONTEXT.divide(duration.total, decimal_of(divisor))))
    return dt.timedelta(microseconds=_whole(CONTEXT.divide(timedelta_micros(duration), decimal_of(divisor))))


def _whole(value: Decimal) -> int:
    if value.adjusted() > 30:
        raise OverflowError("the duration is too long")
    return int(value.to_integral_value())


def _cut(value: Decimal) -> int:
    if value.adjusted() > 30:
        raise OverflowError("the duration is too long")
    return int(value)
