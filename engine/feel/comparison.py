"""Equality, order and membership of FEEL values, three-valued: null means that two values cannot be compared."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.feel.calendar_days import WideDate, WideDateTime, instant, ordinal
from engine.feel.durations import YearsMonths
from engine.feel.kinds import KIND_OF
from engine.feel.limits import Meter
from engine.feel.ranges import Range
from engine.feel.temporal import time_instant

OrderKey = tuple[str, Any]
_SECOND = 1_000_000


def _date_key(value: dt.date | WideDate) -> OrderKey:
    return "date", ordinal(value)


def _time_key(value: dt.time) -> OrderKey:
    return ("time" if value.tzinfo is None else "time with zone"), time_instant(value)


def _moment_key(value: dt.datetime | WideDateTime) -> OrderKey:
    return ("moment" if value.tzinfo is None else "moment with zone"), instant(value)


_KEYS: dict[type, Callable[..., OrderKey]] = {
    int: lambda value: ("number", value),
    Decimal: lambda value: ("number", value),
    str: lambda value: ("string", value),
    dt.date: _date_key,
    WideDate: _date_key,
    dt.time: _time_key,
    dt.datetime: _moment_key,
    WideDateTime: _moment_key,
    dt.timedelta: lambda value: ("duration", value),
    YearsMonths: lambda value: ("months", value.total),
}


def order_key(value: object) -> OrderKey | None:
    """Give what values of one kind are ordered by; null for kinds without an order."""
    key = _KEYS.get(type(value))
    return key(value) if key else None


def compare(a: object, b: object) -> int | None:
    """Give -1, 0 or 1; null when the two have no common order."""
    left, right = order_key(a), order_key(b)
    if left is None or right is None or left[0] != right[0]:
        return None
    order: int = (left[1] > right[1]) - (left[1] < right[1])
    return order


def equal(a: object, b: object, meter: Meter) -> bool | None:
    """Compare by value; values of different kinds give null, except that null equals only null."""
    if a is None or b is None:
        return a is b
    kind = KIND_OF.get(type(a))
    if kind != KIND_OF.get(type(b)):
        return None
    if kind == "list":
        return _equal_lists(a, b, meter)  # type: ignore[arg-type]
    if kind == "context":
        return _equal_contexts(a, b, meter)  # type: ignore[arg-type]
    if kind == "range":
        return _equal_ranges(a, b, meter)  # type: ignore[arg-type]
    if kind in ("time", "date and time"):
        return _equal_clocks(a, b)
    return a == b


def _equal_clocks(a: object, b: object) -> bool:
    """Times are equal to the second: that is the unit their value is defined in."""
    left, right = order_key(a), order_key(b)
    if left is None or right is None or left[0] != right[0]:
        return False
    return bool(left[1] // _SECOND == right[1] // _SECOND)


def _all(results: list[bool | None]) -> bool | None:
    if False in results:
        return False
    return None if None in results else True


def _equal_lists(a: list[object], b: list[object], meter: Meter) -> bool | None:
    if len(a) != len(b):
        return False
    meter.spend(4 * len(a))
    return _all([equal(left, right, meter) for left, right in zip(a, b, strict=True)])


def _equal_contexts(a: dict[str, object], b: dict[str, object], meter: Meter) -> bool | None:
    if a.keys() != b.keys():
        return False
    meter.spend(4 * len(a))
    return _all([equal(value, b[key], meter) for key, value in a.items()])


def _equal_ranges(a: Range, b: Range, meter: Meter) -> bool | None:
    if (a.start_included, a.end_included, a.operator) != (b.start_included, b.end_included, b.operator):
        return False
    return _all([equal(a.start, b.start, meter), equal(a.end, b.end, meter)])


def within(value: object, interval: Range, meter: Meter) -> bool | None:
    """Say whether a value lies in a range."""
    if interval.operator == "!=":
        same = equal(value, interval.start, meter)
        return None if same is None else not same
    if interval.operator == "=":
        return equal(value, interval.start, meter)
    if value is None:
        return None
    above = _above(value, interval.start, interval.start_included)
    below = _above(interval.end, value, interval.end_included) if interval.end is not None else True
    return _all([above, below])


def _above(value: object, bound: object, included: bool) -> bool | None:
    if bound is None:
        return True
    order = compare(value, bound)
    return None if order is None else order > 0 or (order == 0 and included)


def member(value: object, test: object, meter: Meter) -> bool | None:
    """Say whether a value passes a test value: equals it, or is in it when it is a list or a range."""
    if type(test) is Range and type(value) is not Range:
        return within(value, test, meter)
    if type(test) is list and type(value) is not list:
        return _member_of_list(value, test, meter)
    if type(test) is list and equal(value, test, meter) is not True:
        return _member_of_list(value, test, meter)
    return equal(value, test, meter)


def _member_of_list(value: object, tests: list[object], meter: Meter) -> bool | None:
    meter.spend(len(tests))
    for test in tests:
        passes = within(value, test, meter) if type(test) is Range and type(value) is not Range else equal(value, test, meter)
        if passes:
            return True
    return False
