"""JSON columns: exact numbers in and out, and what FEEL computes (dates, durations) as ISO text."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID

import orjson

_BIG = 2**63
# what a fast reader would round: fractions, and whole numbers too long for it; both may also stand in texts, at no harm
_FRACTION, _LONG = re.compile(r"(?<=[0-9])\.[0-9]"), re.compile(r"(?:^|[:,\[\- ])[0-9]{19}")
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
    try:
        return orjson.dumps(value, default=_plain, option=_OPTIONS).decode()
    except orjson.JSONEncodeError:
        return orjson.dumps(_with_digits(value), default=_plain, option=_OPTIONS).decode()


def loads(text: str | bytes) -> object:
    """Read JSON text; numbers with a fraction come back as ``Decimal``."""
    text = text.decode() if isinstance(text, bytes) else text
    is_inexact = ("." in text and _FRACTION.search(text)) or _LONG.search(text)
    return json.loads(text, parse_float=Decimal) if is_inexact else orjson.loads(text)


def _with_digits(value: object) -> object:
    """Replace whole numbers that do not fit into 64 bits by their digits."""
    if isinstance(value, Mapping):
        return {key: _with_digits(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_digits(inner) for inner in value]
    return orjson.Fragment(str(value)) if isinstance(value, int) and not -_BIG <= value < _BIG else value


def canonical(value: object) -> bytes:
    """Write *value* so that equal values always give equal bytes: sorted keys, moments in UTC."""
    try:
        return orjson.dumps(value, default=_canonical, option=_OPTIONS | orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return orjson.dumps(_with_digits(value), default=_canonical, option=_OPTIONS | orjson.OPT_SORT_KEYS)


def _canonical(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).isoformat()
    return _plain(value)
