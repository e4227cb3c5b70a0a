"""The audit trail: records appended, read, and sealed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, or_, select, update

from engine.persistence.models.audit import AuditRecord, AuditSeal
from engine.persistence.models.runtime import ProcessInstance
from engine.persistence.prepared import Prepared
from engine.persistence.records import PAGE, Page
from engine.persistence.repositories.base import Repository

_audit, _seal = AuditRecord.__table__, AuditSeal.__table__
_instance = ProcessInstance.__table__
_ADD = Prepared(insert(_audit))


class Audit(Repository):
    """Records in the order of their chains; nothing is ever changed but the number of the seal over a record."""

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Append records."""
        _ADD.write(self._connection, rows)

    def of_instance(self, instance_id: UUID) -> Sequence[Row[Any]]:
        """Give an instance's records in order."""
        query = select(_audit).where(_audit.c.instance_id == instance_id).order_by(_audit.c.number)
        return self._connection.execute(query).all()

    def search(self, actor: str = "", action: str = "", subject: str = "", number: int = 1, size: int = PAGE) -> Page[Row[Any]]:
        """Give a page of records, newest first."""
        wanted = {"actor": actor, "action": action, "subject": subject}
        where = [_audit.c[name] == value for name, value in wanted.items() if value] + [self._open(_audit.c.instance_id)]
        total = self._connection.execute(select(func.count()).select_from(_audit).where(*where)).scalar_one()
        query = select(_audit).where(*where).order_by(_audit.c.at.desc(), _audit.c.id.desc())
        return Page(self._connection.execute(query.limit(size).offset((number - 1) * size)).all(), total, number, size)

    def lines(
        self, actions: Collection[str], actor: str = "", since: datetime | None = None, number: int = 1, size: int = PAGE
    ) -> Page[Row[Any]]:
        """Give a page of what was done in one of some ways, newest first."""
        where = [_audit.c.action.in_(sorted(actions)), self._open(_audit.c.instance_id)]
        if actor:
            where.append(or_(_audit.c.actor == actor, _audit.c.actor_name.contains(actor, autoescape=True)))
        if since is not None:
            where.append(_audit.c.at >= since)
        total = self._connection.execute(select(func.count()).select_from(_audit).where(*where)).scalar_one()
        query = select(_audit).where(*where).order_by(_audit.c.at.desc(), _audit.c.id.desc())
        return Page(self._connection.execute(query.limit(size).offset((number - 1) * size)).all(), total, number, size)

    def noted(self, actor: str, action: str, subject: str, since: datetime) -> bool:
        """Say whether somebody has done this already since a moment."""
        same = (_audit.c.actor == actor, _audit.c.at >= since, _audit.c.action == action, _audit.c.subject == subject)
        return self._connection.execute(select(_audit.c.id).where(*same).limit(1)).first() is not None

    def seal(self, at: datetime, number: int) -> list[str]:
        """Put all unsealed records under seal *number* and give their hashes in order."""
        self._connection.execute(insert(_seal), {"number": number, "at": at, "records": 0, "previous": "", "hash": ""})
        self._connection.execute(update(_audit).where(_audit.c.seal.is_(None)).values(seal=number))
        return self.sealed_hashes(number)

    def close_seal(self, number: int, records: int, previous: str, digest: str) -> None:
        """Write what a seal covers."""
        self._connection.execute(
            update(_seal).where(_seal.c.number == number).values(records=records, previous=previous, hash=digest)
        )

    def sealed_hashes(self, number: int) -> list[str]:
        """Give the hashes of the records under a seal, in order."""
        return list(
            self._connection.execute(select(_audit.c.hash).where(_audit.c.seal == number).order_by(_audit.c.id)).scalars()
        )

    def any_unsealed(self) -> bool:
        """Say whether there is anything to seal."""
        return self._connection.execute(select(_audit.c.id).where(_audit.c.seal.is_(None)).limit(1)).first() is not None

    def last_seal(self) -> Row[Any] | None:
        """Give the newest seal."""
        return self._connection.execute(select(_seal).order_by(_seal.c.number.desc()).limit(1)).first()

    def seals(self) -> Sequence[Row[Any]]:
        """Give all seals in order."""
        return self._connection.execute(select(_seal).order_by(_seal.c.number)).all()

    def everything(self) -> Iterator[Row[Any]]:
        """Give all records chain by chain, in order."""
        query = select(_audit).order_by(_audit.c.instance_id, _audit.c.number, _audit.c.id)
        yield from self._connection.execute(query).yield_per(1000)

    def heads(self) -> dict[UUID, tuple[int, str]]:
        """Give each instance's number of records and last hash, as its own row has them."""
        query = select(_instance.c.id, _instance.c.audit_number, _instance.c.audit_hash)
        return {row.id: (row.audit_number, row.audit_hash) for row in self._connection.execute(query)}
