"""Copies for information: sent to whom, read when. Never a step of the process."""

from collections.abc import Sequence
from uuid import UUID

from engine import process_instances
from engine.effects import Transition
from engine.identity import posts
from engine.persistence.keys import new_key
from engine.persistence.work import UnitOfWork
from engine.user_tasks.errors import PersonNotFound


def circulate(work: UnitOfWork, instance_id: UUID, logins: Sequence[str], note: str = "", task_id: UUID | None = None) -> int:
    """Send a copy of a matter to people; give how many got one."""
    process_instances.visible(work, instance_id)
    instance = process_instances.get(work, instance_id)
    known = work.people.named(logins)
    for login in logins:
        if login not in known or not known[login].active:
            raise PersonNotFound(login=login)
        posts.check_may_hold(work, login, known[login].name, instance.excluded)

    actor = work.actor
    copy = {"instance_id": instance_id, "task_id": task_id, "note": note, "sent_by": actor.login, "sent_by_name": actor.name,
            "sent_at": work.now, "read_at": None}  # fmt: skip
    if known:
        work.read_copies.add([copy | {"id": new_key(), "login": login} for login in known])
    transition = Transition(work)
    transition.keep(instance)
    transition.note(instance, "instance.circulated", str(instance_id), {"to": sorted(known), "note": note})
    transition.run()
    return len(known)


def mark_read(work: UnitOfWork, instance_id: UUID) -> int:
    """Note that I have read what was sent to me about a matter."""
    return work.read_copies.mark_read(work.actor.login, instance_id, work.now)
