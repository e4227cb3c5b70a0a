"""Joins: tokens that wait at a gateway for others, and when they may go on.

A parallel join is asked when a token arrives. An inclusive join is asked when nothing else can move: it goes on when no
token of its scope can still reach one of its empty incoming flows, apart from tokens that would meet it in a flow already
taken. When every token of a scope waits at joins, the missing one can never come: that is an incident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.kernel.errors import Failure
from engine.kernel.port import IncidentResolved
from engine.kernel.tokens import WAITING

if TYPE_CHECKING:
    from engine.kernel.instance import Instance
    from engine.kernel.net import Net
    from engine.kernel.nodes import Node
    from engine.kernel.tokens import Token

STUCK = "stuck"


def wait(token: Token) -> None:
    """Put a token among those that wait at its gateway."""
    token.workflow.joining.setdefault((token.scope.id, token.node.code), []).append(token)


def waiting(scope: Token, node: Node) -> list[Token]:
    """Give the tokens that wait at a gateway of a scope, oldest first."""
    return scope.workflow.joining.get((scope.id, node.code), [])


def forget(token: Token) -> None:
    """Drop a token from those that wait."""
    place = (token._parent or "", token.node.code)
    group = token.workflow.joining.get(place, [])
    if token in group:
        group.remove(token)
        if not group:
            del token.workflow.joining[place]


def unite(tokens: list[Token], last: Token) -> None:
    """Let *last* go on for all *tokens*."""
    for token in list(tokens):
        if token.memo.pop(STUCK, None):
            token.workflow.emit(IncidentResolved(token.id))
        if token is not last:
            token.workflow.remove(token)
    forget(last)
    last._ready()


def release(instance: Instance) -> bool:
    """When nothing else moves: let an inclusive join go on, or tell of tokens that wait for ever."""
    if not instance.joining or instance.has_ended:
        return False
    for group in list(instance.joining.values()):
        if _is_inclusive(group[0]) and not _awaits(group, group[0].scope.living):
            unite(group, group[-1])
            return True
    return _break_circle(instance)


def _is_inclusive(token: Token) -> bool:
    return token.node.element.type == "inclusiveGateway"


def _awaits(group: list[Token], others: list[Token]) -> bool:
    """Say whether a token elsewhere can still reach an empty flow of the join and none of the flows already taken."""
    node = group[0].node
    taken = {token.flow for token in group}
    for other in others:
        if other.node is not node:
            reached = node.net.reaches(node).get(other.node.element_id, frozenset())
            if reached - taken and not reached & taken:
                return True
    return False


def _break_circle(instance: Instance) -> bool:
    """Where all tokens of a scope wait at joins: let inclusive joins that wait for each other go on, else raise incidents."""
    for group in list(instance.joining.values()):
        living = group[0].scope.living
        if any(token.state != WAITING for token in living):
            continue
        exclusive = [token for token in living if not _is_inclusive(token)]
        if _is_inclusive(group[0]) and not _awaits(group, exclusive):
            unite(group, group[-1])
            return True
    for group in instance.joining.values():
        living = group[0].scope.living
        if all(token.state == WAITING for token in living):
            _tell(group[0])
    return False


def _tell(token: Token) -> None:
    if STUCK not in token.memo:
        token.memo[STUCK] = 1
        template = "{element_id} waits for a token that can no longer come."
        token.node.fail(token, Failure("deadlock", template, element_id=token.node.element_id))


def reach(net: Net, node: Node) -> dict[str, frozenset[str]]:
    """For each element say which incoming flows of the join *node* it can reach without passing it."""
    found: dict[str, set[str]] = {}
    for incoming in node.element.incoming:
        line, seen = [net.process.flows[incoming].source], {node.element_id}
        while line:
            place = line.pop()
            if place in seen:
                continue
            seen.add(place)
            found.setdefault(place, set()).add(incoming)
            element = net.process.elements[place]
            line += [net.process.flows[flow].source for flow in element.incoming]
            if element.attached_to:
                line.append(element.attached_to)
    return {place: frozenset(flows) for place, flows in found.items()}
