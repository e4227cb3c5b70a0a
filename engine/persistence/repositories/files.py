"""Attachments: what is known of the files that people handed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update

from engine.persistence.models.files import Attachment
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository

_attachment = Attachment.__table__


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """One file as somebody handed it in."""

    id: UUID
    sha256: str
    name: str
    kind: str
    media_type: str
    size: int
    unit: str | None
    instance_id: UUID | None
    task_id: UUID | None
    field: str
    uploaded_at: datetime
    uploaded_by: str
    uploaded_by_name: str


_COLUMNS = columns_of(AttachmentRecord, Attachment)


class Attachments(Repository):
    """The files of process instances and tasks."""

    def add(self, record: AttachmentRecord) -> None:
        """Write a new file's facts."""
        self._connection.execute(insert(Attachment), {column.name: getattr(record, column.name) for column in _COLUMNS})

    def find(self, attachment_id: UUID) -> AttachmentRecord | None:
        """Give one file's facts."""
        row = self._connection.execute(select(*_COLUMNS).where(_attachment.c.id == attachment_id, self._mine())).first()
        return None if row is None else AttachmentRecord(*row)

    def many(self, ids: Iterable[UUID]) -> list[AttachmentRecord]:
        """Give the facts of these files."""
        query = select(*_COLUMNS).where(_attachment.c.id.in_(list(ids)), self._mine()).order_by(_attachment.c.id)
        return [AttachmentRecord(*row) for row in self._connection.execute(query)]

    def of_instance(self, instance_id: UUID) -> list[AttachmentRecord]:
        """Give the files of a process instance, oldest first."""
        query = select(*_COLUMNS).where(_attachment.c.instance_id == instance_id, self._mine()).order_by(_attachment.c.id)
        return [AttachmentRecord(*row) for row in self._connection.execute(query)]

    def of_task(self, task_id: UUID) -> list[AttachmentRecord]:
        """Give the files handed in with a task, oldest first."""
        query = select(*_COLUMNS).where(_attachment.c.task_id == task_id, self._mine()).order_by(_attachment.c.id)
        return [AttachmentRecord(*row) for row in self._connection.execute(query)]

    def attach(self, ids: Iterable[UUID], instance_id: UUID) -> None:
        """Put files that were handed in before there was an instance under it."""
        these = _attachment.c.id.in_(list(ids)) & _attachment.c.instance_id.is_(None)
        self._connection.execute(update(Attachment).where(these).values(instance_id=instance_id))

    def remove(self, attachment_id: UUID, login: str) -> bool:
        """Forget a file that *login* handed in; say whether it was theirs."""
        theirs = (_attachment.c.id == attachment_id) & (_attachment.c.uploaded_by == login)
        return self._connection.execute(delete(Attachment).where(theirs)).rowcount == 1

    def in_use(self, hashes: Iterable[str]) -> frozenset[str]:
        """Give which of these bytes any file has."""
        query = select(_attachment.c.sha256).where(_attachment.c.sha256.in_(list(hashes))).distinct()
        return frozenset(self._connection.execute(query).scalars())

    def _mine(self) -> ColumnElement[bool]:
        return self._open(_attachment.c.instance_id)
