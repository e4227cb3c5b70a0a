"""A person's desk: the lists of work, one task as its page shows it, and what was typed and not handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine import definitions, hiding, kernel, sealing
from engine.definitions import Loaded
from engine.identity import reading, recusal
from engine.persistence.json import dumps, loads
from engine.persistence.records import PAGE, Instance, Page, Task
from engine.persistence.repositories.inbox import InboxFilters, InboxRow, Reader
from engine.persistence.repositories.own_work import MOST as MOST
from engine.persistence.work import UnitOfWork
from engine.user_tasks import blind, guards
from engine.user_tasks.errors import TaskNotFound


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with what its page needs: its instance, its process' name, my draft, and what I may do about it.

    *variables* are what the task sees through all scopes, or what was handed in once it is finished; the draft lies over them.
    """

    task: Task
    instance: Instance
    process_name: str
    is_mine: bool
    is_offered: bool
    actions: frozenset[str]
    draft: dict[str, Any] | None
    variables: dict[str, Any]


def lacks(task: Task) -> list[str] | None:
    """Name what the papers of a task still lack, as ``bpm:lacks`` found when it appeared; None where nothing is asked."""
    found = task.properties.get("bpm:lacks")
    return [str(name) for name in found] if isinstance(found, list) else None


def inbox(work: UnitOfWork, tab: str, filters: InboxFilters, sort: str = "", page: int = 1, size: int = PAGE) -> Page[InboxRow]:
    """Give a page of one tab: todo, to_sign, to_read, done, started, drafts, overdue or today."""
    return work.inbox.page(tab, _reader(work), filters, sort, page, size)


def counts(work: UnitOfWork) -> dict[str, int]:
    """Count every tab, ``today`` being what of the work to do falls due today; ``MOST`` stands for so many or more."""
    return work.inbox.counts(_reader(work))


def processes(work: UnitOfWork) -> list[tuple[str, str]]:
    """Give the processes a list of work can be narrowed to, as pairs of id and name."""
    return work.cache.get("processes", lambda: [(row.process_id, row.name) for row in work.definitions.active()])


def get(work: UnitOfWork, task_id: UUID) -> Task:
    """Give a task to somebody it concerns."""
    return _seen(work, task_id)[0]


def view(work: UnitOfWork, task_id: UUID) -> TaskView:
    """Give everything the page of a task shows, to somebody it concerns."""
    task, instance = _seen(work, task_id)
    reading.note(work, instance)
    mine = task.is_open and guards.has(work.actor, task)
    offered = task.is_open and task.assignee is None and guards.is_offered(work.actor, task)
    definition, names = definitions.loaded(work, task.definition_id), hiding.of_instance(work, instance)
    actions = guards.allowed(task) if mine or offered else frozenset[str]()
    seen = hiding.without(_variables(definition, task, instance), names)
    return TaskView(task, instance, definition.row.name, mine, offered, actions, draft(work, task_id), seen)


def save_draft(work: UnitOfWork, task_id: UUID, values: Mapping[str, object]) -> None:
    """Keep what has been typed into a task, also when somebody else finished the task meanwhile."""
    task, _ = guards.found(work, task_id)
    recusal.check(work.actor, task.excluded)
    if task.is_open:
        guards.check_mine(work.actor, task)
    names = definitions.form(work, task.form_id, task.form_version).sensitive if task.form_id else {}
    work.drafts.put(work.actor.login, task_id, None, sealing.seal_draft(work, work.actor.login, names, values), work.now)


def draft(work: UnitOfWork, task_id: UUID) -> dict[str, Any] | None:
    """Give what I typed into a task, or into its step before it was called off and came again."""
    row = work.drafts.find_for_step(work.actor.login, task_id)
    return None if row is None else sealing.open_draft(work, work.actor.login, row._mapping["values"])


def save_start_draft(work: UnitOfWork, process_id: str, values: Mapping[str, object]) -> None:
    """Keep what has been typed into a start form; nothing at all throws the draft away."""
    if values:
        names = sealing.sensitive(work, definitions.active(work, process_id))
        sealed = sealing.seal_draft(work, work.actor.login, names, values)
        work.drafts.put(work.actor.login, None, process_id, sealed, work.now)
    else:
        work.drafts.drop(work.actor.login, process_id=process_id)


def start_draft(work: UnitOfWork, process_id: str) -> dict[str, Any] | None:
    """Give what I typed into a start form."""
    row = work.drafts.find(work.actor.login, process_id=process_id)
    return None if row is None else sealing.open_draft(work, work.actor.login, row._mapping["values"])


def _seen(work: UnitOfWork, task_id: UUID) -> tuple[Task, Instance]:
    task, instance = guards.found(work, task_id)
    actor = work.actor
    task = blind.readable(task, instance.variables, actor)
    recusal.check(actor, task.excluded)
    concerned = (
        actor.is_system or guards.has(actor, task) or guards.is_offered(actor, task) or task.completed_by == actor.login
        or actor.scope.includes(instance.unit) or instance.started_by == actor.login
    )  # fmt: skip
    if not concerned and not work.process_instances.takes_part(instance.root_id, actor.login, actor.groups):
        raise TaskNotFound()
    return hiding.readable_task(task, hiding.of_instance(work, instance)), hiding.readable(work, instance)


def _variables(definition: Loaded, task: Task, instance: Instance) -> dict[str, Any]:
    if not task.is_open:
        return instance.variables | task.local | (task.submitted or {})
    seen: Any = loads(dumps(kernel.variables(definition.kernel, instance.kernel_state, task.element_key)))
    return dict(seen) | task.local


def _reader(work: UnitOfWork) -> Reader:
    return Reader(work.actor.login, work.actor.groups, work.now, work.actor.on_behalf_of)
