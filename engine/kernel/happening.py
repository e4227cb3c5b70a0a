"""Happening: what follows when an event that is waited for comes about, from outside or by a signal from within."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.kernel import throwing, watches
from engine.kernel.gateways import EventBased
from engine.kernel.tokens import FINISHING

if TYPE_CHECKING:
    from engine.kernel.nodes import Results
    from engine.kernel.tokens import Token


def happen(token: Token, results: Results) -> None:
    """Let the event that *token* waits for happen: the visit goes on, or what is armed breaks in."""
    if not token.watch:
        watches.consume(token)
        _go_on(token, results)
        return
    node, host = token.node, token.scope
    event, interrupts = node.element.event, node.element.interrupting
    together = event is not None and event.kind == "parallelMultiple"
    if together:
        gathered = _gather(token, results)
        if gathered is None:
            return
        results = gathered
    if host.node is node:
        for armed in host.armed:
            armed.cancel()
        _go_on(host, results)
    elif isinstance(host.node, EventBased):
        watches.consume(token)
        host.node.choose(host, node, results)
    else:
        _prepare_for_next(token, interrupts, together)
        if node.element.type == "boundaryEvent":
            throwing.at_boundary(node, host, results, interrupts)
        else:
            throwing.in_scope(node, host, results, interrupts)


def _go_on(token: Token, results: Results) -> None:
    token.memo["v"] = results
    token.go(FINISHING)


def _gather(token: Token, results: Results) -> Results | None:
    """Note that one part of a parallel multiple event happened; give what all of them brought once the last one has."""
    token.memo["got"], token.memo["was"] = results, watches.consume(token)
    siblings = _siblings(token)
    if any("got" not in sibling.memo for sibling in siblings):
        return None
    return {name: value for sibling in siblings for name, value in sibling.memo["got"].items()}


def _siblings(token: Token) -> list[Token]:
    """Give the parts of the event that *token* is one of."""
    return [other for other in token.scope.armed if other.node is token.node]


def _prepare_for_next(token: Token, interrupts: bool, together: bool) -> None:
    """Stop waiting, or wait for the next time."""
    if together:
        if not interrupts:
            _arm_again(_siblings(token))
    elif interrupts:
        watches.consume(token)
    else:
        watches.again(token)


def _arm_again(parts: list[Token]) -> None:
    """Let a parallel multiple event wait for all its parts again, if each can happen once more."""
    waits = [(part, part.memo.pop("was")) for part in parts]
    for part, wait in waits:
        part.memo.pop("got")
        if not watches.arm_next(part, wait):
            for other in parts:
                other.cancel()
            return


def hear(thrower: Token, name: str, results: Results) -> None:
    """Let every wait of the same instance hear a signal at once; waits that open later never do."""
    for token in list(thrower.workflow.tasks.values()):
        wait = token.memo.get("w")
        if wait is not None and wait.get("kind") == "signal" and wait["name"] == name and token.is_alive:
            happen(token, dict(results))
