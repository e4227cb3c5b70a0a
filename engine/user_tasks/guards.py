"""What is checked before anybody touches a task."""

from uuid import UUID

from engine.identity import recusal
from engine.identity.actor import Actor
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.process_instances import check_running
from engine.user_tasks.errors import (
    AlreadyClaimed,
    NotAllowedHere,
    NotAssigned,
    NotOffered,
    ReasonRequired,
    TaskCancelled,
    TaskGone,
    TaskNotFound,
)

ACTIONS = frozenset({"return", "hand_over", "withdraw", "claim"})


def found(work: UnitOfWork, task_id: UUID) -> tuple[Task, Instance]:
    """Give a task and its instance."""
    both = work.user_tasks.find_with_instance(task_id, lock=work.locking)
    if both is None or recusal.is_kept_out(work, both[1]):
        raise TaskNotFound()
    return both


def at_hand(work: UnitOfWork, task_id: UUID) -> tuple[Task, Instance]:
    """Give a task somebody wants to do something about: open, running, and theirs or offered to them."""
    task, instance = found(work, task_id)
    check_at_hand(work.actor, task, instance)
    return task, instance


def check_at_hand(actor: Actor, task: Task, instance: Instance) -> None:
    """Refuse a task that is finished, halted, or not the actor's to work on."""
    check_open(task)
    check_running(instance)
    recusal.check(actor, task.excluded)
    check_mine(actor, task)


def check_open(task: Task) -> None:
    """Refuse what somebody finished meanwhile, saying who and when."""
    if task.is_open:
        return
    when = f"{task.closed_at:%Y-%m-%d %H:%M}"
    if task.completed_by is None:
        raise TaskCancelled(when=when, at=task.closed_at)
    raise TaskGone(who=task.completed_by_name or task.completed_by, when=when, at=task.closed_at)


def check_mine(actor: Actor, task: Task) -> None:
    """Refuse whoever neither has the task nor may take it."""
    if task.assignee is not None and not has(actor, task):
        if is_offered(actor, task):
            raise AlreadyClaimed(assignee=task.assignee_name or task.assignee)
        raise NotAssigned(assignee=task.assignee_name or task.assignee)
    if task.assignee is None and not is_offered(actor, task):
        raise NotOffered(assignee="")


def has(actor: Actor, task: Task) -> bool:
    """Say whether the task is on the actor's desk, or on that of the person the actor stands in for."""
    return task.assignee is not None and task.assignee in (actor.login, actor.on_behalf_of)


def is_offered(actor: Actor, task: Task) -> bool:
    """Say whether the task may be taken in the post acted in."""
    named = {f"user:{login}" for login in (actor.login, actor.on_behalf_of) if login}
    return not (actor.groups | named).isdisjoint(task.candidates)


def check_allowed(task: Task, action: str) -> None:
    """Refuse what the process does not allow at this step."""
    if action not in allowed(task):
        raise NotAllowedHere(action=action)


def allowed(task: Task) -> frozenset[str]:
    """Give what the process allows at this step besides handing in; everything, unless it says."""
    listed = task.properties.get("bpm:actions")
    if listed is None:
        return ACTIONS
    words = listed.split(",") if isinstance(listed, str) else listed
    return frozenset(str(word).strip() for word in words) & ACTIONS


def check_reason(reason: str) -> str:
    """Refuse an empty reason."""
    if not reason.strip():
        raise ReasonRequired()
    return reason.strip()
