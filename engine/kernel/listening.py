"""Listeners: jobs that run before an element goes on, one after the other, at its start or at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.kernel import scopes
from engine.kernel.errors import Failure
from engine.kernel.port import JobCancelled, JobCreated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.bpmn.model import Element, Listener
    from engine.kernel.tokens import Token

Listeners = tuple["Listener", ...]
USUAL_RETRIES = 3
BEFORE, AFTER = ("start", "creating"), ("completing", "end")


def split(element: Element) -> tuple[Listeners, Listeners]:
    """Give the listeners that run before the element acts, and those that run after it acted, in their order."""
    execution, task = element.execution_listeners, element.task_listeners
    before = [one for one in (*execution, *task) if one.event in BEFORE]
    after = [one for one in (*task, *execution) if one.event in AFTER]
    return tuple(before), tuple(after)


def begin(token: Token, listeners: Listeners) -> None:
    """Begin with the first of *listeners*."""
    if listeners:
        token.memo["l"] = 0


def is_over(token: Token, listeners: Listeners) -> bool:
    """Say whether all of *listeners* have run; ask for the next one that has not."""
    number = token.memo.get("l")
    if number is None:
        return True
    if number == len(listeners):
        del token.memo["l"]
        return True
    _ask(token, listeners[number])
    token.memo["heard"] = 0
    return False


def _ask(token: Token, listener: Listener) -> None:
    context, environment = scopes.visible(token), token.workflow.environment
    kind = listener.type.of(context, environment)
    if not isinstance(kind, str) or not kind:
        raise Failure("data", "The job type of {element_id} is not a text.", element_id=token.node.element_id)
    asked = None if listener.retries is None else listener.retries.of(context, environment)
    retries = int(str(asked)) if asked is not None and str(asked).strip().isdigit() else USUAL_RETRIES
    token.workflow.emit(JobCreated(token.id, token.node.element_id, kind, retries, {}, dict(context)))


def awaits(token: Token) -> bool:
    """Say whether the visit waits for a listener."""
    return "heard" in token.memo


def completed(token: Token, variables: Mapping[str, object]) -> None:
    """Take over what a listener gave, and go on."""
    del token.memo["heard"]
    token.memo["l"] += 1
    scopes.merge(token, scopes.stored_all(variables))
    token._ready()


def call_off(token: Token) -> None:
    """Say that a listener is no longer wanted."""
    if token.memo.pop("heard", None) is not None:
        token.workflow.emit(JobCancelled(token.id))
