"""FEEL numbers: integers and decimals of 34 digits, never floating point."""

import decimal
from collections.abc import Callable
from decimal import Decimal

Number = int | Decimal

CONTEXT = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
NUMBERS = frozenset({int, Decimal})
_LIMIT = 10**34
_FAILURES = (decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow)


def decimal_of(value: Number) -> Decimal:
    """Give the value as a decimal of at most 34 digits."""
    return CONTEXT.create_decimal(value)


def bounded(value: int) -> Number:
    """Keep an integer exact as long as it has at most 34 digits."""
    if -_LIMIT < value < _LIMIT:
        return value
    return CONTEXT.create_decimal(value)


def from_float(value: float) -> Number | None:
    """Convert a binary number to the decimal a person would read; not-a-number and infinity are null."""
    if value != value or value in (float("inf"), float("-inf")):
        return None
    if value.is_integer() and abs(value) < 1e15:
        return int(value)
    return CONTEXT.create_decimal(repr(value))


def parse_number(text: str) -> Number | None:
    """Read a literal such as ``12``, ``.5`` or ``1.2e-3``; null when it does not fit."""
    try:
        if text.isdigit() and len(text) <= 34:
            return int(text)
        return CONTEXT.create_decimal(text)
    except _FAILURES:
        return None


def add(a: Number, b: Number) -> Number | None:
    """Add exactly, or to 34 digits."""
    if type(a) is int and type(b) is int:
        return bounded(a + b)
    return _guarded(CONTEXT.add, a, b)


def subtract(a: Number, b: Number) -> Number | None:
    """Subtract exactly, or to 34 digits."""
    if type(a) is int and type(b) is int:
        return bounded(a - b)
    return _guarded(CONTEXT.subtract, a, b)


def multiply(a: Number, b: Number) -> Number | None:
    """Multiply exactly, or to 34 digits."""
    if type(a) is int and type(b) is int:
        return bounded(a * b)
    return _guarded(CONTEXT.multiply, a, b)


def divide(a: Number, b: Number) -> Number | None:
    """Divide; null when the divisor is zero."""
    if type(a) is int and type(b) is int and b and a % b == 0:
        return a // b
    return _guarded(CONTEXT.divide, a, b)


def power(a: Number, b: Number) -> Number | None:
    """Raise *a* to the power of *b*; null when there is no finite real result."""
    if type(a) is int and type(b) is int and b >= 0 and a.bit_length() * b <= 112:
        return int(a**b)
    return _guarded(CONTEXT.power, a, b)


def negate(a: Number) -> Number:
    """Change the sign."""
    return -a if type(a) is int else CONTEXT.minus(a)


def modulo(dividend: Number, divisor: Number) -> Number | None:
    """Give ``dividend - divisor * floor(dividend / divisor)``; null when the divisor is zero."""
    if not divisor:
        return None
    if type(dividend) is int and type(divisor) is int:
        return dividend % divisor
    remainder = _guarded(CONTEXT.remainder, dividend, divisor)
    if remainder and (remainder < 0) != (divisor < 0):
        return add(remainder, divisor)
    return remainder


def rounded(value: Number, scale: int, rounding: str) -> Number | None:
    """Round to *scale* decimal places, which may be negative."""
    if type(value) is int and scale >= 0:
        return value
    exact = decimal_of(value)
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= scale:
        return value
    if scale < 0 and exact.adjusted() < -scale - 1:
        shift = {decimal.ROUND_CEILING: exact > 0, decimal.ROUND_FLOOR: exact < 0, decimal.ROUND_UP: bool(exact)}
        sign = -1 if exact < 0 else 1
        return CONTEXT.create_decimal((0 if sign > 0 else 1, (1,), -scale)) if shift.get(rounding) else 0
    context = CONTEXT.copy()
    context.rounding = rounding
    return integral(context.quantize(exact, Decimal((0, (1,), -scale))))


def integral(value: Number) -> Number:
    """Give an integer when the value is one of at most 34 digits."""
    if isinstance(value, int) or value.adjusted() > 34 or value != value.to_integral_value():
        return value
    return int(value)


def index_of(value: object) -> int | None:
    """Give a number that is integral as an integer, anything else as null."""
    if type(value) is int:
        return value
    if type(value) is Decimal and value.adjusted() < 18 and value == value.to_integral_value():
        return int(value)
    return None


def number_text(value: Number) -> str:
    """Write a number in plain digits, without an exponent and without trailing zeros."""
    value = bounded(value) if type(value) is int else value
    if type(value) is int:
        return str(value)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _guarded(operation: Callable[[Number, Number], Decimal], a: Number, b: Number) -> Decimal | None:
    try:
        result = operation(a, b)
    except _FAILURES:
        return None
    return result if result.is_finite() else None
