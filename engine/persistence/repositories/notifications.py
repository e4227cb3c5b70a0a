"""Notifications: written once for a person and an event, listed and marked read by that person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.persistence.kept_out import NAMES, open_to
from engine.persistence.models.notifications import Notification
from engine.persistence.records import PAGE, Page, columns_of
from engine.persistence.repositories.base import Repository

_notification = Notification.__table__


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """A line for one person."""

    id: UUID
    login: str
    event: str
    kind: str
    title: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None


_COLUMNS = columns_of(NotificationRow, Notification)
_ADD = {
    "sqlite": sqlite.insert(_notification).on_conflict_do_nothing(index_elements=["login", "event"]),
    "postgresql": postgresql.insert(_notification).on_conflict_do_nothing(index_elements=["login", "event"]),
}
_UNREAD = (
    select(func.count())
    .select_from(_notification)
    .where(_notification.c.login == bindparam("login"), _notification.c.read_at.is_(None))
    .where(open_to(_notification.c.instance_id, NAMES))
)


class Notifications(Repository):
    """Notifications by person."""

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write notifications; a person who was told of the event already is not told again."""
        self._connection.execute(_ADD[self._connection.dialect.name], list(rows))

    def unread_count(self, login: str) -> int:
        """Count what a person has not read."""
        return self._connection.execute(_UNREAD, {"login": login, NAMES.key: sorted(self._reader)}).scalar_one()

    def find(self, login: str, notification_id: UUID) -> NotificationRow | None:
        """Give one of a person's notifications."""
        mine = (_notification.c.id == notification_id) & (_notification.c.login == login)
        mine = mine & self._open(_notification.c.instance_id)
        row = self._connection.execute(select(*_COLUMNS).where(mine)).first()
        return None if row is None else NotificationRow(*row)

    def page(self, login: str, unread_only: bool, number: int, size: int = PAGE) -> Page[NotificationRow]:
        """Give a page of a person's notifications, newest first."""
        where = [_notification.c.login == login, self._open(_notification.c.instance_id)]
        where += [_notification.c.read_at.is_(None)] if unread_only else []
        total = self._connection.execute(select(func.count()).select_from(_notification).where(*where)).scalar_one()
        query = select(*_COLUMNS).where(*where).order_by(_notification.c.created_at.desc(), _notification.c.id.desc())
        rows = self._connection.execute(query.limit(size).offset((number - 1) * size))
        return Page([NotificationRow(*row) for row in rows], total, number, size)

    def mark_read(self, login: str, at: datetime, ids: Collection[UUID] | None = None) -> int:
        """Mark a person's notifications read, all of them or some; say how many were unread."""
        mine = (_notification.c.login == login) & _notification.c.read_at.is_(None)
        mine = mine if ids is None else mine & _notification.c.id.in_(ids)
        return self._connection.execute(update(_notification).where(mine).values(read_at=at)).rowcount
