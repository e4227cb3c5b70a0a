"""What kind of FEEL value a Python value is, for type checks and for readable messages."""

import datetime as dt
from decimal import Decimal

from engine.feel.calendar_days import WideDate, WideDateTime
from engine.feel.durations import YearsMonths
from engine.feel.functions import Builtin, Function
from engine.feel.ranges import Range

KIND_OF: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    Decimal: "number",
    str: "string",
    dt.date: "date",
    WideDate: "date",
    dt.time: "time",
    dt.datetime: "date and time",
    WideDateTime: "date and time",
    dt.timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
    Builtin: "function",
}


def kind(value: object) -> str:
    """Name the kind of a value as FEEL does."""
    return KIND_OF.get(type(value), "unknown")
