"""Sealed values by what they belong to, by mark, and by the key they wait to be sealed with anew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from engine.persistence.models.runtime import Message
from engine.persistence.models.sealed import SealedValue
from engine.persistence.models.tasks import Draft
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository

_sealed, _draft, _message = SealedValue.__table__, Draft.__table__, Message.__table__


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """A sealed value as it lies in the database."""

    id: UUID
    subject: UUID
    root_id: UUID | None
    field: str
    shown: str
    key_id: str
    box: bytes
    mark: str | None
    sealed_at: datetime

    @property
    def bound(self) -> str:
        """Give what the value is sealed to."""
        return f"{self.id}/{self.subject}/{self.field}"


_COLUMNS = columns_of(SealedRecord, SealedValue)
_ADD = insert(_sealed)
_AGAIN = (
    update(_sealed)
    .where(_sealed.c.id == bindparam("b_id"), _sealed.c.key_id == bindparam("b_key"))
    .values(key_id=bindparam("key_id"), box=bindparam("box"), mark=bindparam("mark"))
)


class Sealed(Repository):
    """What lies sealed."""

    def add(self, records: Sequence[SealedRecord]) -> None:
        """Write sealed values, with one statement."""
        self._connection.execute(_ADD, [asdict(record) for record in records])

    def of(self, subjects: Collection[UUID], root_id: UUID | None, fields: Collection[str] = ()) -> list[SealedRecord]:
        """Give the values of some subjects, and of everything under a root instance, the newest first."""
        theirs = _sealed.c.subject.in_(list(subjects))
        query = select(*_COLUMNS).where(theirs if root_id is None else or_(theirs, _sealed.c.root_id == root_id))
        query = query.where(_sealed.c.field.in_(list(fields))) if fields else query
        rows = self._connection.execute(query.order_by(_sealed.c.sealed_at.desc(), _sealed.c.id.desc()))
        return [SealedRecord(*row) for row in rows]

    def drop(self, subjects: Collection[UUID]) -> None:
        """Forget the values of subjects that are no more."""
        self._connection.execute(delete(_sealed).where(_sealed.c.subject.in_(list(subjects))))

    def any(self) -> bool:
        """Say whether anything lies sealed."""
        return self._connection.execute(select(_sealed.c.id).limit(1)).first() is not None

    def tally(self) -> dict[str, int]:
        """Count the values by the key they are sealed with."""
        query = select(_sealed.c.key_id, func.count()).group_by(_sealed.c.key_id)
        return dict(self._connection.execute(query).all())

    # --- sealing anew

    def under_other_keys(self, key_id: str, most: int) -> list[SealedRecord]:
        """Give some of the values that another key has sealed."""
        query = select(*_COLUMNS).where(_sealed.c.key_id != key_id).order_by(_sealed.c.id).limit(most)
        return [SealedRecord(*row) for row in self._connection.execute(query)]

    def seal_again(self, changes: Sequence[Mapping[str, object]]) -> None:
        """Put new boxes in place of old ones that are still there."""
        self._connection.execute(_AGAIN, list(changes))

    def drafts_after(self, draft_id: UUID | None, most: int) -> list[tuple[UUID, str, dict[str, Any], datetime]]:
        """Give some drafts (id, login, values, saved_at) in the order of their keys."""
        columns = (_draft.c.id, _draft.c.login, _draft.c["values"], _draft.c.saved_at)
        query = select(*columns).where(_draft.c.id > (draft_id or UUID(int=0)))
        rows = self._connection.execute(query.order_by(_draft.c.id).limit(most))
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    def put_draft(self, draft_id: UUID, saved_at: datetime, values: Mapping[str, object]) -> None:
        """Write a draft's values unless somebody typed on meanwhile."""
        same = (_draft.c.id == draft_id) & (_draft.c.saved_at == saved_at)
        self._connection.execute(update(_draft).where(same).values(values=values))

    def messages(self) -> list[tuple[UUID, dict[str, Any]]]:
        """Give the messages (id, variables) that nobody has taken yet."""
        return [(row[0], row[1]) for row in self._connection.execute(select(_message.c.id, _message.c.variables))]

    def put_message(self, message_id: UUID, variables: Mapping[str, object]) -> None:
        """Write what a message carries."""
        self._connection.execute(update(_message).where(_message.c.id == message_id).values(variables=variables))
