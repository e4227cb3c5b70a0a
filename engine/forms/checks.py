"""The checks of one entry that can be read: needed, within its bounds, of the named kind, fitting the others."""

from datetime import date
from decimal import Decimal

from engine.feel import Environment
from engine.forms import errors
from engine.forms.entries import MOST_ROWS, Entry
from engine.forms.model import CHOICE, Context, Setting
from engine.forms.validators import VALIDATORS

_TEXTS = ("textfield", "textarea")
_MOMENTS = ("date", "time", "datetime")
_LONGEST = {"textfield": 2_000, "textarea": 20_000}


def fault(entry: Entry, context: Context, environment: Environment) -> errors.FormError | None:
    """Find the first thing wrong with the entry; the pack's own message wins over ours."""
    try:
        if empty(entry):
            _needed(entry, context, environment)
        else:
            _bounds(entry, context, environment)
            _kind(entry, environment)
    except errors.FormError as error:
        worded = entry.field.message and not empty(entry)
        return errors.Stated(text=entry.field.message) if worded else error
    return _rules(entry, context, environment)


def empty(entry: Entry) -> bool:
    """Tell whether nothing was entered."""
    if entry.field.kind == "dynamiclist":
        return entry.value == 0
    return entry.value is None or entry.value is False or entry.value in ("", [])


def _needed(entry: Entry, context: Context, environment: Environment) -> None:
    field = entry.field
    if not field.is_required(context, environment):
        return
    if field.kind == "checkbox":
        raise errors.NotTicked(label=field.label)
    if field.kind == "dynamiclist":
        raise errors.NoRows(label=field.label, least=_number(field.limits.minimum, context, environment) or 1)
    if field.kind == "filepicker":
        raise errors.NoFile(label=field.label)
    raise (errors.NotChosen if field.kind in CHOICE else errors.Missing)(label=field.label)


def _bounds(entry: Entry, context: Context, environment: Environment) -> None:
    if entry.field.kind in _TEXTS:
        _length(entry, context, environment)
    elif entry.field.kind in _MOMENTS:
        _window(entry, context, environment)
    elif entry.field.kind == "number":
        _range(entry, context, environment)
    elif entry.field.kind == "dynamiclist":
        _rows(entry, context, environment)


def _length(entry: Entry, context: Context, environment: Environment) -> None:
    limits, text = entry.field.limits, str(entry.value)
    least = _number(limits.min_length, context, environment)
    most = _number(limits.max_length, context, environment) or _LONGEST[entry.field.kind]
    if least is not None and len(text) < least:
        raise errors.TooShort(least=least, length=len(text))
    if len(text) > most:
        raise errors.TooLong(most=most, length=len(text))
    if limits.pattern and not limits.pattern.search(text):
        raise errors.WrongPattern(raw=text, label=entry.field.label)


def _range(entry: Entry, context: Context, environment: Environment) -> None:
    least = _number(entry.field.limits.minimum, context, environment)
    most = _number(entry.field.limits.maximum, context, environment)
    value = entry.value if isinstance(entry.value, int | Decimal) else 0
    if least is not None and value < least:
        raise errors.TooSmall(least=least)
    if most is not None and value > most:
        raise errors.TooLarge(most=most)


def _window(entry: Entry, context: Context, environment: Environment) -> None:
    least = _text(entry.field.limits.minimum, context, environment)
    most = _text(entry.field.limits.maximum, context, environment)
    value = str(entry.value)
    if least and value[: len(least)] < least:
        raise errors.TooEarly(least=least)
    if most and value[: len(most)] > most:
        raise errors.TooLate(most=most)


def _rows(entry: Entry, context: Context, environment: Environment) -> None:
    least = _number(entry.field.limits.minimum, context, environment)
    most = _number(entry.field.limits.maximum, context, environment) or MOST_ROWS
    rows = entry.value if isinstance(entry.value, int) else 0
    if least is not None and rows < least:
        raise errors.NoRows(label=entry.field.label, least=least)
    if rows > most:
        raise errors.TooManyRows(label=entry.field.label, most=most)


def _kind(entry: Entry, environment: Environment) -> None:
    """Run the named validator; what it stores may differ from what was typed (full-width digits, a lower-case x)."""
    if entry.field.validator is None:
        return
    today = environment.now().date() if environment.now else date.max
    text = VALIDATORS[entry.field.validator](str(entry.value), today)
    if entry.field.kind in _TEXTS:
        entry.value = text


def _rules(entry: Entry, context: Context, environment: Environment) -> errors.FormError | None:
    if entry.is_secret:
        context = {**context, entry.field.key: entry.value}
    for rule in entry.field.rules:
        if rule.condition.evaluate(context, environment) is False:
            return errors.Stated(text=rule.message) if rule.message else errors.RuleBroken(label=entry.field.label)
    return None


def _number(setting: Setting | None, context: Context, environment: Environment) -> int | Decimal | None:
    value = setting.of(context, environment) if setting else None
    if isinstance(value, bool) or value is None:
        return None
    return value if isinstance(value, int | Decimal) else Decimal(str(value))


def _text(setting: Setting | None, context: Context, environment: Environment) -> str:
    value = setting.of(context, environment) if setting else None
    if value is None:
        return ""
    iso = getattr(value, "isoformat", None)
    return str(iso()) if callable(iso) else str(value)
