"""Watches: what is armed and waits for its moment or its message: timers, messages and signals.

The event of a catch, a receive task, a boundary event, an event gateway's branch or an event sub-process is *prepared*
(every expression evaluated) and then *armed*; ``fired`` tells what a timer does after it fired.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from engine.bpmn import timers
from engine.kernel import scopes
from engine.kernel.errors import Failure
from engine.kernel.port import SubscriptionClosed, SubscriptionOpened, TimerArmed, TimerDisarmed

if TYPE_CHECKING:
    from engine.bpmn.model import Event, Value
    from engine.kernel.nodes import Node
    from engine.kernel.tokens import Token

ZONE = ZoneInfo("Asia/Shanghai")
Wait = dict[str, Any]


def waits(node: Node) -> bool:
    """Say whether the event of *node* is armed outside; errors and escalations are looked up when they are thrown."""
    return node.element.event is not None and node.element.event.kind in ("timer", "message", "signal")


def prepare(token: Token, event: Event | None) -> Wait:
    """Evaluate what *event* waits for, in what *token* sees."""
    assert event is not None, "only events wait"
    if event.kind == "timer":
        return {"timer": schedule(token, event).encode()}
    name = text(token, event.name, "name")
    key = None if event.correlation_key is None else text(token, event.correlation_key, "correlation key")
    return {"kind": event.kind, "name": name, "key": key}


def schedule(token: Token, event: Event) -> timers.TimerSchedule:
    """Say when the timer of *event* fires, armed now, in what *token* sees."""
    assert event.expression is not None, "a timer has its text"
    assert event.timer is not None, "a timer has its kind"
    value = event.expression.of(scopes.visible(token), token.workflow.environment)
    try:
        return timers.due(event.timer, value, token.workflow.at, ZONE)
    except timers.TimerError as error:
        template = "The timer of {element_id} cannot be set: {reason}."
        raise Failure("timer", template, element_id=token.node.element_id, reason=str(error)) from error


def text(token: Token, value: Value | None, what: str) -> str:
    """Evaluate a name or key, which must be a text or a number."""
    found = None if value is None else value.of(scopes.visible(token), token.workflow.environment)
    if isinstance(found, str) and found:
        return found
    if isinstance(found, int | Decimal) and not isinstance(found, bool):
        return str(scopes.stored(found))
    template = "The {what} of {element_id} is neither a text nor a number."
    raise Failure("data", template, what=what, element_id=token.node.element_id)


def arm(token: Token, wait: Wait) -> None:
    """Wait under the key of *token*."""
    token.memo["w"] = wait
    element_id = token.node.element_id
    if "timer" in wait:
        due_at = timers.TimerSchedule.decode(wait["timer"]).due_at
        token.workflow.emit(TimerArmed(token.id, element_id, due_at))
    else:
        token.workflow.emit(SubscriptionOpened(token.id, element_id, wait["kind"], wait["name"], wait["key"]))


def disarm(token: Token) -> None:
    """Stop waiting."""
    wait = token.memo.pop("w", None)
    if wait is not None:
        token.workflow.emit(TimerDisarmed(token.id) if "timer" in wait else SubscriptionClosed(token.id))


def consume(token: Token) -> None:
    """Stop waiting because it happened; a timer that fired is gone of itself."""
    wait = token.memo.pop("w", None)
    if wait is not None and "timer" not in wait:
        token.workflow.emit(SubscriptionClosed(token.id))


def again(token: Token) -> None:
    """Go on waiting after it happened: for the next message or the next time of a cycle, if there is one."""
    wait = token.memo["w"]
    if "timer" not in wait:
        return
    following = timers.next_due(timers.TimerSchedule.decode(wait["timer"]), token.workflow.at)
    if following is None:
        token.workflow.remove(token)
    else:
        arm(token, {"timer": following.encode()})
