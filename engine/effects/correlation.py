"""Messages and signals on their way: to whoever waits, to what they start, or into the buffer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from engine import sealing
from engine.bpmn.durations import parse as parse_duration
from engine.kernel.port import Trigger
from engine.persistence.json import dumps, loads
from engine.persistence.keys import new_key
from engine.persistence.records import Instance, Subscription

if TYPE_CHECKING:
    from engine.definitions import Loaded
    from engine.effects.transition import Transition


def publish(
    transition: Transition,
    name: str,
    correlation_key: str | None,
    variables: Mapping[str, object],
    time_to_live: str | None,
    sender: Instance | None = None,
    is_about_sender: bool = False,
) -> int:
    """Hand a message to one receiver of each process that waits for it or begins with it; give how many.

    Nobody there yet: it is kept for its time to live. What begins is hidden from whom its *sender* is hidden, if its process
    says so, or if the message *is_about_sender* anyway.
    """
    receivers: dict[str, Subscription] = {}
    waiting = _waiting(transition, "message", name, correlation_key)
    for subscription in sorted(waiting, key=lambda found: found.instance_id is None):
        receivers.setdefault(subscription.process_id, subscription)
    for subscription in receivers.values():
        _hand_over(transition, subscription, variables, correlation_key, sender, is_about_sender)
    if not receivers:
        _keep(transition, name, correlation_key, variables, time_to_live)
    return len(receivers)


def broadcast(transition: Transition, name: str, variables: Mapping[str, object], sender: UUID | None = None) -> int:
    """Let everybody who waits for a signal now hear it, apart from its *sender*, which has heard it; give how many did."""
    waiting = _waiting(transition, "signal", name)
    heard = [found for found in waiting if sender is None or found.instance_id != sender]
    for subscription in heard:
        _hand_over(transition, subscription, variables, None)
    return len(heard)


def look_for_buffered(transition: Transition, name: str) -> None:
    """See, once the effects at hand are worked off, whether a message that was waiting fits a new subscription."""
    if name in transition.awaited:
        return
    transition.awaited.add(name)
    if len(transition.awaited) == 1:
        transition.later(lambda: _deliver_buffered(transition))


def _deliver_buffered(transition: Transition) -> None:
    names, transition.awaited = transition.awaited, set()
    buffered = transition.work.messages.buffered(names, transition.work.now)
    for message in buffered:
        waiting = _waiting(transition, "message", message.name, message.correlation_key)
        receiver = next((found for found in waiting if found.instance_id is not None), None)
        if receiver is not None and transition.work.messages.take(message.id):
            variables = sealing.unpack(transition.work, message.variables, f"message/{message.id}")
            _hand_over(transition, receiver, variables, message.correlation_key)


def _waiting(transition: Transition, kind: str, name: str, correlation_key: str | None = None) -> list[Subscription]:
    """Give who waits, longest first, as this transition has left it so far, for nothing of it is written yet."""
    batch = transition.batch
    awake = [key for key, instance in transition.instances.items() if instance.is_active]
    written = transition.work.subscriptions.waiting(kind, name, correlation_key, awake)
    old = [found for found in written if (found.instance_id, found.element_key) not in batch.closed_subscriptions]
    opened = (Subscription(**row) for row in batch.subscriptions.values() if (row["kind"], row["name"]) == (kind, name))
    new = [found for found in opened if kind == "signal" or found.correlation_key in (None, correlation_key)]
    return [found for found in [*old, *new] if transition.is_listening(found.instance_id)]


def _hand_over(
    transition: Transition,
    subscription: Subscription,
    variables: Mapping[str, object],
    key: str | None,
    sender: Instance | None = None,
    is_about_sender: bool = False,
) -> None:
    if subscription.instance_id is not None and subscription.element_key is not None:
        # at once, so that the next message finds this subscription as it then is
        transition.deliver(subscription.instance_id, Trigger(subscription.element_key, variables))
        return
    definition = transition.definition(subscription.process_id)
    like = sender if is_about_sender or _is_hidden_like_sender(definition) else None
    element_id = subscription.element_id
    transition.later(lambda: transition.begin(definition, variables, element_id=element_id, business_key=key, hidden_like=like))


def _is_hidden_like_sender(definition: Loaded) -> bool:
    said = definition.process.properties.get("bpm:hiddenLikeSender")
    return said is not None and said.text == "true"


def _keep(
    transition: Transition, name: str, correlation_key: str | None, variables: Mapping[str, object], time_to_live: str | None
) -> None:
    work = transition.work
    expires = work.now + work.settings.message_time_to_live
    lifetime = parse_duration(time_to_live) if time_to_live else None
    if lifetime is not None:
        expires = lifetime.after(work.now)
    if expires - work.now > timedelta():
        key = new_key()
        plain = loads(dumps(sealing.pack(work, variables, f"message/{key}")))
        row = {"id": key, "name": name, "correlation_key": correlation_key, "variables": plain,
               "published_at": work.now, "expires_at": expires}  # fmt: skip
        work.messages.add(row)
