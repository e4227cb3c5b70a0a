"""Compensation: undoing, in reverse order, what was completed.

A scope remembers in ``past`` each activity that completed and can be undone: by the handler at its compensation boundary
event, by the compensation event sub-process inside it, or (a sub-process without either) by undoing what was done in it.
Undoing takes what is remembered and works through it one by one in ``undo``; a sub-process is opened again for that with
the variables it had at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.kernel.tokens import FINISHING

if TYPE_CHECKING:
    from engine.kernel.nodes import Node
    from engine.kernel.tokens import Token

# an activity that completed: its element, its node, the node of its handler or none, its variables, what was done in it
Done = list[Any]

CANCEL = "cancel"


def note(scope: Token, token: Token) -> None:
    """Remember in *scope* that the visit *token* completed, if it can be undone."""
    node = token.node
    inner = token.memo.get("past", [])
    if node.undone_by or node.undone_inside or inner:
        handler = node.undone_by.code if node.undone_by else ""
        done: Done = [node.element_id, node.code, handler, token.variables, inner]
        scope.memo.setdefault("past", []).append(done)


def harvest(scope: Token) -> list[Done]:
    """Take what *scope* remembers, and what the sub-processes still open in it remember of their own."""
    found: list[Done] = scope.memo.pop("past", [])
    for child in scope.living:
        inner = harvest(child)
        if inner and child.node.opens_scope:
            found.append([child.node.element_id, child.node.code, "", child.variables, inner])
        else:
            found += inner
    return found


def take(token: Token, activity: str | None) -> tuple[Token, list[Done]]:
    """Take what a compensation thrown at *token* undoes: one activity, or all of its scope; give the scope too."""
    scope = token.scope
    if scope.node.element.type == "eventSubProcess":
        scope = scope.scope
    if activity is None:
        return scope, scope.memo.pop("past", [])
    while scope.parent is not None and not any(done[0] == activity for done in scope.memo.get("past", ())):
        scope = scope.scope
    past: list[Done] = scope.memo.get("past", [])
    scope.memo["past"] = [done for done in past if done[0] != activity]
    return scope, [done for done in past if done[0] == activity]


def begin(scope: Token, dones: list[Done], by: str) -> bool:
    """Undo *dones* in *scope*, the last one first, and tell *by* at the end: a token's key, or the transaction itself."""
    if not dones:
        return False
    number = f"{scope.workflow.counter}"
    scope.memo.setdefault("undo", {})[number] = [dones, by]
    _next(scope, number)
    return True


def handled(scope: Token, number: str) -> None:
    """Go on with the next activity to be undone, or tell whoever waits that all are."""
    dones, by = scope.memo["undo"][number]
    if dones:
        _next(scope, number)
        return
    scope.memo["undo"].pop(number)
    if not scope.memo["undo"]:
        scope.memo.pop("undo")
    thrower = scope.workflow.tasks.get(by)
    if by == CANCEL:
        scope.node.left_by_cancel(scope)
    elif thrower is not None:
        thrower.memo["left"] -= 1
        if not thrower.memo["left"]:
            thrower.memo["v"] = {}
            thrower.go(FINISHING)


def _next(scope: Token, number: str) -> None:
    _, code, handler, variables, inner = scope.memo["undo"][number][0].pop()
    net = scope.node.net
    node: Node = net.node(handler or code)
    token = scope.workflow.spawn(node, scope)
    token.memo["for"] = number
    if handler:
        token.variables = dict(variables) if variables and net.node(code).loop else None
        return
    token.variables, token.memo["past"], token.memo["back"] = dict(variables or {}), inner, 1
    if node.undone_inside:
        token.memo["path"] = list(node.undone_inside)
