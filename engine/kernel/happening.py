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
    node = token.node
    if not token.watch:
        watches.consume(token)
        token.memo["v"] = results
        token.go(FINISHING)
        return
    host, interrupts = token.scope, node.element.interrupting
    if isinstance(host.node, EventBased):
        watches.consume(token)
        host.node.choose(host, node, results)
        return
    if interrupts:
        watches.consume(token)
    else:
        watches.again(token)
    if node.element.type == "boundaryEvent":
        throwing.at_boundary(node, host, results, interrupts)
    else:
        throwing.in_scope(node, host, results, interrupts)


def hear(thrower: Token, name: str, results: Results) -> None:
    """Let every wait of the same instance hear a signal at once; waits that open later never do."""
    for token in list(thrower.workflow.tasks.values()):
        wait = token.memo.get("w")
        if wait is not None and wait.get("kind") == "signal" and wait["name"] == name and token.is_alive:
            happen(token, dict(results))
