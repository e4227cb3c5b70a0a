"""Filters as packs and pages write them: column = value, [any of], { not, min, max, empty, contains }."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from engine.persistence.repositories.ledgers import Condition

_OPERATORS = frozenset({"not", "min", "max", "empty", "contains"})


class FilterError(ValueError):
    """A filter says something that has no meaning."""


def conditions(found: Mapping[str, object]) -> tuple[Condition, ...]:
    """Read a filter; ``column!`` negates what follows."""
    return tuple(part for name, wanted in found.items() for part in _column(name, wanted))


def _column(name: str, wanted: object) -> list[Condition]:
    if name.endswith("!"):
        return [Condition(name[:-1].strip(), "none", _values(wanted))]
    if isinstance(wanted, Mapping):
        if not wanted or wanted.keys() - _OPERATORS:
            raise FilterError(f"{name}: {', '.join(sorted(map(str, wanted.keys() - _OPERATORS))) or '{}'}")
        return [_operator(name, operator, value) for operator, value in wanted.items()]
    return [Condition(name, "any", _values(wanted))]


def _operator(name: str, operator: str, value: object) -> Condition:
    if operator == "not":
        return Condition(name, "none", _values(value))
    if operator == "empty":
        return Condition(name, "empty" if value else "filled")
    if operator == "contains":
        return Condition(name, "contains", str(value))
    return Condition(name, "min" if operator == "min" else "max", _plain(value))


def _values(wanted: object) -> tuple[object, ...]:
    return tuple(map(_plain, wanted)) if isinstance(wanted, list | tuple) else (_plain(wanted),)


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str | Decimal):
        return value
    if isinstance(value, float):
        return Decimal(str(value))
    iso = getattr(value, "isoformat", None)
    if callable(iso):
        return iso()
    raise FilterError(f"{value!r}")


def fixed(found: Mapping[str, object]) -> dict[str, object]:
    """Give the columns that a filter ties to one value: new rows get these."""
    return {
        name: _plain(wanted)
        for name, wanted in found.items()
        if not name.endswith("!") and not isinstance(wanted, Mapping | list | tuple) and wanted is not None
    }


def columns(found: Sequence[Condition]) -> frozenset[str]:
    """Give the columns a filter speaks of."""
    return frozenset(condition.column for condition in found)
