"""Notifications: lines that tell one person each what happened, once for every event."""

from collections.abc import Collection, Iterable
from uuid import UUID

from engine import outbox
from engine.errors import EngineError
from engine.identity import posts, recusal, succession
from engine.outbox.queueing import Channel, Sealed
from engine.persistence.keys import new_key
from engine.persistence.records import PAGE, Page
from engine.persistence.repositories.notifications import NotificationRow
from engine.persistence.work import UnitOfWork

TITLE = 200


class NoSuchNotification(EngineError):
    """This message is not there any more."""

    kind = "missing"


def notify(
    work: UnitOfWork,
    recipients: Iterable[str],
    event: str,
    title: str,
    body: str = "",
    link: str = "",
    kind: str = "info",
    excluded: Collection[str] = (),
    instance_id: UUID | None = None,
) -> int:
    """Tell people, named by login or by candidate group, of an event; give how many were addressed.

    Nobody is told of the same event twice, however often and through however many groups it is said, and nobody of a
    matter that keeps them out; *instance_id* is the matter, where *link* does not name it.
    """
    instance_id = instance_id or _about(work, link)
    kept_out = work.process_instances.excluded(instance_id) if instance_id else ()
    logins = addressed(work, recipients, excluded, kept_out)
    rows = [
        {"id": new_key(), "login": login, "event": event, "kind": kind, "title": title[:TITLE], "body": body, "link": link,
         "instance_id": instance_id, "created_at": work.now, "read_at": None}
        for login in logins
    ]  # fmt: skip
    if rows:
        work.notifications.add(rows)
        outbox.queue(work, logins, event, title, link, kind)
    return len(rows)


def tell_outside(work: UnitOfWork, channel: Channel, address: str | Sealed, event: str, text: str) -> bool:
    """Tell somebody without an account of an event, once, by mail or text message; say whether there is a way.

    The text must stand without personal data, for it leaves the house.
    """
    return outbox.tell_outside(work, channel, address, event, text)


def _about(work: UnitOfWork, link: str) -> UUID | None:
    """Find the matter that a message leads to."""
    kind, _, text = link.partition(":")
    try:
        key = UUID(text)
    except ValueError:
        return None
    task = work.user_tasks.find(key) if kind == "task" else None
    return task.instance_id if task is not None else key if kind == "instance" else None


def addressed(
    work: UnitOfWork, recipients: Iterable[str], excluded: Collection[str] = (), kept_out: Collection[str] = ()
) -> list[str]:
    """Give the logins behind names that are logins, ``user:login``, ``role@unit`` or roles, each once."""
    excluded = {*excluded, *recusal.barred(kept_out).logins}
    asked = (name.removeprefix("user:") for name in recipients if name and not name.startswith("not:"))
    names = list(dict.fromkeys(succession.heir_group(work, name) for name in asked))
    found: dict[str, None] = dict.fromkeys(work.people.named([name for name in names if "@" not in name]))
    groups = [name for name in names if name not in found]
    found |= dict.fromkeys(holder.login for holder in posts.holders(work, groups, excluded, kept_out)) if groups else {}
    return [login for login in found if login not in excluded]


def count_unread(work: UnitOfWork) -> int:
    """Count what whoever acts has not read."""
    return work.notifications.unread_count(work.actor.login)


def listed(work: UnitOfWork, unread_only: bool = False, number: int = 1, size: int = PAGE) -> Page[NotificationRow]:
    """Give a page of one's own messages, newest first."""
    return work.notifications.page(work.actor.login, unread_only, number, size)


def mark_read(work: UnitOfWork, ids: Collection[UUID] | None = None) -> int:
    """Mark one's own messages read, all or some; say how many were unread."""
    return work.notifications.mark_read(work.actor.login, work.now, ids)


def open_(work: UnitOfWork, notification_id: UUID) -> str:
    """Mark a message of one's own read and give where it leads."""
    found = work.notifications.find(work.actor.login, notification_id)
    if found is None:
        raise NoSuchNotification
    mark_read(work, [notification_id])
    return found.link
