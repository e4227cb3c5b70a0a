"""The stored state of an instance: what lives in it, compact and versioned, without the process itself.

Numbers come back exactly as they went in: a number with a fraction is written as its own digits.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson

from engine.kernel import joins
from engine.kernel.errors import StateTooLarge, StateUnreadable
from engine.kernel.instance import ROOT, Instance
from engine.kernel.tokens import WAITING, Token

if TYPE_CHECKING:
    from engine.kernel.net import Net

PLAIN, EXACT = b"K1p", b"K1x"
LARGEST = 32 * 1024 * 1024
_BIG = 2**63
_PLAIN_ROW, _EXACT_ROW = b"p", b"x"


def encode(instance: Instance) -> bytes:
    """Write the state of an instance that waits or has ended; a row that did not change since it was written is kept."""
    rows = [token.written or _write(token, instance.codes) for token in instance.tasks.values()]
    head = orjson.dumps([instance.counter, int(instance.is_child), int(instance.has_ended), list(instance.codes)])
    kind = EXACT if any(row[:1] == _EXACT_ROW for row in rows) else PLAIN
    text = b"%s,[%s]]" % (head[:-1], b",".join(row[1:] for row in rows))
    if len(text) > LARGEST:
        raise StateTooLarge(size=len(text), limit=LARGEST)
    return kind + text


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
    kind, text = state[:3], state[3:]
    try:
        if kind == PLAIN:
            value = orjson.loads(text)
        elif kind == EXACT:
            value = json.loads(text, parse_float=Decimal)
        else:
            raise StateUnreadable
        return restored(net, value)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise StateUnreadable from error


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
