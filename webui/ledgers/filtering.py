"""What a list is narrowed to, kept in the address: ``f.column=value``, several values are alternatives, ``f.column!`` negates."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

PREFIX = "f."
PLAIN = ("unit", "state")


def filter_of(asked: MultiDict[str, str]) -> dict[str, object]:
    """Read the filter from an address."""
    found: dict[str, object] = {name.removeprefix(PREFIX): values for name, values in asked.lists() if name.startswith(PREFIX)}
    return found | {name: asked[name] for name in PLAIN if asked.get(name)}


def address_of(filter: Mapping[str, object]) -> dict[str, object]:
    """Write a pack's filter into an address."""
    return {PREFIX + name: list(value) if isinstance(value, list | tuple) else value for name, value in filter.items()}


def kept(asked: MultiDict[str, str]) -> list[tuple[str, str]]:
    """List what a filter form has to carry along."""
    return [
        (name, value) for name, values in asked.lists() if name.startswith(PREFIX) or name in ("view", "sort") for value in values
    ]
