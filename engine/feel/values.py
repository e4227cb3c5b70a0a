"""Values that come from outside and go back: admitted into FEEL, written as JSON."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from engine.feel.calendar_days import WideDate, WideDateTime
from engine.feel.durations import YearsMonths, duration_text
from engine.feel.errors import FeelError
from engine.feel.functions import Function
from engine.feel.kinds import KIND_OF, kind
from engine.feel.limits import DATA_DEPTH, Meter
from engine.feel.numbers import CONTEXT, Number, bounded, from_float, integral
from engine.feel.temporal import clock_text, date_text, offset_text

PLAIN = frozenset({str, bool, type(None), int})
_KNOWN = frozenset(KIND_OF)


def admitted(value: object, meter: Meter, depth: int = 0) -> object:
    """Turn a value from Python into a FEEL value; raise ``FeelError`` for what FEEL does not know.

    Lists and contexts are copied only where something in them had to be turned.
    """
    known = type(value)
    if known in PLAIN:
        return value
    if depth > DATA_DEPTH:
        raise FeelError("The data is nested too deeply")
    if known is dict:
        return _admitted_context(value, meter, depth)  # type: ignore[arg-type]
    if known is list:
        return _admitted_list(value, meter, depth)  # type: ignore[arg-type]
    if known is Decimal:
        return value if value.is_finite() else None  # type: ignore[attr-defined]
    if known in _KNOWN:
        return value
    return _converted(value, meter, depth)


def _admitted_context(value: dict[str, object], meter: Meter, depth: int) -> dict[str, object]:
    meter.spend(len(value))
    changed: dict[str, object] | None = None
    for key, item in value.items():
        if type(item) in PLAIN:
            continue
        turned = admitted(item, meter, depth + 1)
        if turned is not item:
            changed = changed if changed is not None else dict(value)
            changed[key] = turned
    return value if changed is None else changed


def _admitted_list(value: list[object], meter: Meter, depth: int) -> list[object]:
    meter.spend(len(value))
    turned = [item if type(item) in PLAIN else admitted(item, meter, depth + 1) for item in value]
    return value if all(a is b for a, b in zip(value, turned, strict=True)) else turned


def _converted(value: object, meter: Meter, depth: int) -> object:
    if isinstance(value, float):
        return from_float(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return {str(key): admitted(item, meter, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [admitted(item, meter, depth + 1) for item in value]
    if isinstance(value, Function):
        return value
    raise FeelError("A {kind} is not a FEEL value", kind=type(value).__name__)


def to_json(value: object) -> object:
    """Turn a FEEL value into JSON: dates, times and durations become ISO 8601 text, decimals numbers."""
    return _json(value, Meter(), 0)


def _json(value: object, meter: Meter, depth: int) -> object:
    meter.spend(1)
    if depth > DATA_DEPTH:
        raise FeelError("The data is nested too deeply")
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int | Decimal):
        return json_number(value)
    if isinstance(value, list):
        return [_json(item, meter, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _json(item, meter, depth + 1) for key, item in value.items()}
    if isinstance(value, float):
        return from_json_float(value)
    return _temporal_json(value)


def from_json_float(value: float) -> object:
    """Pass a finite number on; JSON knows no other."""
    number = from_float(value)
    return None if number is None else json_number(number)


def json_number(value: Number) -> int | float:
    """Give an integer where the number is one, else the nearest JSON number."""
    whole = integral(bounded(value) if type(value) is int else CONTEXT.plus(value))
    return whole if type(whole) is int else float(whole)


def _temporal_json(value: object) -> str:
    if isinstance(value, dt.timedelta | YearsMonths):
        return duration_text(value)
    if isinstance(value, dt.datetime | WideDateTime):
        return _moment_json(value)
    if isinstance(value, dt.date | WideDate):
        return date_text(value)
    if isinstance(value, dt.time):
        offset = value.utcoffset()
        return clock_text(value) + (offset_text(offset) if offset is not None else "")
    raise FeelError("A {kind} cannot be stored", kind=kind(value))


def _moment_json(value: dt.datetime | WideDateTime) -> str:
    day, time = (value.day_part, value.time_part) if isinstance(value, WideDateTime) else (value.date(), value.time())
    offset = value.utcoffset()
    return f"{date_text(day)}T{clock_text(time)}" + (offset_text(offset) if offset is not None else "")
