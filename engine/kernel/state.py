"""The stored state of an instance: what lives in it, compact and versioned, without the process itself.

Numbers come back exactly as they went in: a number with a fraction is written as its own digits.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson

from engine.kernel import joins, parts
from engine.kernel.errors import StateTooLarge, StateUnreadable
from engine.kernel.instance import ROOT, Instance
from engine.kernel.tokens import WAITING, Token

if TYPE_CHECKING:
    from engine.kernel.net import Net

LARGEST = 32 * 1024 * 1024
_BIG = 2**63
_PLAIN_ROW, _EXACT_ROW = b"p", b"x"


def encode(instance: Instance) -> bytes:
    """Write the state of an instance that waits or has ended; a row that did not change since it was written is kept."""
    many = len(instance.tasks)
    if many > parts.TOO_MANY or (instance.touched is not None and many > parts.FEW_AGAIN):
        return _cut(instance)
    was_cut = instance.touched is not None
    instance.touched = None
    instance.digests = {}
    kind, text = _rows(list(instance.tasks.values()), instance.codes)
    head = orjson.dumps([instance.counter, int(instance.is_child), int(instance.has_ended), list(instance.codes)])
    state = b"K1" + kind + b"%s,%s]" % (head[:-1], text)
    _check_size(len(state))
    return parts.Parted.of(state, parts.nothing, anew=True) if was_cut else state


def _cut(instance: Instance) -> bytes:
    """Write the head of a state and those of its parts that were touched."""
    anew = instance.touched is None
    touched = {parts.number_of(key) for key in (instance.tasks if instance.touched is None else instance.touched)}
    changed: dict[int, bytes] = {}
    for number in sorted(touched - {0}):
        part = _part(instance, number)
        found = [parts.digest(part), len(part)]
        if part and instance.digests.get(number) != found:
            changed[number], instance.digests[number] = part, found
        elif not part and number in instance.digests:
            changed[number] = b""
            del instance.digests[number]
    kind, text = _rows(_tokens(instance, 0), instance.codes)
    named = [[number, *instance.digests[number]] for number in sorted(instance.digests)]
    head = orjson.dumps([instance.counter, int(instance.is_child), int(instance.has_ended), list(instance.codes), named])
    _check_size(len(head) + len(text) + sum(size for _, _, size in named))
    instance.touched = set()
    return parts.Parted.of(parts.SIGN + kind + b"%s,%s]" % (head[:-1], text), parts.nothing, changed, anew)


def _part(instance: Instance, number: int) -> bytes:
    tokens = _tokens(instance, number)
    return b"".join(_rows(tokens, instance.codes)) if tokens else b""


def _tokens(instance: Instance, number: int) -> list[Token]:
    first = number * parts.SIZE
    found = (instance.tasks.get(str(key)) for key in range(first, first + parts.SIZE))
    return [token for token in found if token is not None]


def _rows(tokens: list[Token], codes: dict[str, int]) -> tuple[bytes, bytes]:
    """Give the rows of tokens as a list, behind what tells whether its numbers need exact reading."""
    rows = [token.written or _write(token, codes) for token in tokens]
    kind = _EXACT_ROW if any(row[:1] == _EXACT_ROW for row in rows) else _PLAIN_ROW
    return kind, b"[%s]" % b",".join([row[1:] for row in rows])


def _check_size(size: int) -> None:
    if size > LARGEST:
        raise StateTooLarge(size=size, limit=LARGEST)


def _write(token: Token, codes: dict[str, int]) -> bytes:
    """Write the row of a token behind a sign that tells whether its numbers need exact reading."""
    row = _row(token, codes)
    exact = False

    def digits(number: object) -> orjson.Fragment:
        nonlocal exact
        exact = True
        assert isinstance(number, Decimal), "only decimals need help"
        return orjson.Fragment(str(number))

    try:
        text = orjson.dumps(row, default=digits)
    except orjson.JSONEncodeError:
        text, exact = orjson.dumps(_with_digits(row)), True
    token.written = (_EXACT_ROW if exact else _PLAIN_ROW) + text
    return token.written


def plain(instance: Instance) -> list[Any]:
    """Give what is written of an instance: its counter, its flags, the codes of its nodes, and a row for each token."""
    rows = [_row(token, instance.codes) for token in instance.tasks.values()]
    return [instance.counter, int(instance.is_child), int(instance.has_ended), list(instance.codes), rows]


def _with_digits(value: Any) -> Any:
    """Replace numbers that JSON libraries cut short by their digits."""
    if isinstance(value, dict):
        return {key: _with_digits(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_digits(inner) for inner in value]
    if isinstance(value, Decimal) or (isinstance(value, int) and abs(value) >= _BIG):
        return orjson.Fragment(str(value))
    return value


def _row(token: Token, codes: dict[str, int]) -> list[object]:
    code = codes.setdefault(token.node.code, len(codes))
    parent = int(token._parent) if token._parent is not None else -1
    row: list[object] = [int(token.id), code, parent, token.state, token.phase, int(token.watch), token.flow or 0]
    row.append(token.internal_data or 0)
    if token.variables is not None:
        row.append(token.variables)
    return row


def decode(net: Net, state: bytes) -> Instance:
    """Restore an instance."""
    try:
        if state[:2] == parts.SIGN and isinstance(state, parts.Parted):
            return _put_together(net, state)
        if state[:2] != b"K1":
            raise StateUnreadable
        return restored(net, _read(state[2:]))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise StateUnreadable from error


def _put_together(net: Net, state: parts.Parted) -> Instance:
    *facts, named, rows = _read(state[2:])
    found = state.parts()
    if {number: parts.digest(part) for number, part in found.items()} != {number: mark for number, mark, _ in named}:
        raise StateUnreadable
    for number in found:
        rows += _read(found[number])
    instance = restored(net, [*facts, rows])
    instance.touched, instance.digests = set(), {number: [mark, size] for number, mark, size in named}
    return instance


def _read(text: bytes) -> Any:
    """Read JSON behind the sign that says how exact its numbers are."""
    if text[:1] == _PLAIN_ROW:
        return orjson.loads(text[1:])
    if text[:1] == _EXACT_ROW:
        return json.loads(text[1:], parse_float=Decimal)
    raise StateUnreadable


def restored(net: Net, value: Any) -> Instance:
    """Make an instance of what was written."""
    counter, is_child, has_ended, codes, rows = value
    instance = Instance(net, bool(is_child))
    instance.counter, instance.has_ended = counter, bool(has_ended)
    instance.codes = {code: number for number, code in enumerate(codes)}
    nodes = [net.node(code) for code in codes]
    for key, code, parent, state, phase, watch, flow, memo, *variables in rows:
        above = instance.tasks[str(parent)] if parent >= 0 else None
        token = Token(instance, nodes[code], above, str(key), bool(watch))
        token._state, token.phase, token.flow = state, phase, flow or None
        token.internal_data = memo or {}
        token.variables = variables[0] if variables else None
        if state == WAITING and not watch:
            joins.wait(token)
        if "cond" in token.internal_data.get("w", ()):
            instance.conditions[token.id] = None
        instance.gone |= dict.fromkeys((token.id, code) for code in token.internal_data.get("gone", ()))
    instance.task_tree = instance.tasks[ROOT]
    return instance
