"""Variables: who sees what, and where a result is written.

A scope is a token with ``variables``: the process, a sub-process, a loop's child, or a visit with input mappings.
Reading walks up; a result is written into the nearest scope that already has the name, else into the process instance.
Values are JSON: what goes in is copied, and dates become ISO text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from engine import feel
from engine.kernel.errors import NoText, NotStorable, TooDeep

if TYPE_CHECKING:
    from engine.bpmn.model import Mapped
    from engine.kernel.tokens import Token

DEEPEST = 60
_PLAIN = (type(None), bool, int)


def stored(value: object, depth: int = 0) -> object:
    """Copy *value* into the form in which it is kept: JSON with exact numbers."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is str:
        return _text(value)  # type: ignore[arg-type]
    if depth > DEEPEST:
        raise TooDeep(limit=DEEPEST)
    if isinstance(value, Mapping):
        return {_text(str(key)): stored(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [stored(inner, depth + 1) for inner in value]
    if isinstance(value, float | Decimal):
        return _number(Decimal(repr(value)) if isinstance(value, float) else value)
    return _json(value, depth)


def stored_all(values: Mapping[str, object]) -> dict[str, object]:
    """Copy variables into the form in which they are kept."""
    return {_text(name): stored(value) for name, value in values.items()}


def _text(value: str) -> str:
    if "\0" in value or not (value.isascii() or _is_unicode(value)):
        raise NoText
    return value


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(value: Decimal) -> int | Decimal | None:
    if not value.is_finite():
        return None
    return int(value) if value.adjusted() < 34 and value == value.to_integral_value() else value


def _json(value: object, depth: int) -> object:
    try:
        plain = feel.to_json(value)
    except (TypeError, ValueError, feel.FeelError) as error:
        raise NotStorable(kind=type(value).__name__) from error
    if plain is value:
        raise NotStorable(kind=type(value).__name__)
    return stored(plain, depth + 1)


def visible(token: Token | None) -> dict[str, object]:
    """Give every variable that *token* sees, the nearer scope first; to be read only."""
    chain = []
    while token is not None:
        if token.variables is not None:
            chain.append(token.variables)
        token = token.parent
    if len(chain) == 1:
        return chain[0]
    merged: dict[str, object] = {}
    for variables in reversed(chain):
        merged.update(variables)
    return merged


def visible_inside(token: Token) -> dict[str, object]:
    """Give the variables that a visit does not share with its scope: its input mappings and its loop's."""
    return token.variables or {}


def nearest(token: Token) -> Token:
    """Give the scope that *token* reads first."""
    while token.variables is None:
        token = token.scope
    return token


def merge(token: Token, values: Mapping[str, object]) -> None:
    """Write *values*, each into the nearest scope that has the name, seen from *token*; a new name into the process."""
    targets: dict[str, dict[str, object]] = {}
    for name, value in values.items():
        targets.setdefault(_holder(token, name).id, {})[name] = value
    for key, changed in targets.items():
        token.workflow.set_variables(token.workflow.tasks[key], changed)


def _holder(token: Token, name: str) -> Token:
    while token.parent is not None:
        if token.variables is not None and name in token.variables:
            return token
        token = token.parent
    return token


def inputs(token: Token, mappings: Iterable[Mapped]) -> dict[str, object]:
    """Evaluate input mappings in what the scope around *token* sees; a later one sees the earlier ones."""
    context = dict(visible(token))
    return _mapped(token, mappings, context, {})


def inputs_again(token: Token, mappings: Sequence[Mapped]) -> dict[str, object]:
    """Evaluate the input mappings of a visit that is under way, as if it were entered now."""
    targets = {mapping.target.partition(".")[0] for mapping in mappings}
    own = {name: value for name, value in (token.variables or {}).items() if name not in targets}
    return _mapped(token, mappings, {**visible(token.parent), **own}, {})


def outputs(token: Token, mappings: Iterable[Mapped], results: Mapping[str, object]) -> dict[str, object]:
    """Evaluate output mappings in what *token* sees and its *results*; a dotted target keeps the context's other entries."""
    context = {**visible(token), **results}
    return _mapped(token, mappings, context, visible(token.parent))


def _mapped(
    token: Token, mappings: Iterable[Mapped], context: dict[str, object], kept: Mapping[str, object]
) -> dict[str, object]:
    environment = token.workflow.environment
    mapped: dict[str, object] = {}
    for mapping in mappings:
        value = stored(mapping.source.of(context, environment))
        name, *path = mapping.target.split(".")
        mapped[name] = _placed(mapped.get(name, kept.get(name)), path, value)
        context[name] = mapped[name]
    return mapped


def placed(token: Token, target: str, value: object) -> dict[str, object]:
    """Give the variable that holds *value* at the dotted path *target*, its context's other entries kept."""
    name, *path = target.split(".")
    return {name: _placed(visible(token).get(name), path, value)}


def nested(target: str, value: object) -> dict[str, object]:
    """Give a variable that holds nothing but *value* at the dotted path *target*."""
    name, *path = target.split(".")
    return {name: _placed(None, path, value)}


def _placed(around: object, path: list[str], value: object) -> object:
    """Give *around* with *value* at *path*, leaving the old value as it was."""
    if not path:
        return value
    context = around if isinstance(around, dict) else {}
    return {**context, path[0]: _placed(context.get(path[0]), path[1:], value)}
