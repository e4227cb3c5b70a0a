"""Throwing: who catches an error or an escalation, looked up from inside to outside, and what the catch does.

On the way out, each scope is asked for its event sub-processes and then for the boundary events on it; a catcher of that
very code goes before one that catches all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.kernel import watches
from engine.kernel.errors import Failure

if TYPE_CHECKING:
    from engine.kernel.nodes import Node
    from engine.kernel.tokens import Token

INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Catcher:
    """*node* is a boundary event of the visit *host*, or the start of an event sub-process in the scope *host*."""

    node: Node
    host: Token

    @property
    def interrupts(self) -> bool:
        """Say whether what the event belongs to is cancelled; an error always does that."""
        return self.node.element.interrupting or any(part.kind == "error" for part in watches.parts(self.node.element.event))


def find(token: Token, kind: str, code: str | None, inside: bool) -> Catcher | None:
    """Find who catches what is thrown at *token*: by an event that stands *inside* its scope, or by the activity itself."""
    host: Token | None = token.scope if inside else token
    scope = inside
    while host is not None:
        if scope and INTERRUPTED not in host.memo and (node := _match(host.node.starts, kind, code)):
            return Catcher(node, host)
        if node := _match(host.node.boundaries, kind, code):
            return Catcher(node, host)
        host, scope = host.parent, True
    return None


def _match(nodes: Iterable[Node], kind: str, code: str | None) -> Node | None:
    found = None
    for node in nodes:
        for event in watches.parts(node.element.event):
            if event.kind == kind:
                if event.code == code:
                    return node
                if event.code is None and found is None:
                    found = node
    return found


def deliver(catcher: Catcher, results: Mapping[str, object]) -> None:
    """Let the catching event happen."""
    if catcher.node.element.type == "boundaryEvent":
        at_boundary(catcher.node, catcher.host, results, catcher.interrupts)
    else:
        in_scope(catcher.node, catcher.host, results, catcher.interrupts)


def deliver_or_end(token: Token, catcher: Catcher | None, code: str | None, results: Mapping[str, object]) -> None:
    """Let the catching event happen; without one, the error ends this child and goes on in its parent."""
    if catcher is not None:
        deliver(catcher, results)
    else:
        token.workflow.end("error", code, results)


def at_boundary(node: Node, host: Token, results: Mapping[str, object], interrupts: bool) -> None:
    """Let a token leave through the boundary event, in place of its host or beside it."""
    scope = host.scope
    if interrupts:
        host.cancel()
    scope.workflow.spawn(node, scope, None, results)


def in_scope(node: Node, scope: Token, results: Mapping[str, object], interrupts: bool) -> None:
    """Run the event sub-process of the start *node*, in place of what runs in *scope* or beside it."""
    if interrupts:
        for other in scope.living:
            other.cancel()
        for armed in scope.armed:
            if armed.node.element.type == "startEvent":
                armed.cancel()
        scope.memo[INTERRUPTED] = 1
    around = node.net.node(node.element.parent or "")
    token = scope.workflow.spawn(around, scope)
    token.memo["path"], token.memo["brought"] = [node.element_id], dict(results)


def uncaught(code: str | None) -> Failure:
    """Give the failure of an error that nobody catches."""
    return Failure("error", "The error {code} is not caught by any boundary event or event sub-process.", code=code or "-")
