"""What + - * / ** and the minus sign mean for each pair of kinds."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from engine.feel import numbers
from engine.feel.calendar_days import (
    Date,
    DateTime,
    combine,
    date_of,
    day_part,
    days_in_month,
    from_instant,
    from_ordinal,
    instant,
    micros,
    ordinal,
    time_of,
    time_part,
    timedelta_micros,
)
from engine.feel.durations import Duration, YearsMonths, divided, months_of, scaled
from engine.feel.kinds import kind
from engine.feel.limits import bounded_text
from engine.feel.temporal import at_midnight_utc, time_instant

DAY_MICROS = 86_400_000_000
Operation = Callable[..., object]


def shift_date(day: Date, duration: dt.timedelta) -> Date:
    """Move a date by a days and time duration; what is left of a day does not count."""
    return from_ordinal((ordinal(day) * DAY_MICROS + timedelta_micros(duration)) // DAY_MICROS)


def shift_months(day: Date, months: YearsMonths) -> Date:
    """Move a date by months, to the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months.total, 12)
    return date_of(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def shift_moment(moment: DateTime, duration: dt.timedelta) -> DateTime:
    """Move a date and time by a days and time duration."""
    return from_instant(instant(moment) + timedelta_micros(duration), moment.tzinfo)


def shift_moment_months(moment: DateTime, months: YearsMonths) -> DateTime:
    """Move the date of a date and time by months."""
    return combine(shift_months(day_part(moment), months), time_part(moment))


def shift_time(time: dt.time, duration: dt.timedelta) -> dt.time:
    """Move a time around the clock."""
    return time_of(micros(time) + timedelta_micros(duration), time.tzinfo)


def between_dates(later: Date, earlier: Date) -> dt.timedelta:
    """Give the duration from one date to another."""
    return dt.timedelta(days=ordinal(later) - ordinal(earlier))


def between_moments(later: DateTime, earlier: DateTime) -> dt.timedelta | None:
    """Give the duration between two moments; null when only one has a zone."""
    if (later.tzinfo is None) != (earlier.tzinfo is None):
        return None
    return dt.timedelta(microseconds=instant(later) - instant(earlier))


def between_times(later: dt.time, earlier: dt.time) -> dt.timedelta | None:
    """Give the duration between two times; null when only one has a zone."""
    if (later.tzinfo is None) != (earlier.tzinfo is None):
        return None
    return dt.timedelta(microseconds=time_instant(later) - time_instant(earlier))


def _join(a: str, b: str) -> str:
    return bounded_text(a + b)


def _flipped(operation: Operation) -> Operation:
    return lambda a, b: operation(b, a)


def _minus(operation: Operation) -> Operation:
    return lambda a, b: operation(a, -b if isinstance(b, dt.timedelta) else YearsMonths(-b.total))


def _ratio(a: Duration, b: Duration) -> object:
    if isinstance(a, YearsMonths) and isinstance(b, YearsMonths):
        return numbers.divide(a.total, b.total)
    if isinstance(a, dt.timedelta) and isinstance(b, dt.timedelta):
        return numbers.divide(timedelta_micros(a), timedelta_micros(b))
    return None


def _divided(duration: Duration, divisor: numbers.Number) -> object:
    return divided(duration, divisor) if divisor else None


_SHIFTS: dict[tuple[str, str], Operation] = {
    ("date", "days and time duration"): shift_date,
    ("date", "years and months duration"): shift_months,
    ("date and time", "days and time duration"): shift_moment,
    ("date and time", "years and months duration"): shift_moment_months,
    ("time", "days and time duration"): shift_time,
}
_PLUS: dict[tuple[str, str], Operation] = {
    **_SHIFTS,
    **{(right, left): _flipped(operation) for (left, right), operation in _SHIFTS.items()},
    ("number", "number"): numbers.add,
    ("string", "string"): _join,
    ("days and time duration", "days and time duration"): lambda a, b: a + b,
    ("years and months duration", "years and months duration"): lambda a, b: months_of(a.total + b.total),
}
_MINUS: dict[tuple[str, str], Operation] = {
    **{pair: _minus(operation) for pair, operation in _SHIFTS.items()},
    ("number", "number"): numbers.subtract,
    ("date", "date"): between_dates,
    ("date and time", "date and time"): between_moments,
    ("date and time", "date"): lambda a, b: between_moments(a, at_midnight_utc(b)),
    ("date", "date and time"): lambda a, b: between_moments(at_midnight_utc(a), b),
    ("time", "time"): between_times,
    ("days and time duration", "days and time duration"): lambda a, b: a - b,
    ("years and months duration", "years and months duration"): lambda a, b: months_of(a.total - b.total),
}
_TIMES: dict[tuple[str, str], Operation] = {
    ("number", "number"): numbers.multiply,
    ("days and time duration", "number"): scaled,
    ("years and months duration", "number"): scaled,
    ("number", "days and time duration"): _flipped(scaled),
    ("number", "years and months duration"): _flipped(scaled),
}
_OVER: dict[tuple[str, str], Operation] = {
    ("number", "number"): numbers.divide,
    ("days and time duration", "number"): _divided,
    ("years and months duration", "number"): _divided,
    ("days and time duration", "days and time duration"): _ratio,
    ("years and months duration", "years and months duration"): _ratio,
}
_POWER: dict[tuple[str, str], Operation] = {("number", "number"): numbers.power}
_OPERATIONS = {"+": _PLUS, "-": _MINUS, "*": _TIMES, "/": _OVER, "**": _POWER}


def calculate(operator: str, a: object, b: object) -> object:
    """Apply an operator; null when it is not defined for the operands or its result is out of range."""
    operation = _OPERATIONS[operator].get((kind(a), kind(b)))
    if operation is None:
        return None
    try:
        return operation(a, b)
    except (ArithmeticError, ValueError):
        return None


def negate(value: object) -> object:
    """Apply the minus sign; null when it is not defined for the operand."""
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.total)
    if isinstance(value, dt.timedelta):
        return calculate("-", dt.timedelta(), value)
    return numbers.negate(value) if isinstance(value, int | Decimal) and type(value) is not bool else None
