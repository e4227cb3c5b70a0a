"""Watches: what is armed and waits for its moment: timers, messages, signals and conditions.

The event of a catch, a receive task, a boundary event, an event gateway's branch or an event sub-process is *prepared*
(every expression evaluated) and then *armed*. An event of several parts is armed once for each of them, and each part
knows its number. A condition is noted in the instance, which asks it again when a variable changes (``conditions``).
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from engine.bpmn import timers
from engine.bpmn.model import Event
from engine.kernel import scopes
from engine.kernel.errors import Failure
from engine.kernel.port import SubscriptionClosed, SubscriptionOpened, TimerArmed, TimerDisarmed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.bpmn.model import Value
    from engine.kernel.nodes import Node
    from engine.kernel.tokens import Token

ZONE = ZoneInfo("Asia/Shanghai")
WAITS = frozenset({"timer", "message", "signal", "conditional"})
Wait = dict[str, Any]
Prepared = list[tuple["Node", list[Wait]]]


def parts(event: Event | None) -> tuple[Event, ...]:
    """Give the events that an event consists of: itself, unless it is a multiple one."""
    return () if event is None else event.parts or (event,)


def part(token: Token) -> Event | None:
    """Give the event that *token* waits for: the only one of its element, or the part of its number."""
    found = [one for one in parts(token.node.element.event) if one.kind in WAITS]
    return found[int(token.memo.get("part", 0))] if found else None


def waits(node: Node) -> bool:
    """Say whether the event of *node* is armed; errors and escalations are looked up when they are thrown."""
    return any(part.kind in WAITS for part in parts(node.element.event))


def prepare_all(token: Token, nodes: Iterable[Node]) -> Prepared:
    """Evaluate what the events of *nodes* wait for, in what *token* sees."""
    return [(node, prepare_parts(token, node.element.event)) for node in nodes if waits(node)]


def prepare_parts(token: Token, event: Event | None) -> list[Wait]:
    """Evaluate what each part of *event* waits for."""
    return [prepare(token, part) for part in parts(event) if part.kind in WAITS]


def arm_all(token: Token, prepared: Prepared) -> None:
    """Arm what was prepared beside *token*."""
    for node, found in prepared:
        for number, wait in enumerate(found):
            watch = token.workflow.add(node, token, watch=True)
            if len(found) > 1:
                watch.memo["part"] = number
            arm(watch, wait)


def prepare(token: Token, event: Event) -> Wait:
    """Evaluate what *event* waits for, in what *token* sees."""
    if event.kind == "timer":
        return {"timer": schedule(token, event).encode()}
    if event.kind == "conditional":
        return {"cond": holds(token, event)}
    name = text(token, event.name, "name")
    key = correlation_key(token, event)
    return {"kind": event.kind, "name": name, "key": key}


def holds(token: Token, event: Event | None) -> bool:
    """Say whether the condition of *event* is true in what *token* sees."""
    assert event is not None, "only events have conditions"
    assert event.expression is not None, "the reader requires it"
    return event.expression.of(scopes.visible(token), token.workflow.environment) is True


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


def correlation_key(token: Token, event: Event) -> str | None:
    """Evaluate what a message is matched by besides its name: a text or number, or a list of several that must all be equal."""
    if event.correlation_key is None:
        return None
    found = event.correlation_key.of(scopes.visible(token), token.workflow.environment)
    key = joined_key(found)
    if key is None:
        template = "The correlation key of {element_id} is neither a text or number nor a list of those."
        raise Failure("data", template, element_id=token.node.element_id)
    return key


def joined_key(found: object) -> str | None:
    """Give the one text that a correlation key comes to, whoever says it; ``None`` for what is none."""
    if isinstance(found, list | tuple):
        parts = [_key(part) for part in found]
        return None if None in parts or not parts else json.dumps(parts, ensure_ascii=False)
    return _key(found)


def _key(found: object) -> str | None:
    if isinstance(found, str):
        return found or None
    if isinstance(found, int | float | Decimal) and not isinstance(found, bool):
        return str(scopes.stored(found))
    return None


def arm(token: Token, wait: Wait) -> None:
    """Wait under the key of *token*."""
    token.memo["w"] = wait
    element_id = token.node.element_id
    if "cond" in wait:
        token.workflow.note_condition(token)
    elif "timer" in wait:
        due_at = timers.TimerSchedule.decode(wait["timer"]).due_at
        token.workflow.emit(TimerArmed(token.id, element_id, due_at))
    else:
        token.workflow.emit(SubscriptionOpened(token.id, element_id, wait["kind"], wait["name"], wait["key"]))


def disarm(token: Token) -> None:
    """Stop waiting."""
    wait = token.memo.pop("w", None)
    if wait is not None and "timer" in wait:
        token.workflow.emit(TimerDisarmed(token.id))
    elif wait is not None:
        _close(token, wait)


def consume(token: Token) -> Wait | None:
    """Stop waiting because it happened, and give what it waited for; a timer that fired is gone of itself."""
    wait: Wait | None = token.memo.pop("w", None)
    if wait is not None and "timer" not in wait:
        _close(token, wait)
    return wait


def _close(token: Token, wait: Wait) -> None:
    if "cond" in wait:
        token.workflow.forget_condition(token)
    else:
        token.workflow.emit(SubscriptionClosed(token.id))


def again(token: Token) -> None:
    """Go on waiting after it happened: for the next message or the next time of a cycle, if there is one."""
    wait = token.memo["w"]
    if "timer" in wait and not arm_next(token, wait):
        token.workflow.remove(token)


def arm_next(token: Token, wait: Wait) -> bool:
    """Wait once more for what was waited for before; say whether it can happen again."""
    if "timer" in wait:
        following = timers.next_due(timers.TimerSchedule.decode(wait["timer"]), token.workflow.at)
        if following is None:
            return False
        wait = {"timer": following.encode()}
    arm(token, wait)
    return True
