"""Asking to be recused: whoever has a stake in a matter says so, and the step goes to somebody else."""

from uuid import UUID

from engine import notifications
from engine.effects import Transition
from engine.identity import posts, recusal
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.user_tasks import guards
from engine.user_tasks.errors import NobodyElse, TaskNotFound


def recuse(work: UnitOfWork, task_id: UUID, reason: str) -> None:
    """Give a step away that I have or am offered, because I have a stake in it; I see it offered no more.

    It goes to its other candidates. Where there is none, ``bpm:recusalTo`` names who finds somebody; that group is told.
    """
    task, instance = guards.at_hand(work, task_id)
    reason = guards.check_reason(reason)
    actor = work.actor
    out = sorted({*task.excluded, actor.login, *([actor.on_behalf_of] if actor.on_behalf_of else ())})
    left = [name for name in task.candidates if name.removeprefix("user:") not in out]
    told: list[str] = []
    if not _somebody(work, left, out, instance):
        told = sorted(recusal.excluded_by(task.properties.get("bpm:recusalTo")))
        left = [*left, *told]
        if not _somebody(work, told, out, instance):
            raise NobodyElse()

    if not work.user_tasks.recuse(task, task.assignee or actor.login, out, list(dict.fromkeys(left)), reason):
        raise TaskNotFound()
    transition = Transition(work)
    transition.keep(instance)
    transition.note(instance, "task.recused", str(task.id), {"element": task.element_id, "name": task.name, "reason": reason})
    transition.run()
    _tell(work, task, instance, told, out)


def _somebody(work: UnitOfWork, names: list[str], out: list[str], instance: Instance) -> bool:
    """Say whether anybody at all could still take it."""
    single = [name.removeprefix("user:") for name in names if name.startswith("user:")]
    groups = [name for name in names if not name.startswith("user:")]
    return bool(single) or bool(posts.holders(work, groups, out, instance.excluded))


def _tell(work: UnitOfWork, task: Task, instance: Instance, told: list[str], out: list[str]) -> None:
    if told:
        event, title = f"recusal:{task.id}:{work.actor.login}", f"{task.name} {instance.title}".strip()
        notifications.notify(work, told, event, title, task.name, f"task:{task.id}", "recusal", out, instance.id)
