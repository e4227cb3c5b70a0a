"""What is thrown: each part of a throwing event is *evaluated* first, published, and *acts* inside the instance afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.kernel import scopes, throwing, watches
from engine.kernel.errors import Failure
from engine.kernel.happening import hear
from engine.kernel.port import EscalationEscaped, MessagePublished, SignalBroadcast

if TYPE_CHECKING:
    from engine.bpmn.model import Event
    from engine.kernel.port import Effect
    from engine.kernel.tokens import Token

# what acts inside the instance once the thrower is done: the kind, and what that kind needs
Said = list[object]


def throw(token: Token, event: Event | None) -> list[Said]:
    """Evaluate every part of *event* in what *token* sees, publish what goes outside, and give what acts inside."""
    outside: list[Effect] = []
    inside: list[Said] = []
    for part in watches.parts(event):
        if part.kind == "message":
            outside.append(_message(token, part))
        elif part.kind == "signal":
            name, payload = watches.text(token, part.name, "signal name"), _payload(token, part)
            outside.append(SignalBroadcast(token.id, name, payload))
            inside.append(["signal", name, payload])
        elif part.kind == "escalation":
            inside.append(["escalation", part.code])
    for effect in outside:
        token.workflow.emit(effect)
    return inside


def act(token: Token, inside: list[Said]) -> None:
    """Let what was thrown happen at once, as long as it does not take the thrower's scope away."""
    for kind, *facts in inside:
        if not token.scope.is_alive:
            return
        if kind == "signal":
            hear(token, *facts)  # type: ignore[arg-type]
        else:
            escalate(token, *facts)  # type: ignore[arg-type]


def escalate(token: Token, code: str | None, inside: bool = True, variables: Mapping[str, object] | None = None) -> None:
    """Let an escalation be caught, here or by whoever called this process; one that nobody catches is no failure."""
    catcher = throwing.find(token, "escalation", code, inside=inside)
    if catcher is not None:
        throwing.deliver(catcher, variables or {})
    elif token.workflow.is_child:
        token.workflow.emit(EscalationEscaped(code, variables or {}))


def _message(token: Token, event: Event) -> MessagePublished:
    name = watches.text(token, event.name, "message name")
    key = watches.correlation_key(token, event)
    live = None if event.time_to_live is None else event.time_to_live.of(scopes.visible(token), token.workflow.environment)
    lasts = None if live is None else scopes.stored(live)
    if lasts is not None and not isinstance(lasts, str):
        raise Failure("data", "The time to live of {element_id} is not a duration.", element_id=token.node.element_id)
    return MessagePublished(token.id, name, key, _payload(token, event), lasts)


def _payload(token: Token, event: Event) -> dict[str, object]:
    if event.payload is None:
        return dict(scopes.visible_inside(token))
    found = event.payload.of(scopes.visible(token), token.workflow.environment)
    if not isinstance(found, Mapping):
        raise Failure("data", "The payload of {element_id} is not a context.", element_id=token.node.element_id)
    return scopes.stored_all(found)
