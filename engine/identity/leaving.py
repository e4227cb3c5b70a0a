"""Leaving: what somebody who goes still has on the desk is put on a colleague's."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from engine import audit
from engine.effects import Transition
from engine.errors import EngineError
from engine.identity import accounts, posts, recusal, rights
from engine.persistence.identity_records import PersonRow
from engine.persistence.records import Task
from engine.persistence.work import Raced, UnitOfWork


class SamePerson(EngineError):
    """Choose another person: the work cannot be given to the one who leaves."""


class ReasonMissing(EngineError):
    """Say why the work is given to somebody else; the trail keeps it."""


@dataclass(frozen=True, slots=True)
class Reassigned:
    """What was put on the other desk, and what was not because the other person is recused there."""

    moved: tuple[Task, ...]
    recused: tuple[Task, ...]


def open_tasks(work: UnitOfWork, login: str) -> list[Task]:
    """Give what a person still has on the desk, the most urgent first."""
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    return work.user_tasks.open_of_assignee(login)


def reassign(work: UnitOfWork, login: str, to_login: str, reason: str, task_ids: Collection[UUID] | None = None) -> Reassigned:
    """Put the open tasks of a person, or some of them, on a colleague's desk; each trail keeps who, to whom and why."""
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    if login == to_login:
        raise SamePerson
    if not reason.strip():
        raise ReasonMissing
    for somebody in (login, to_login):
        rights.require_units(work.actor, {post.unit for post in posts.current(work, somebody)})
    successor = accounts.get(work, to_login)
    if not successor.active or not posts.current(work, to_login):
        raise posts.NoPost(name=successor.name)

    tasks = [task for task in work.user_tasks.open_of_assignee(login) if task_ids is None or task.id in task_ids]
    names = {found.id: found.excluded for found in work.process_instances.find_all({task.instance_id for task in tasks})}
    recused = tuple(task for task in tasks if _is_recused(work, to_login, task, names.get(task.instance_id, ())))
    moved = tuple(task for task in tasks if task not in recused)
    _move(work, moved, login, successor, reason.strip())
    return Reassigned(moved, recused)


def _is_recused(work: UnitOfWork, login: str, task: Task, kept_out: Collection[str]) -> bool:
    here = posts.current(work, login) if kept_out else ()
    may = not kept_out or any(recusal.may_hold(work, kept_out, login, post.role, post.unit) for post in here)
    return login in task.excluded or not may


def _move(work: UnitOfWork, tasks: Collection[Task], login: str, successor: PersonRow, reason: str) -> None:
    facts = {"from": login, "to": successor.login, "to_name": successor.name, "reason": reason}
    if tasks:
        instances = work.process_instances.find_all([task.instance_id for task in tasks], lock=work.locking)
        moved = work.user_tasks.reassign([task.id for task in tasks], login, successor.login, successor.name, reason)
        if moved != len(tasks):
            raise Raced
        transition = Transition(work)
        by_id = {instance.id: instance for instance in instances}
        for task in tasks:
            transition.keep(by_id[task.instance_id])
            about = {"element": task.element_id, "name": task.name}
            transition.note(by_id[task.instance_id], "task.reassigned", str(task.id), about | facts)
        transition.run()
    audit.record(work, "work.reassigned", login, facts | {"tasks": len(tasks)})
