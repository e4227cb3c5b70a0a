"""Each effect of the kernel and the rows it means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from engine import definitions
from engine.definitions import Loaded
from engine.effects import correlation, deadlines, offering, projection
from engine.effects.batch import job_row
from engine.effects.transition import Transition
from engine.errors import plain_facts
from engine.kernel import port
from engine.persistence.keys import new_key
from engine.persistence.records import Instance

STATES = {"completed": "completed", "terminated": "terminated", "cancelled": "cancelled", "error": "failed"}


def interpret(transition: Transition, instance: Instance, effects: Iterable[port.Effect]) -> None:
    """Turn *effects* into rows and into what is to be done next, in their order."""
    definition = definitions.loaded(transition.work, instance.definition_id)
    for effect in effects:
        _HANDLERS[type(effect)](transition, instance, definition, effect)


def _entered(transition: Transition, instance: Instance, definition: Loaded, effect: port.ElementEntered) -> None:
    row = _visit(transition, instance, effect.element_key, effect.element_id, effect.type)
    row |= {"parent_key": effect.parent_key, "loop_counter": effect.loop_counter}
    transition.batch.enter((instance.id, effect.element_key), row)
    projection.enter(transition, instance, definition, effect.element_id)


def _left(transition: Transition, instance: Instance, definition: Loaded, effect: port.ElementLeft) -> None:
    element = definition.process.elements.get(effect.element_id)
    row = _visit(transition, instance, effect.element_key, effect.element_id, element.type if element else "")
    how = {"left_at": transition.work.now, "outcome": effect.outcome, "taken": list(effect.taken)}
    transition.batch.leave((instance.id, effect.element_key), row, **how)
    deadlines.close_for_element(transition, instance, definition, effect.element_id, effect.element_key)
    if effect.outcome == "completed" and effect.loop_counter is None:
        projection.leave(transition, instance, definition, effect.element_id)


def _visit(transition: Transition, instance: Instance, key: str, element_id: str, type_: str) -> dict[str, Any]:
    return {"instance_id": instance.id, "element_key": key, "element_id": element_id, "type": type_, "parent_key": None,
            "loop_counter": None, "entered_at": transition.work.now}  # fmt: skip


def _task_created(transition: Transition, instance: Instance, definition: Loaded, effect: port.UserTaskCreated) -> None:
    offering.offer(transition, instance, definition, effect)


def _task_closed(transition: Transition, instance: Instance, definition: Loaded, effect: port.UserTaskClosed) -> None:
    offering.close(transition, instance, effect)


def _task_rescheduled(transition: Transition, instance: Instance, definition: Loaded, effect: port.UserTaskRescheduled) -> None:
    transition.batch.rescheduled[instance.id, effect.element_key] = effect.due_at


def _job_created(transition: Transition, instance: Instance, definition: Loaded, effect: port.JobCreated) -> None:
    payload = {"headers": dict(effect.headers), "variables": dict(effect.variables), "retries": effect.retries}
    transition.batch.jobs[instance.id, effect.element_key] = job_row(
        "service", effect.type, transition.work.now, instance_id=instance.id, element_key=effect.element_key,
        element_id=effect.element_id, definition_id=definition.row.id, payload=payload, retries=effect.retries,
    )  # fmt: skip


def _timer_armed(transition: Transition, instance: Instance, definition: Loaded, effect: port.TimerArmed) -> None:
    place = (instance.id, effect.element_key)
    if place in transition.batch.jobs:
        del transition.batch.jobs[place]
    transition.batch.jobs[place] = job_row(
        "timer", "timer", effect.due_at, instance_id=instance.id, element_key=effect.element_key,
        element_id=effect.element_id, definition_id=definition.row.id,
    )  # fmt: skip


def _job_dropped(
    transition: Transition, instance: Instance, definition: Loaded, effect: port.TimerDisarmed | port.JobCancelled
) -> None:
    transition.batch.drop_job((instance.id, effect.element_key))
    if isinstance(effect, port.JobCancelled):
        transition.batch.resolve_incident((instance.id, effect.element_key))


def _subscription_opened(transition: Transition, instance: Instance, definition: Loaded, effect: port.SubscriptionOpened) -> None:
    transition.batch.subscriptions[instance.id, effect.element_key] = {
        "id": new_key(), "kind": effect.kind, "name": effect.name, "correlation_key": effect.correlation_key,
        "instance_id": instance.id, "definition_id": definition.row.id, "process_id": instance.process_id,
        "element_key": effect.element_key, "element_id": effect.element_id,
    }  # fmt: skip
    if effect.kind == "message":
        correlation.look_for_buffered(transition, effect.name)


def _subscription_closed(transition: Transition, instance: Instance, definition: Loaded, effect: port.SubscriptionClosed) -> None:
    transition.batch.close_subscription((instance.id, effect.element_key))


def _message_published(transition: Transition, instance: Instance, definition: Loaded, effect: port.MessagePublished) -> None:
    said = (effect.name, effect.correlation_key, effect.variables, effect.time_to_live)
    transition.later(partial(correlation.publish, transition, *said, instance))


def _signal_broadcast(transition: Transition, instance: Instance, definition: Loaded, effect: port.SignalBroadcast) -> None:
    transition.later(partial(correlation.broadcast, transition, effect.name, effect.variables, instance.id))


def _child_started(transition: Transition, instance: Instance, definition: Loaded, effect: port.ChildStarted) -> None:
    def begin() -> None:
        child = transition.definition(effect.process_id, definition, effect.binding, effect.version_tag)
        transition.begin(child, effect.variables, parent=instance, parent_element_key=effect.element_key)

    transition.later(begin)


def _escalation_escaped(transition: Transition, instance: Instance, definition: Loaded, effect: port.EscalationEscaped) -> None:
    if instance.parent_id is not None and instance.parent_element_key is not None:
        command = port.ThrowEscalation(instance.parent_element_key, effect.code, effect.variables)
        transition.send(instance.parent_id, command)


def _child_cancelled(transition: Transition, instance: Instance, definition: Loaded, effect: port.ChildCancelled) -> None:
    transition.later(partial(_cancel_child, transition, instance, effect.element_key))


def _cancel_child(transition: Transition, instance: Instance, element_key: str) -> None:
    child_id = _child(transition, instance, element_key)
    if child_id is not None:
        transition.send(child_id, port.Cancel("the calling process cancelled it"))


def _child_corrected(transition: Transition, instance: Instance, definition: Loaded, effect: port.ChildCorrected) -> None:
    def correct() -> None:
        child_id = _child(transition, instance, effect.element_key)
        if child_id is not None:
            transition.send(child_id, port.Correct(effect.variables, transition.functions_before))

    transition.later(correct)


def _child(transition: Transition, instance: Instance, element_key: str) -> UUID | None:
    pending = [
        child
        for child in transition.instances.values()
        if (child.parent_id, child.parent_element_key) == (instance.id, element_key)
    ]
    return pending[0].id if pending else transition.work.process_instances.child(instance.id, element_key)


def _variables_set(transition: Transition, instance: Instance, definition: Loaded, effect: port.VariablesSet) -> None:
    if effect.scope_key is None:
        transition.set_variables(instance, effect.variables)


def _incident_raised(transition: Transition, instance: Instance, definition: Loaded, effect: port.IncidentRaised) -> None:
    transition.batch.incidents[instance.id, effect.element_key] = {
        "id": new_key(), "instance_id": instance.id, "job_id": None, "element_key": effect.element_key,
        "element_id": effect.element_id, "kind": effect.kind, "message": effect.message,
        "template": effect.template or effect.message, "facts": plain_facts(effect.facts), "detail": effect.detail,
        "variables": dict(effect.variables), "raised_at": transition.work.now, "resolved_at": None, "resolved_by": None,
    }  # fmt: skip


def _incident_resolved(transition: Transition, instance: Instance, definition: Loaded, effect: port.IncidentResolved) -> None:
    transition.batch.resolve_incident((instance.id, effect.element_key))


def _ended(transition: Transition, instance: Instance, definition: Loaded, effect: port.InstanceEnded) -> None:
    instance.state = STATES[effect.outcome]
    instance.ended_at = transition.work.now
    deadlines.close_for_instance(transition, instance, definition)
    if instance.parent_id is None or instance.parent_element_key is None:
        return
    key = instance.parent_element_key
    command: port.Command = port.CompleteElement(key, effect.variables)
    if effect.outcome == "error":
        command = port.ThrowError(key, effect.error_code or "", "", effect.variables)
    transition.send(instance.parent_id, command)


_HANDLERS: dict[type[Any], Callable[[Transition, Instance, Loaded, Any], None]] = {
    port.ElementEntered: _entered,
    port.ElementLeft: _left,
    port.UserTaskCreated: _task_created,
    port.UserTaskClosed: _task_closed,
    port.UserTaskRescheduled: _task_rescheduled,
    port.JobCreated: _job_created,
    port.JobCancelled: _job_dropped,
    port.TimerArmed: _timer_armed,
    port.TimerDisarmed: _job_dropped,
    port.SubscriptionOpened: _subscription_opened,
    port.SubscriptionClosed: _subscription_closed,
    port.MessagePublished: _message_published,
    port.SignalBroadcast: _signal_broadcast,
    port.EscalationEscaped: _escalation_escaped,
    port.ChildStarted: _child_started,
    port.ChildCancelled: _child_cancelled,
    port.ChildCorrected: _child_corrected,
    port.VariablesSet: _variables_set,
    port.IncidentRaised: _incident_raised,
    port.IncidentResolved: _incident_resolved,
    port.InstanceEnded: _ended,
}
