"""Snapshots of lists and the scans that came back for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from engine.persistence.models.ledgers import LedgerRow, Snapshot, SnapshotScan
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository

_snapshot, _scan, _row = Snapshot.__table__, SnapshotScan.__table__, LedgerRow.__table__


@dataclass(frozen=True, slots=True)
class SnapshotRecord:
    """A list as it was frozen."""

    id: UUID
    code: str
    pack: str
    ledger: str
    view: str
    unit: str
    filter: dict[str, Any]
    content: dict[str, Any]
    sha256: str
    instance_id: UUID | None
    taken_at: datetime
    taken_by: str
    taken_by_name: str


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """A scan that came back."""

    id: UUID
    attachment_id: UUID
    snapshot_id: UUID | None
    instance_id: UUID | None
    code: str | None
    verdict: str
    decision: str | None
    note: str
    checked_at: datetime
    checked_by: str
    decided_at: datetime | None
    decided_by: str | None
    decided_by_name: str | None


_COLUMNS = columns_of(SnapshotRecord, Snapshot)
_SCAN_COLUMNS = columns_of(ScanRecord, SnapshotScan)


class Snapshots(Repository):
    """What was frozen for signing, and what came back."""

    def add(self, record: SnapshotRecord) -> None:
        """Write a new snapshot."""
        self._connection.execute(insert(Snapshot), {column.name: getattr(record, column.name) for column in _COLUMNS})

    def get(self, snapshot_id: UUID) -> SnapshotRecord:
        """Give a snapshot by key."""
        return SnapshotRecord(*self._connection.execute(select(*_COLUMNS).where(_snapshot.c.id == snapshot_id)).one())

    def is_open(self, record: SnapshotRecord) -> bool:
        """Say whether neither the list nor a row on it is kept from whoever asks."""
        if not self._reader:
            return True
        rows = [UUID(row["id"]) for row in record.content["rows"] if "/" not in row["id"]]
        shut = _row.c.id.in_(rows) & ~self._open(_row.c.instance_id)
        own = select(_snapshot.c.id).where(_snapshot.c.id == record.id, self._open(_snapshot.c.instance_id))
        hidden = self._connection.execute(select(_row.c.id).where(shut).limit(1)).first() is not None
        return not hidden and self._connection.execute(own).first() is not None

    def find(self, code: str) -> SnapshotRecord | None:
        """Give the snapshot with this code."""
        row = self._connection.execute(select(*_COLUMNS).where(_snapshot.c.code == code)).first()
        return None if row is None else SnapshotRecord(*row)

    def newest(self, ledger: str, view: str, unit: str) -> list[SnapshotRecord]:
        """Give the snapshots of a unit's lists in a view, newest first."""
        this = (_snapshot.c.ledger == ledger) & (_snapshot.c.view == view) & (_snapshot.c.unit == unit)
        query = select(*_COLUMNS).where(this).order_by(_snapshot.c.taken_at.desc(), _snapshot.c.id.desc())
        return [SnapshotRecord(*row) for row in self._connection.execute(query)]

    def of_instance(self, instance_id: UUID) -> list[SnapshotRecord]:
        """Give the snapshots taken in a process instance, newest first."""
        query = select(*_COLUMNS).where(_snapshot.c.instance_id == instance_id).order_by(_snapshot.c.id.desc())
        return [SnapshotRecord(*row) for row in self._connection.execute(query)]

    # --- scans

    def add_scan(self, record: ScanRecord) -> None:
        """Write what the check of a scan said."""
        self._connection.execute(insert(SnapshotScan), {column.name: getattr(record, column.name) for column in _SCAN_COLUMNS})

    def scan(self, scan_id: UUID) -> ScanRecord | None:
        """Give a scan by key."""
        row = self._connection.execute(select(*_SCAN_COLUMNS).where(_scan.c.id == scan_id)).first()
        return None if row is None else ScanRecord(*row)

    def scans_of(self, instance_ids: Collection[UUID]) -> list[ScanRecord]:
        """Give the scans handed in to these process instances, newest first."""
        query = (
            select(*_SCAN_COLUMNS)
            .where(_scan.c.instance_id.in_(instance_ids), self._open(_scan.c.instance_id))
            .order_by(_scan.c.id.desc())
        )
        return [ScanRecord(*row) for row in self._connection.execute(query)]

    def decide(self, scan_id: UUID, decision: str, note: str, at: datetime, by: str, by_name: str) -> bool:
        """Note what a person decided on a scan; say whether nobody had before."""
        undecided = (_scan.c.id == scan_id) & _scan.c.decision.is_(None)
        said = {"decision": decision, "note": note, "decided_at": at, "decided_by": by, "decided_by_name": by_name}
        return self._connection.execute(update(SnapshotScan).where(undecided).values(**said)).rowcount == 1
