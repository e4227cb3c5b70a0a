"""Issued letters: written once, looked up by number and by instance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, insert, select

from engine.persistence.models.letters import IssuedLetter
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository

_letter = IssuedLetter.__table__


@dataclass(frozen=True, slots=True)
class IssuedRecord:
    """One letter that has gone out."""

    id: UUID
    pack: str
    document: str
    title: str
    doc_no: str | None
    issuer: str
    unit: str | None
    instance_id: UUID | None
    element_key: str | None
    docx_id: UUID
    pdf_id: UUID
    slip_id: UUID | None
    docx_sha256: str
    pdf_sha256: str
    issued_at: datetime
    issued_by: str


_COLUMNS = columns_of(IssuedRecord, IssuedLetter)


class Letters(Repository):
    """The letters of process instances."""

    def add(self, record: IssuedRecord) -> None:
        """Write down that a letter was issued."""
        self._connection.execute(insert(IssuedLetter), {column.name: getattr(record, column.name) for column in _COLUMNS})

    def is_used(self, pack: str, number: str) -> bool:
        """Tell whether a letter of a pack bears this number."""
        found = exists().where(_letter.c.pack == pack, _letter.c.doc_no == number)
        return bool(self._connection.execute(select(found)).scalar_one())

    def of_instance(self, instance_id: UUID) -> list[IssuedRecord]:
        """Give the letters of a process instance, oldest first."""
        query = select(*_COLUMNS).where(_letter.c.instance_id == instance_id).order_by(_letter.c.id)
        return [IssuedRecord(*row) for row in self._connection.execute(query)]

    def all(self) -> Iterator[IssuedRecord]:
        """Walk all letters."""
        for row in self._connection.execute(select(*_COLUMNS).order_by(_letter.c.id)):
            yield IssuedRecord(*row)
