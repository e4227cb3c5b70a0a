"""Urging: whoever looks after a unit presses for what waits there; those who have the task are told, and the trail keeps it.

A person hears of a task at most once an hour, however many press for it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from engine import notifications
from engine.effects import Transition
from engine.errors import EngineError
from engine.identity import rights
from engine.persistence.keys import new_key
from engine.persistence.records import PAGE, Instance, Page, Task
from engine.persistence.repositories.urgings import UrgingRow, WaitingFilters, WaitingRow
from engine.persistence.work import UnitOfWork
from engine.process_instances import check_running
from engine.user_tasks import guards
from engine.user_tasks.errors import TaskNotFound

__all__ = [
    "MOST",
    "RIGHT",
    "Outcome",
    "Refused",
    "UrgingRow",
    "WaitingFilters",
    "WaitingRow",
    "may",
    "of_tasks",
    "urge",
    "waiting",
]
RIGHT = "urge"
QUIET = timedelta(hours=1)
MOST = 200
LONGEST = 200


class WordsMissing(EngineError):
    """Write what is to be done; those who have the task read it."""


class WordsTooLong(EngineError):
    """Keep it to {most} characters."""


class NothingChosen(EngineError):
    """Tick what you want to press for."""


class TooManyUrged(EngineError):
    """Press for at most {most} tasks at once."""


class UrgedAlready(EngineError):
    """{who} pressed for this at {at:%H:%M}. Wait an hour before it is pressed for again."""

    kind = "conflict"


class NobodyToUrge(EngineError):
    """Nobody but you has this task, or nobody holds the post it waits for."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A task that was not pressed for, and why."""

    task: Task
    title: str
    reason: EngineError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of pressing: for which tasks, how many people were told, and what was refused."""

    tasks: tuple[Task, ...]
    people: int
    refused: tuple[Refused, ...]


def may(work: UnitOfWork, unit: str | None) -> bool:
    """Say whether whoever acts may press for work of a unit."""
    return work.actor.may(RIGHT) and work.actor.scope.includes(unit)


def waiting(work: UnitOfWork, filters: WaitingFilters, number: int = 1, size: int = PAGE) -> Page[WaitingRow]:
    """Give a page of what waits in the units looked after."""
    rights.require(work.actor, RIGHT)
    return work.urgings.waiting(filters, work.actor.scope.units, number, size)


def of_tasks(work: UnitOfWork, task_ids: Collection[UUID]) -> dict[UUID, list[UrgingRow]]:
    """Give when tasks were pressed for, by task, the newest first."""
    found: dict[UUID, list[UrgingRow]] = {}
    for row in work.urgings.of_tasks(task_ids) if task_ids else ():
        found.setdefault(row.task_id, []).append(row)
    return found


def urge(work: UnitOfWork, task_ids: Sequence[UUID], text: str) -> Outcome:
    """Press for tasks; what cannot be pressed for is left out and told with its reason, the others are done all the same."""
    rights.require(work.actor, RIGHT)
    words = _checked(task_ids, text)
    tasks = {task.id: task for task in work.user_tasks.find_all(task_ids)}
    instances = work.process_instances.find_all([task.instance_id for task in tasks.values()], lock=work.locking)
    by_id = {instance.id: instance for instance in instances}
    recent = work.urgings.of_tasks(task_ids, work.now - QUIET)
    told: list[tuple[Task, list[str]]] = []
    refused: list[Refused] = []
    for task_id in dict.fromkeys(task_ids):
        if task_id not in tasks:
            raise TaskNotFound()
        task = tasks[task_id]
        instance = by_id[task.instance_id]
        rights.require_unit(work.actor, instance.unit)
        try:
            told.append((task, _whom(work, task, instance, [row for row in recent if row.task_id == task_id])))
        except EngineError as reason:
            refused.append(Refused(task, instance.title, reason))
    _save(work, told, by_id, words)
    return Outcome(tuple(task for task, _ in told), len({login for _, some in told for login in some}), tuple(refused))


def _checked(task_ids: Sequence[UUID], text: str) -> str:
    words = text.strip()
    if not words:
        raise WordsMissing()
    if len(words) > LONGEST:
        raise WordsTooLong(most=LONGEST)
    if not task_ids:
        raise NothingChosen()
    if len(task_ids) > MOST:
        raise TooManyUrged(most=MOST)
    return words


def _whom(work: UnitOfWork, task: Task, instance: Instance, recent: Sequence[UrgingRow]) -> list[str]:
    """Give who is to be told: the one who has the task, else those who may take it, without those who heard within the hour."""
    guards.check_open(task)
    check_running(instance)
    names = [task.assignee] if task.assignee else task.candidates
    people = notifications.addressed(work, names, [*task.excluded, work.actor.login], instance.excluded)
    if not people:
        raise NobodyToUrge()
    heard = {login for row in recent for login in row.told}
    left = [login for login in people if login not in heard]
    if not left:
        raise UrgedAlready(who=recent[0].by_name, at=recent[0].at)
    return left


def _save(work: UnitOfWork, told: Sequence[tuple[Task, list[str]]], instances: dict[UUID, Instance], words: str) -> None:
    if not told:
        return
    actor, transition, rows = work.actor, Transition(work), []
    for task, people in told:
        instance, key = instances[task.instance_id], new_key()
        rows.append({"id": key, "task_id": task.id, "at": work.now, "by": actor.login, "by_name": actor.name, "text": words,
                     "told": people})  # fmt: skip
        body = f"{task.name} {instance.title}".strip()
        notifications.notify(
            work, people, f"urging:{key}", f"{actor.name}:{words}", body, f"task:{task.id}", "urge", (), instance.id
        )
        transition.keep(instance)
        facts = {"element": task.element_id, "name": task.name, "reason": words, "to": people}
        transition.note(instance, "task.urged", str(task.id), facts)
    work.urgings.add(rows)
    transition.run()
