"""Correcting variables from outside: what waits and was counted from them follows, as far as it says something else now.

Every date of a timer, due date of a task and mapped input is evaluated before and after, at the same moment; where the two
are the same it does not depend on what was corrected, and stays. Durations and cycles keep their rhythm.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.feel import FeelError
from engine.kernel import scopes, watches
from engine.kernel.activities import Call, UserTask
from engine.kernel.errors import Failure
from engine.kernel.loops import Loop
from engine.kernel.port import ChildCorrected, Correct, UserTaskRescheduled
from engine.kernel.tokens import ACTING, Token

if TYPE_CHECKING:
    from engine.kernel.instance import Instance

_UNKNOWN = object()


def correct(instance: Instance, command: Correct) -> None:
    """Set root variables and let everything that was counted from them follow, from outside to inside."""
    tokens = sorted(instance.tasks.values(), key=lambda token: (len(token.id), token.id))
    now = instance.environment
    if command.functions is not None:
        instance.environment = instance.spec.environment(command.functions)
        instance.environment.now = now.now
    before = {token.id: _says(token) for token in tokens}
    instance.environment = now
    held = instance.root.variables or {}
    given = {name: value for name, value in scopes.stored_all(command.variables).items() if held.get(name) != value}
    instance.set_variables(instance.root, given)
    for token in tokens:
        _follow(token, before[token.id], given)


def _says(token: Token) -> tuple[object, object, object]:
    """Give what the visit's inputs, its timer and its due date come to at this moment."""
    return _found(token, _inputs), _found(token, _timer), _found(token, _due)


def _found(token: Token, ask: Callable[[Token], object]) -> object:
    try:
        return ask(token)
    except (Failure, FeelError, EngineError):
        return _UNKNOWN


def _inputs(token: Token) -> dict[str, object] | None:
    mapped = token.phase == ACTING and token.node.element.inputs and not token.watch and not isinstance(token.node, Loop)
    return scopes.inputs_again(token, token.node.element.inputs) if mapped else None


def _timer(token: Token) -> datetime | None:
    event = watches.part(token) if "w" in token.memo else None
    if event is None or event.timer != "date":
        return None
    return watches.schedule(token.scope if token.watch else token, event).due_at


def _due(token: Token) -> datetime | None:
    node = token.node
    return node.due(token) if isinstance(node, UserTask) and token.memo.get("open") else None


def _follow(token: Token, before: tuple[object, object, object], given: dict[str, object]) -> None:
    inputs = _found(token, _inputs)
    changed = _changed(before[0], inputs)
    if changed:
        token.workflow.set_variables(token, changed)
    if isinstance(token.node, Call) and token.memo.get("open"):
        told = (given if token.node.element.propagate_all_parent_variables else {}) | changed
        if told:
            token.workflow.emit(ChildCorrected(token.id, told))
    _, timer, due = before
    if isinstance(timer, datetime) and isinstance(now := _found(token, _timer), datetime) and now != timer:
        _arm_again(token)
    if before[2] is not _UNKNOWN and (moment := _found(token, _due)) is not _UNKNOWN and moment != due:
        token.workflow.emit(UserTaskRescheduled(token.id, moment if isinstance(moment, datetime) else None))


def _changed(before: object, after: object) -> dict[str, object]:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return {}
    return {name: value for name, value in after.items() if before.get(name) != value}


def _arm_again(token: Token) -> None:
    event = watches.part(token)
    assert event is not None, "only events have timers"
    schedule = watches.schedule(token.scope if token.watch else token, event)
    watches.disarm(token)
    watches.arm(token, {"timer": schedule.encode()})
