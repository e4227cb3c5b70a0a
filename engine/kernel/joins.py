"""Joins: tokens that wait at a gateway for others, and when they may go on.

A parallel join is asked when a token arrives, and so is a complex one with an activation condition. An inclusive join is
asked when nothing else can move: it goes on when no token of its scope can still reach one of its empty incoming flows,
apart from tokens that would meet it in a flow already taken; a complex gateway that went on is closed for the same reason.
When every token of a scope waits at joins, the missing one can never come: that is an incident. An element that needs
several tokens waits for them without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.kernel.errors import STUCK, Failure
from engine.kernel.port import IncidentResolved
from engine.kernel.tokens import WAITING

if TYPE_CHECKING:
    from engine.kernel.instance import Instance
    from engine.kernel.net import Net
    from engine.kernel.nodes import Node
    from engine.kernel.tokens import Token


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
    if instance.has_ended or not (instance.joining or instance.gone):
        return False
    for group in list(instance.joining.values()):
        if _waits_for_all(group[0]) and not _awaits(group, group[0].scope.living):
            group[0].node.come(group)
            return True
    _close(instance)
    return _break_circle(instance)


def _waits_for_all(token: Token) -> bool:
    return token.node.waits_for_all(token)


def _close(instance: Instance) -> None:
    """Let complex gateways that went on begin anew where no late token can come any more."""
    for scope_id, code in list(instance.gone):
        scope, node = instance.tasks.get(scope_id), instance.spec.node(code)
        if scope is None:
            del instance.gone[scope_id, code]
        elif not waiting(scope, node) and not _coming(node, set(scope.memo["gone"][code]), scope.living):
            node.close(scope)


def _awaits(group: list[Token], others: list[Token]) -> bool:
    """Say whether a token elsewhere can still reach an empty flow of the join and none of the flows already taken."""
    return _coming(group[0].node, group[0].node.taken(group), others)


def _coming(node: Node, taken: set[str | None], others: list[Token]) -> bool:
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
        exclusive = [token for token in living if not _waits_for_all(token)]
        if _waits_for_all(group[0]) and not _awaits(group, exclusive):
            group[0].node.come(group)
            return True
    for group in instance.joining.values():
        living = group[0].scope.living
        if group[0].node.element.type.endswith("Gateway") and all(token.state == WAITING for token in living):
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
            line += net.sources(net.process.elements[place])
    return {place: frozenset(flows) for place, flows in found.items()}
