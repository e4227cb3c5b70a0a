"""Modifying a running instance: take visits back and begin elsewhere, as a return to an earlier step needs it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.kernel import compensation, joins, scopes
from engine.kernel.containers import Container
from engine.kernel.errors import LoopNotRunning, NoSuchElement, NotInThere, NotWaiting, OnlyByEvent, RunsSeveralTimes
from engine.kernel.loops import Loop
from engine.kernel.port import Modify
from engine.kernel.tokens import ACTING, WAITING, Token

if TYPE_CHECKING:
    from engine.kernel.instance import Instance
    from engine.kernel.nodes import Node

_NEVER = ("boundaryEvent", "eventSubProcess")


def modify(instance: Instance, command: Modify) -> None:
    """Cancel the visits named and start the elements named, each in the lowest scope it shares with a cancelled one.

    What a started element will bring to a join again is taken away there, so that no token comes twice; what waits at a
    parallel join for a branch that was left for elsewhere goes with it. A loop whose last child was taken back goes on to
    the next one, or is done if others were, unless something is started in its place.
    """
    cancelled = [_visit(instance, key) for key in command.cancel]
    places = {element_id: _place(instance, element_id, cancelled, command.within.get(element_id)) for element_id in command.start}
    starts = [(_node(instance, element_id), places[element_id]) for element_id in command.start]
    scopes.merge(starts[0][1] if starts else instance.root, scopes.stored_all(command.variables))
    around = [(token.scope, token.node.element_id) for token in cancelled]
    keep = {scope.id for _, scope in starts}
    for token in cancelled:
        if token.is_alive:
            if isinstance(token.scope.node, Loop):
                token.scope.node.lost(token.scope)
            token.cancel()
    undoing = [token for token in cancelled if "for" in token.memo]
    for node, scope in starts:
        _clear(node, scope)
        begun = _begin(instance, node, scope)
        _hand_on(begun, undoing)
    for token in undoing:
        _undone(token)
    if starts:
        for scope, element_id in around:
            _let_go(scope, element_id)
    for scope, _ in around:
        _tidy(scope, keep, leaving=bool(starts))


def _hand_on(begun: Token, undoing: list[Token]) -> None:
    """Let what begins anew undo in place of the same handler that was taken back."""
    same = next((token for token in undoing if token.node is begun.node and token.scope is begun.scope), None)
    if same is not None:
        undoing.remove(same)
        begun.memo["for"], begun.variables = same.memo["for"], same.variables


def _undone(token: Token) -> None:
    """Go on undoing after a handler that was taken back by hand."""
    if token.scope.is_alive:
        compensation.handled(token.scope, token.memo["for"])


def _visit(instance: Instance, key: str) -> Token:
    token = instance.tasks.get(key)
    if token is None or token.watch or token is instance.root:
        raise NotWaiting(element_key=key)
    return token


def _node(instance: Instance, element_id: str) -> Node:
    node = instance.spec.find(element_id)
    if node is None:
        raise NoSuchElement(element_id=element_id)
    if node.element.type in _NEVER or (node.element.type == "startEvent" and _in_event_sub_process(node)):
        raise OnlyByEvent(element_id=element_id)
    return node


def _in_event_sub_process(node: Node) -> bool:
    parent = node.element.parent
    return parent is not None and node.net.process.elements[parent].type == "eventSubProcess"


def _place(instance: Instance, element_id: str, cancelled: list[Token], within: str | None) -> Token:
    """Find the live scope to begin in: the one that was named, or the one that follows from what is cancelled."""
    if within is None:
        return _scope(instance, element_id, cancelled)
    token, parents = instance.tasks.get(within), list(_around(instance, element_id))
    if token is None or not any(_contains(token, parent) for parent in parents) or _goes(token, cancelled):
        raise NotInThere(element_id=element_id)
    return token


def _around(instance: Instance, element_id: str) -> Iterator[str]:
    elements = instance.spec.process.elements
    parent = elements[element_id].parent if element_id in elements else None
    while parent is not None:
        yield parent
        parent = elements[parent].parent


def _scope(instance: Instance, element_id: str, cancelled: list[Token]) -> Token:
    """Find the live scope to begin in: the one around a cancelled visit, the only one there is, or the nearest around it."""
    for parent in _around(instance, element_id):
        live = [token for token in instance.tasks.values() if _contains(token, parent) and not _goes(token, cancelled)]
        near = [token for token in live if any(_is_inside(other, token) for other in cancelled)]
        if len(near or live) > 1:
            raise RunsSeveralTimes(element_id=element_id)
        if near or live:
            return (near or live)[0]
    return instance.root


def _contains(token: Token, element_id: str) -> bool:
    return isinstance(token.node, Container) and token.node.element_id == element_id and token.phase == ACTING


def _goes(token: Token, cancelled: list[Token]) -> bool:
    return any(token is other or _is_inside(token, other) for other in cancelled)


def _is_inside(token: Token, scope: Token) -> bool:
    above = token.parent
    while above is not None:
        if above is scope:
            return True
        above = above.parent
    return False


def _clear(node: Node, scope: Token) -> None:
    """Take away tokens that wait at a join of *scope* in a flow that *node* leads to without passing the join."""
    place = _path(node, scope)[-1]
    for token in scope.living:
        if token.state == WAITING and token.flow in node.net.reaches(token.node).get(place, frozenset()):
            token.cancel()


def _let_go(scope: Token, element_id: str) -> None:
    """Take away what waits at a parallel join of *scope* for a branch that was left at *element_id* and comes no more."""
    for token in scope.living if scope.is_alive else []:
        if token.is_alive and token.state == WAITING and token.node.element.type == "parallelGateway":
            flows, group = token.node.net.reaches(token.node), list(joins.waiting(scope, token.node))
            missing = set(token.node.element.incoming) - {other.flow for other in group}
            others = [other.node.element_id for other in scope.living if other.node is not token.node]
            coming = set().union(*(flows.get(other, frozenset()) for other in others))
            if missing & flows.get(element_id, frozenset()) - coming:
                for other in group:
                    other.cancel()


def _path(node: Node, scope: Token) -> list[str]:
    """List *node* and the sub-processes between it and *scope*, from inside to outside."""
    path, parent = [node.element_id], node.element.parent
    while parent is not None and parent != scope.node.element_id:
        path.append(parent)
        parent = node.net.process.elements[parent].parent
    return path


def _begin(instance: Instance, node: Node, scope: Token) -> Token:
    """Begin at *node*; sub-processes between *scope* and it are opened on the way, without their starts."""
    path = _path(node, scope)
    if any(instance.spec.process.elements[step].loop for step in path[1:]):
        raise LoopNotRunning(element_id=node.element_id)
    outermost, *inside = reversed(path)
    token = instance.spawn(instance.spec.node(outermost), scope)
    if inside:
        token.memo["path"] = inside
    return token


def _tidy(scope: Token, keep: set[str], leaving: bool) -> None:
    """Cancel scopes that were left empty, from inside to outside; an empty process is over."""
    while scope.is_alive and scope.is_empty and scope.id not in keep:
        if not leaving and isinstance(scope.node, Loop) and scope.node.goes_on(scope):
            return
        if scope.parent is None:
            scope.workflow.end("cancelled")
            return
        above = scope.scope
        if isinstance(above.node, Loop):
            above.node.lost(above)
        scope.cancel()
        if "for" in scope.memo:
            _undone(scope)
        scope = above
