"""From what a browser or a spreadsheet sends (texts) to what is stored (numbers, ISO dates, options), and back."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from engine.forms import errors
from engine.forms.model import Field, Option
from engine.forms.validators import narrow

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DATE = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?", re.ASCII)
_YES = frozenset({"true", "on", "1", "yes", "y", "是", "√", "✓", "有"})
_NO = frozenset({"false", "off", "0", "no", "n", "否", "×", "无", ""})


def clean(raw: str) -> str:
    """Drop control characters and the white space around; line ends become plain."""
    return _CONTROL.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()


def to_text(field: Field, raw: str) -> object:
    """Read a text."""
    return raw


def to_number(field: Field, raw: str) -> object:
    """Read a number; thousands may be grouped by commas."""
    plain = narrow(raw).replace(",", "").replace(" ", "")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", plain, re.ASCII) or len(plain) > 40:
        raise errors.NotANumber(raw=raw)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise errors.NotANumber(raw=raw) from None
    exponent = number.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if field.decimals is not None and places > field.decimals:
        raise errors.TooManyDecimals(digits=field.decimals)
    return number if places else int(number)


def to_date(field: Field, raw: str) -> object:
    """Read a date in any of the ways people write one; stored as ISO text."""
    found = _DATE.fullmatch(narrow(raw).replace(" ", ""))
    if not found:
        raise errors.NotADate(raw=raw)
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        raise errors.NotADate(raw=raw) from None


def to_time(field: Field, raw: str) -> object:
    """Read a time of day; stored as HH:MM."""
    found = _TIME.fullmatch(narrow(raw).strip())
    if not found:
        raise errors.NotATime(raw=raw)
    try:
        return time(int(found[1]), int(found[2])).strftime("%H:%M")
    except ValueError:
        raise errors.NotATime(raw=raw) from None


def to_moment(field: Field, raw: str) -> object:
    """Read a date with a time of day; stored as YYYY-MM-DDTHH:MM."""
    day, _, clock = narrow(raw).strip().replace("T", " ").partition(" ")
    try:
        return f"{to_date(field, day)}T{to_time(field, clock.strip())}"
    except errors.FormError:
        raise errors.NotAMoment(raw=raw) from None


def to_truth(field: Field, raw: str) -> object:
    """Read a tick; a spreadsheet's 是 and 否 are understood."""
    word = raw.strip().lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise errors.NotYesOrNo(raw=raw)


READ = {
    "number": to_number,
    "date": to_date,
    "time": to_time,
    "datetime": to_moment,
    "checkbox": to_truth,
}


def read_text(field: Field, raw: str) -> object:
    """Read one text as the field's type; an empty one is null."""
    return READ.get(field.kind, to_text)(field, raw) if raw else None


def choose(field: Field, raws: Sequence[str], options: Sequence[Option]) -> list[object]:
    """Find the options that were meant, by their value or, as a spreadsheet has them, by their label."""
    values = {str(option.value): option.value for option in options}
    labels = {option.label: option.value for option in reversed(options)}
    chosen = []
    for raw in raws:
        if raw not in values and raw not in labels:
            raise errors.NotAnOption(raw=raw, label=field.label)
        chosen.append(values.get(raw, labels.get(raw)))
    return list({str(value): value for value in chosen}.values())


def write_text(value: object) -> str:
    """Give a stored value as the text that an input shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return str(value.get("id") or value.get("value") or "")
    return str(value)


def submission(fields: Sequence[Field], values: Mapping[str, object], prefix: str = "") -> dict[str, list[str]]:
    """Write stored values the way a browser would submit them, so that what was typed once can be checked again."""
    sent: dict[str, list[str]] = {}
    for field in fields:
        value: object = values
        for name in field.key.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if field.kind == "dynamiclist":
            for number, row in enumerate(value if isinstance(value, list) else ()):
                sent |= submission(tuple(field.fields()), row, f"{prefix}{field.key}.{number}.")
        elif isinstance(value, list | tuple):
            sent[prefix + field.key] = [write_text(part) for part in value]
        elif value is not None and value is not False:
            sent[prefix + field.key] = [write_text(value)]
    return sent


def shown(field: Field, value: object, options: Sequence[Option] = ()) -> str:
    """Give a stored value as people read it: labels for options, 是 and 否, names of files."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(filter(None, (shown(field, part, options) for part in value)))
    if isinstance(value, Mapping):
        return str(
            value.get("name") or value.get("label") or "、".join(str(part) for part in value.values() if part not in (None, ""))
        )
    label = next((option.label for option in options if str(option.value) == str(value)), None)
    return label or (str(value).replace("T", " ") if field.kind == "datetime" else str(value))
