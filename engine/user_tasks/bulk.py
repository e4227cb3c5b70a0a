"""Handling in bulk: several tasks of one kind, handed in together with one form and one opinion.

Tasks are of one kind when they wait at the same element of the same version of a process, with the same version of its
form, and the process says ``bpm:bulk`` there. Every task keeps its own guards; nobody can do to many what they may not
do to each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from engine.effects import Transition
from engine.errors import EngineError
from engine.identity.actor import Actor
from engine.kernel.errors import InstanceOver, KernelLimit, NotStorable, NotWaiting, StateTooLarge
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.user_tasks import guards
from engine.user_tasks.completing import check_ready, hand_in
from engine.user_tasks.errors import NotInBulk, NotOfOneKind, TaskCancelled, TaskNotFound, TooManyAtOnce

MOST = 100
DECLINED = (NotWaiting, InstanceOver, KernelLimit, StateTooLarge, NotStorable)
Variables = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Tasks somebody chose: those that can be handed in, why the others cannot, and which of these the actor has done."""

    ready: list[tuple[Task, Instance]] = field(default_factory=list)
    refused: dict[UUID, EngineError] = field(default_factory=dict)
    done: list[tuple[Task, Instance]] = field(default_factory=list)
    titles: dict[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bulk:
    """What came of it: the tasks that were handed in, and for each of the others the reason why not."""

    done: list[UUID]
    refused: dict[UUID, EngineError]


def kinds(work: UnitOfWork, task_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Give the tasks among these that can be handed in together with others, each with the name of its kind."""
    found = work.user_tasks.kinds(task_ids) if task_ids else {}
    return {key: ":".join(map(str, kind)) for key, (said, kind) in found.items() if _is_bulk(said)}


def choose(work: UnitOfWork, task_ids: Sequence[UUID], opinion: str | None = None) -> Chosen:
    """Sort tasks into those the actor may hand in together and those refused, each with its reason.

    The first that can be handed in sets the kind. The title of a matter is only given to somebody it concerns. Without
    an *opinion* it is not asked yet whether one is needed.
    """
    wanted = list(dict.fromkeys(task_ids))
    if len(wanted) > MOST:
        raise TooManyAtOnce(limit=MOST)
    chosen, kind = Chosen(), None
    found = _found(work, wanted)
    for task_id in wanted:
        task, instance = found.get(task_id, (None, None))
        if task is None or instance is None or not _concerns(work.actor, task):
            chosen.refused[task_id] = TaskNotFound()
            continue
        chosen.titles[task_id] = instance.title or task.name
        try:
            _check(work.actor, task, instance, kind, opinion)
        except EngineError as reason:
            chosen.refused[task_id] = reason
            if task.state == "completed" and task.completed_by == work.actor.login:
                chosen.done.append((task, instance))
        else:
            kind = _kind(task)
            chosen.ready.append((task, instance))
    return chosen


def complete_many(
    work: UnitOfWork,
    task_ids: Sequence[UUID],
    variables: Variables,
    opinion: str = "",
    own: Mapping[UUID, Variables] | None = None,
) -> Bulk:
    """Hand in the same form for several tasks of one kind, and let their process instances continue.

    Those that can be handed in are saved in one transaction, all or none; a task that cannot is left as it was and named
    with its reason, and does not keep the others back. *own* is what a task hands in instead of *variables*.
    """
    chosen = choose(work, task_ids, opinion)
    refused, done = dict(chosen.refused), []
    transition = Transition(work)
    transition.instances |= {instance.id: instance for _, instance in chosen.ready}
    for task, instance in chosen.ready:
        try:
            hand_in(transition, task, instance, (own or {}).get(task.id, variables), opinion, together=len(chosen.ready))
        except DECLINED as reason:
            refused[task.id] = _gone(work) if isinstance(reason, NotWaiting) else reason
        else:
            done.append(task.id)
            transition.work_off()

    if done:
        transition.run()
    return Bulk(done, refused)


def _found(work: UnitOfWork, task_ids: Sequence[UUID]) -> dict[UUID, tuple[Task, Instance]]:
    """Look tasks and instances up, with two questions for any number; tasks of one instance share it."""
    tasks = work.user_tasks.find_all(task_ids)
    instances = work.process_instances.find_all({task.instance_id for task in tasks}, lock=work.locking)
    if work.locking:
        tasks = work.user_tasks.find_all(task_ids)
    by_id = {instance.id: instance for instance in instances}
    return {task.id: (task, by_id[task.instance_id]) for task in tasks}


def _concerns(actor: Actor, task: Task) -> bool:
    """Say whether the actor may know of the task here: it is theirs, offered to them, or was done by them."""
    kept_out = actor.login in task.excluded or actor.on_behalf_of in task.excluded
    theirs = guards.has(actor, task) or guards.is_offered(actor, task) or task.completed_by == actor.login
    return theirs and not kept_out


def _check(actor: Actor, task: Task, instance: Instance, kind: object, opinion: str | None) -> None:
    guards.check_at_hand(actor, task, instance)
    if not _is_bulk(task.properties):
        raise NotInBulk()
    if kind is not None and kind != _kind(task):
        raise NotOfOneKind()
    check_ready(task, "-" if opinion is None else opinion)


def _kind(task: Task) -> tuple[object, ...]:
    return task.definition_id, task.element_id, task.form_id, task.form_version


def _is_bulk(properties: Mapping[str, object]) -> bool:
    return properties.get("bpm:bulk") in (True, "true")


def _gone(work: UnitOfWork) -> TaskCancelled:
    """Say of a task that another one of the same choice has ended it."""
    return TaskCancelled(when=f"{work.now:%Y-%m-%d %H:%M}", at=work.now)
