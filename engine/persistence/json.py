"""JSON columns: exact numbers in and out, and what FEEL computes (dates, durations) as ISO text."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import orjson

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value() and abs(value) < 2**53
        return int(value) if whole else orjson.Fragment(format(value, "f"))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, tuple | frozenset | set):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def dumps(value: object) -> str:
    """Write *value* as compact JSON text."""
    return orjson.dumps(value, default=_plain, option=_OPTIONS).decode()


def loads(text: str | bytes) -> object:
    """Read JSON text; numbers with a fraction come back as ``Decimal``."""
    fraction = b"." if isinstance(text, bytes) else "."
    return json.loads(text, parse_float=Decimal) if fraction in text else orjson.loads(text)  # type: ignore[operator]


def canonical(value: object) -> bytes:
    """Write *value* so that equal values always give equal bytes: sorted keys, moments in UTC."""
    return orjson.dumps(value, default=_canonical, option=_OPTIONS | orjson.OPT_SORT_KEYS)


def _canonical(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    return _plain(value)
