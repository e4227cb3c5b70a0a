"""Numeric functions."""

import datetime as dt
import decimal

from engine.feel import numbers
from engine.feel.builtins.conversion import whole
from engine.feel.builtins.registry import builtin
from engine.feel.durations import Duration, YearsMonths
from engine.feel.errors import Undefined
from engine.feel.numbers import CONTEXT, Number, decimal_of

_MIN_SCALE, _MAX_SCALE = -6111, 6176


def _rounded(value: Number, scale: Number, rounding: str) -> Number | None:
    if not _MIN_SCALE <= scale <= _MAX_SCALE:
        raise Undefined(f"the scale must be between {_MIN_SCALE} and {_MAX_SCALE}")
    return numbers.rounded(value, int(scale), rounding)


@builtin("decimal(n: number, scale: number)")
def decimal_function(value: Number, scale: Number) -> Number | None:
    """Round to the nearest, halves to the even digit."""
    return _rounded(value, scale, decimal.ROUND_HALF_EVEN)


@builtin("floor(n: number, scale?: number)")
def floor(value: Number, scale: Number = 0) -> Number | None:
    """Round down, towards the smaller number."""
    return _rounded(value, scale, decimal.ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number)")
def ceiling(value: Number, scale: Number = 0) -> Number | None:
    """Round up, towards the greater number."""
    return _rounded(value, scale, decimal.ROUND_CEILING)


@builtin("round up(n: number, scale: number)")
def round_up(value: Number, scale: Number) -> Number | None:
    """Round away from zero."""
    return _rounded(value, scale, decimal.ROUND_UP)


@builtin("round down(n: number, scale: number)")
def round_down(value: Number, scale: Number) -> Number | None:
    """Round towards zero."""
    return _rounded(value, scale, decimal.ROUND_DOWN)


@builtin("round half up(n: number, scale: number)")
def round_half_up(value: Number, scale: Number) -> Number | None:
    """Round to the nearest, halves away from zero."""
    return _rounded(value, scale, decimal.ROUND_HALF_UP)


@builtin("round half down(n: number, scale: number)")
def round_half_down(value: Number, scale: Number) -> Number | None:
    """Round to the nearest, halves towards zero."""
    return _rounded(value, scale, decimal.ROUND_HALF_DOWN)


@builtin("abs(n: number|days|months)")
def absolute(value: Number | Duration) -> Number | Duration:
    """Give a number or duration without its sign."""
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.total))
    if isinstance(value, dt.timedelta):
        return abs(value)
    return abs(value) if isinstance(value, int) else CONTEXT.abs(value)


@builtin("modulo(dividend: number, divisor: number)")
def modulo(dividend: Number, divisor: Number) -> Number:
    """Give the remainder, with the sign of the divisor."""
    result = numbers.modulo(dividend, divisor)
    if result is None:
        raise Undefined("modulo: the divisor must not be zero")
    return result


@builtin("sqrt(number: number)")
def sqrt(value: Number) -> Number:
    """Give the square root."""
    return numbers.integral(CONTEXT.sqrt(decimal_of(value)))


@builtin("log(number: number)")
def log(value: Number) -> Number:
    """Give the natural logarithm."""
    if value <= 0:
        raise Undefined("log: the number must be positive")
    return CONTEXT.ln(decimal_of(value))


@builtin("exp(number: number)")
def exp(value: Number) -> Number:
    """Raise Euler's number to a power."""
    return CONTEXT.exp(decimal_of(value))


@builtin("odd(number: number)")
def odd(value: Number) -> bool:
    """Say whether a whole number is odd."""
    return whole(value, "number") % 2 == 1


@builtin("even(number: number)")
def even(value: Number) -> bool:
    """Say whether a whole number is even."""
    return whole(value, "number") % 2 == 0
