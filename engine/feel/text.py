"""FEEL values as text."""

import datetime as dt
from decimal import Decimal

from engine.feel.calendar_days import WideDate, WideDateTime
from engine.feel.durations import YearsMonths, duration_text
from engine.feel.limits import Meter, bounded_text
from engine.feel.numbers import number_text
from engine.feel.ranges import Range
from engine.feel.temporal import date_text, date_time_text, time_text


def as_text(value: object, meter: Meter) -> str:
    """Give what ``string()`` gives: texts as they are, everything else as a literal would be written."""
    return value if isinstance(value, str) else bounded_text(literal(value, meter))


def literal(value: object, meter: Meter) -> str:
    """Write a value as part of a list, context or range; texts in quotation marks."""
    meter.spend(4)
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, int | Decimal):
        return number_text(value)
    if isinstance(value, str):
        meter.spend(len(value) // 32)
        return quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(literal(item, meter) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {literal(item, meter)}" for key, item in value.items()) + "}"
    return _other(value, meter)


def _other(value: object, meter: Meter) -> str:
    if isinstance(value, dt.timedelta | YearsMonths):
        return duration_text(value)
    if isinstance(value, dt.datetime | WideDateTime):
        return date_time_text(value)
    if isinstance(value, dt.date | WideDate):
        return date_text(value)
    if isinstance(value, dt.time):
        return time_text(value)
    if isinstance(value, Range):
        return _range(value, meter)
    return repr(value)


def _range(value: Range, meter: Meter) -> str:
    if value.operator:
        return f"({value.operator} {literal(value.end if value.operator[0] == '<' else value.start, meter)})"
    ends = f"{literal(value.start, meter)}..{literal(value.end, meter)}"
    return f"{'[' if value.start_included else '('}{ends}{']' if value.end_included else ')'}"


def quoted(text: str) -> str:
    """Write a text as a FEEL string literal."""
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


def _key(key: str) -> str:
    return key if key.replace(" ", "_").isidentifier() else quoted(key)
