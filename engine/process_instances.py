"""Process instances: runs of a process, from their start to their end, with everything they call and wait for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from engine import clocks, definitions, hiding, sealing
from engine.definitions import Loaded
from engine.effects import Transition, correlation
from engine.errors import EngineError
from engine.identity import reading, recusal
from engine.identity.rights import OPERATE, Forbidden, require
from engine.kernel.port import Advance, Cancel, Modify
from engine.persistence.records import PAGE, Instance, Page, Row, Scope
from engine.persistence.repositories.process_instances import InstanceFilters
from engine.persistence.work import UnitOfWork

__all__ = ["InstanceFilters", "active_elements", "cancel", "get", "modify", "resume", "save", "search", "start", "suspend"]


class InstanceNotFound(EngineError):
    """There is no such matter, or it belongs to a unit that your post does not look after."""

    kind = "missing"


class InstanceEnded(EngineError):
    """{title} has already ended."""

    kind = "conflict"


class InstanceSuspended(EngineError):
    """{title} is suspended. It goes on when an administrator resumes it."""

    kind = "conflict"


class NotSuspended(EngineError):
    """{title} is not suspended."""

    kind = "conflict"


class MayNotStart(Forbidden):
    """Your post may not begin {process}."""

    kind = "forbidden"


class IsCalled(EngineError):
    """{title} was called by another process, which waits for its end. Cancel that one instead."""


class CallerSuspended(EngineError):
    """{title} was called by a process that is suspended. Resume that one instead."""

    kind = "conflict"


def start(work: UnitOfWork, process_id: str, variables: Mapping[str, object], business_key: str | None = None) -> Instance:
    """Begin a process and let it run until everything in it waits.

    Where a post may begin it, the variable ``starter`` says who did: login, name, unit, unit_name and role.
    """
    definition = definitions.active(work, process_id)
    allowed = definition.row.startable_by
    if allowed and not work.actor.is_system and work.actor.role not in allowed:
        raise MayNotStart(process=definition.row.name)

    transition = Transition(work)
    instance = transition.begin(definition, starter(work, definition) | dict(variables), business_key=business_key)
    transition.run()
    return instance


def starter(work: UnitOfWork, definition: Loaded) -> dict[str, object]:
    """Tell a process that people begin, and the form that begins it, who does."""
    if not definition.row.startable_by or work.actor.is_system:
        return {}
    actor = work.actor
    facts = {"login": actor.login, "name": actor.name, "unit": actor.unit, "unit_name": actor.unit_name, "role": actor.role}
    return {"starter": facts}


def save(work: UnitOfWork, instance: Instance, advance: Advance) -> None:
    """Take over what the kernel made of an instance, and everything that follows from it elsewhere."""
    transition = Transition(work)
    transition.apply(instance, advance)
    transition.run()


def get(work: UnitOfWork, instance_id: UUID) -> Instance:
    """Give an instance as it stands."""
    instance = work.process_instances.find(instance_id, lock=work.locking)
    if instance is None or recusal.is_kept_out(work, instance):
        raise InstanceNotFound()
    return instance


def visible(work: UnitOfWork, instance_id: UUID) -> Instance:
    """Give an instance to somebody whose post looks after its unit, who takes part in it, or who got a copy of it.

    It is for reading: without the variables that are not for whoever acts.
    """
    return hiding.readable(work, _seen(work, instance_id))


def _seen(work: UnitOfWork, instance_id: UUID) -> Instance:
    instance = get(work, instance_id)
    seen = work.actor.is_system or work.actor.scope.includes(instance.unit) or instance.started_by == work.actor.login
    if not seen and not work.process_instances.takes_part(instance.root_id, work.actor.login, work.actor.groups):
        raise InstanceNotFound()
    reading.note(work, instance)
    return instance


def search(work: UnitOfWork, filters: InstanceFilters, number: int = 1, size: int = PAGE) -> Page[Row[Any]]:
    """Give a page of the instances within the data scope of the post, newest first."""
    marks, blind = sealing.marks(work, filters.text), hiding.at_all(work)
    if blind & (filters.variables or {}).keys():
        return Page([], 0, number, size)
    return work.process_instances.search(
        replace(filters, marks=marks, blind=blind) if marks else filters, scope(work), number, size
    )


def scope(work: UnitOfWork) -> Scope:
    """Say whose instances the post may see."""
    return Scope(work.actor.scope.units, work.actor.login, frozenset() if work.actor.is_system else recusal.pools(work))


def active_elements(work: UnitOfWork, instance_id: UUID) -> Sequence[Row[Any]]:
    """Give the visits at which an instance stands."""
    return work.process_instances.active_visits(instance_id)


def cancel(work: UnitOfWork, instance_id: UUID, reason: str) -> None:
    """End an instance, suspended or not, and everything it called, for a reason that stays in the trail."""
    instance = governed(work, instance_id)
    if instance.has_ended:
        raise InstanceEnded(title=instance.title)
    if instance.parent_id is not None:
        raise IsCalled(title=instance.title)

    transition = Transition(work)
    instance.ended_reason = reason
    transition.note(instance, "instance.cancelled", str(instance_id), {"reason": reason})
    transition.advance(instance, Cancel(reason))
    transition.run()


def modify(
    work: UnitOfWork,
    instance_id: UUID,
    cancel: Sequence[str],
    start: Sequence[str],
    reason: str,
    variables: Mapping[str, object] | None = None,
    within: Mapping[str, str] | None = None,
) -> None:
    """Take visits back and begin at other elements, for a reason that stays in the trail.

    *within* names, by element to begin, the visit of the sub-process it is meant in, where that runs several times.
    """
    instance = governed(work, instance_id)
    check_running(instance)
    transition = Transition(work)
    facts = {"reason": reason, "cancelled": list(cancel), "started": list(start)}
    transition.note(instance, "instance.modified", str(instance_id), facts)
    transition.advance(instance, Modify(tuple(cancel), tuple(start), variables or {}, within or {}))
    if instance.has_ended and instance.parent_id is not None:
        raise IsCalled(title=instance.title)
    transition.run()


def suspend(work: UnitOfWork, instance_id: UUID, reason: str) -> None:
    """Stop an instance and everything it called; timers and deadlines rest until it is resumed."""
    instance = governed(work, instance_id)
    check_running(instance)
    transition = Transition(work)
    for member in _family(work, instance):
        _set_state(transition, member, "suspended", "instance.suspended", reason)
        work.jobs.pause_of_instance(member.id)
        clocks.pause_instance(work, member.id)
    transition.run()


def resume(work: UnitOfWork, instance_id: UUID, reason: str = "") -> None:
    """Let a suspended instance and everything it called go on; what fell due meanwhile happens now."""
    instance = governed(work, instance_id)
    if instance.state != "suspended":
        raise NotSuspended(title=instance.title)
    if instance.parent_id is not None and get(work, instance.parent_id).state == "suspended":
        raise CallerSuspended(title=instance.title)
    transition = Transition(work)
    for member in _family(work, instance):
        _set_state(transition, member, "active", "instance.resumed", reason)
        work.jobs.resume_of_instance(member.id)
        clocks.resume_instance(work, member.id)
        for subscription in work.subscriptions.of_instance(member.id):
            correlation.look_for_buffered(transition, subscription.name)
    transition.run()


def _set_state(transition: Transition, instance: Instance, state: str, action: str, reason: str) -> None:
    instance.state = state
    transition.keep(instance)
    transition.note(instance, action, str(instance.id), {"reason": reason})


def _family(work: UnitOfWork, instance: Instance) -> Iterator[Instance]:
    waiting = [instance]
    while waiting:
        member = waiting.pop()
        yield member
        waiting += [get(work, child) for child in work.process_instances.running_children(member.id)]


def governed(work: UnitOfWork, instance_id: UUID) -> Instance:
    """Give an instance, whole since it will be kept, to somebody who may stop, move and mend what their post looks after."""
    require(work.actor, OPERATE)
    return _seen(work, instance_id)


def check_running(instance: Instance) -> None:
    """Refuse to move what has ended or was suspended."""
    if instance.has_ended:
        raise InstanceEnded(title=instance.title)
    check_not_suspended(instance)


def check_not_suspended(instance: Instance) -> None:
    """Refuse to move what somebody halted."""
    if instance.state == "suspended":
        raise InstanceSuspended(title=instance.title)
