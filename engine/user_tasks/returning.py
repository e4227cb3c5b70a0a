"""Sending work back to somebody who had it before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine import definitions, kernel
from engine.effects import Transition
from engine.kernel.errors import CannotModify
from engine.kernel.port import Modify
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.user_tasks import guards, routes
from engine.user_tasks.completing import signature
from engine.user_tasks.errors import CannotReturn


@dataclass(frozen=True, slots=True)
class ReturnTarget:
    """A finished step that this one can be sent back to, and who did it last; *cancels* are the visits that end with it."""

    element_id: str
    name: str
    login: str | None
    person: str | None
    at: datetime
    cancels: tuple[str, ...]


def return_targets(work: UnitOfWork, task_id: UUID) -> list[ReturnTarget]:
    """Give the finished steps that lead here, the last one first."""
    return _targets(work, *guards.found(work, task_id))


def send_back(work: UnitOfWork, task_id: UUID, to_element_id: str, reason: str) -> None:
    """Let a finished step be done again by whoever did it, for a reason; what was filled in stays.

    What runs beside this task and would be reached again from there ends too.
    """
    task, instance = guards.at_hand(work, task_id)
    guards.check_allowed(task, "return")
    reason = guards.check_reason(reason)
    target = next((found for found in _targets(work, task, instance) if found.element_id == to_element_id), None)
    if target is None:
        raise CannotReturn(step=to_element_id)

    transition = Transition(work, source_id=task.id)
    transition.hand_in(task, **signature(work.actor), b_state="returned", opinion=reason, submitted=None)
    transition.returns[to_element_id] = {"assignee": target.login, "origin": "return", "note": reason}
    facts = {"element": task.element_id, "name": task.name, "to": to_element_id, "to_name": target.name, "reason": reason}
    transition.note(instance, "task.returned", str(task.id), facts)
    try:
        transition.advance(instance, Modify(target.cancels, (to_element_id,)))
    except CannotModify as error:
        raise CannotReturn(step=target.name) from error
    transition.run()


def _targets(work: UnitOfWork, task: Task, instance: Instance) -> list[ReturnTarget]:
    definition = definitions.loaded(work, task.definition_id)
    process = definition.process
    visits = {visit.element_key: visit for visit in work.process_instances.visits(task.instance_id)}
    around = routes.scopes_above(visits, task.element_key)
    standing = [found for found in kernel.waiting(definition.kernel, instance.kernel_state) if not found.is_armed]
    targets: dict[str, ReturnTarget] = {}
    for done in sorted(work.user_tasks.of_instance(task.instance_id), key=lambda done: (_closed(done), done.id), reverse=True):
        scope = routes.scope_of(visits, done.parent_key)
        if (
            done.state != "completed"
            or done.element_id in targets
            or scope not in around
            or done.element_id not in process.elements
        ):
            continue
        here = visits[around[scope]]
        if here.element_id == done.element_id or here.element_id not in routes.downstream(process, done.element_id):
            continue
        beside = [found for found in standing if found.parent_key == scope]
        cancels = dict.fromkeys([here.element_key, *routes.redone(process, done.element_id, beside)])
        targets[done.element_id] = _target(done, scope == done.parent_key, tuple(cancels))
    return list(targets.values())


def _target(done: Task, alone: bool, cancels: tuple[str, ...]) -> ReturnTarget:
    """Give a finished step; what several people did goes back to its candidates."""
    login, name = (done.completed_by, done.completed_by_name) if alone else (None, None)
    return ReturnTarget(done.element_id, done.name, login, name, _closed(done), cancels)


def _closed(task: Task) -> datetime:
    return task.closed_at or task.created_at
