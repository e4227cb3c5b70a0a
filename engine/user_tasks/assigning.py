"""Who has a task: claimed, signed for, handed over, given back. Each change is one conditional update."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from engine.effects import Transition
from engine.identity import posts, recusal
from engine.persistence.identity_records import PersonRow
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.user_tasks import guards
from engine.user_tasks.errors import AlreadyClaimed, PersonNotFound, TaskNotFound


def claim(work: UnitOfWork, task_id: UUID) -> None:
    """Take an offered task, so that nobody else starts on it; taking what one has already changes nothing."""
    task, instance = guards.at_hand(work, task_id)
    guards.check_allowed(task, "claim")
    if guards.has(work.actor, task):
        return
    if not work.user_tasks.claim(task_id, work.actor.login, work.actor.name, work.actor.groups):
        raise AlreadyClaimed(assignee=_assignee(work, task_id))
    _note(work, [instance], "task.claimed", [task], {})


def release(work: UnitOfWork, task_id: UUID) -> None:
    """Give a claimed task back to those it was offered to."""
    task, instance = guards.at_hand(work, task_id)
    guards.check_allowed(task, "claim")
    if task.candidates and work.user_tasks.release(task_id, work.actor.login):
        _note(work, [instance], "task.released", [task], {})


def sign_for(work: UnitOfWork, task_ids: UUID | Sequence[UUID]) -> int:
    """Sign for tasks that are mine or offered to me; an offered one becomes mine. Give how many were signed for."""
    wanted = [task_ids] if isinstance(task_ids, UUID) else list(task_ids)
    tasks = work.user_tasks.find_all(wanted)
    instances = work.process_instances.find_all([task.instance_id for task in tasks], lock=work.locking)
    actor = work.actor
    signed = work.user_tasks.sign_for([task.id for task in tasks], actor.login, actor.name, actor.groups, work.now)
    done = [task for task in tasks if task.id in signed]
    _note(work, instances, "task.signed_for", done, {})
    return len(done)


def hand_over(work: UnitOfWork, task_id: UUID, to_login: str, reason: str) -> None:
    """Give a task of mine to a colleague for good; the trail keeps both."""
    task, instance = guards.at_hand(work, task_id)
    guards.check_allowed(task, "hand_over")
    _give(work, task, instance, to_login, guards.check_reason(reason), "task.handed_over")


def _give(work: UnitOfWork, task: Task, instance: Instance, to_login: str, reason: str, action: str) -> None:
    person = _person(work, to_login)
    recusal.check_person(person.login, person.name, task.excluded)
    posts.check_may_hold(work, person.login, person.name, instance.excluded)
    if not work.user_tasks.hand_over(task.id, task.assignee, person.login, person.name, reason):
        raise AlreadyClaimed(assignee=_assignee(work, task.id))
    _note(work, [instance], action, [task], {"from": task.assignee, "to": person.login, "to_name": person.name, "reason": reason})


def _person(work: UnitOfWork, login: str) -> PersonRow:
    person = work.people.find(login)
    if person is None or not person.active:
        raise PersonNotFound(login=login)
    return person


def _assignee(work: UnitOfWork, task_id: UUID) -> str:
    task = work.user_tasks.find(task_id)
    if task is None:
        raise TaskNotFound()
    guards.check_open(task)
    return task.assignee_name or task.assignee or ""


def _note(
    work: UnitOfWork, instances: Sequence[Instance], action: str, tasks: Sequence[Task], facts: Mapping[str, object]
) -> None:
    by_id = {instance.id: instance for instance in instances}
    transition = Transition(work)
    for task in tasks:
        instance = by_id[task.instance_id]
        transition.keep(instance)
        transition.note(instance, action, str(task.id), {"element": task.element_id, "name": task.name} | dict(facts))
    if tasks:
        transition.run()
