"""Scans: signed and sealed paper that came back, checked against the list it was printed from.

A scan of the current list is right. One of an older list shows what changed since and is accepted with a
correction note or sent back. One whose code cannot be read is accepted by hand, and that is recorded.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from engine import attachments, audit, code_reading, snapshots
from engine.errors import EngineError
from engine.persistence.keys import new_key
from engine.persistence.repositories.snapshots import ScanRecord, SnapshotRecord
from engine.persistence.work import UnitOfWork
from engine.snapshots import Changes

Verdict = Literal["matches", "outdated", "foreign", "unreadable"]


class NoSuchScan(EngineError):
    """This scan is no longer there."""

    kind = "missing"


class AlreadyDecided(EngineError):
    """{who} has decided on this scan already."""

    kind = "conflict"


class NoteMissing(EngineError):
    """Please say why the scan of an older list is accepted."""


@dataclass(frozen=True, slots=True)
class ScanCheck:
    """What the check of a scan says: the snapshot its code names, and what changed since."""

    scan: ScanRecord
    snapshot: SnapshotRecord | None = None
    changes: Changes | None = None

    @property
    def verdict(self) -> str:
        """Give the word for it: matches, outdated, foreign or unreadable."""
        return self.scan.verdict


def look(work: UnitOfWork, attachment_id: UUID, unit: str | None = None, ledger_id: str | None = None) -> list[ScanCheck]:
    """Say what a check of this file would say, without recording anything."""
    record, stream = attachments.open_(work, attachment_id)
    with stream:
        codes: list[str | None] = [*code_reading.read_codes(stream, record.kind)]
    return [_checked(work, record.id, None, code, unit, ledger_id) for code in codes or [None]]


def check(
    work: UnitOfWork, attachment_id: UUID, instance_id: UUID | None = None, unit: str | None = None, ledger_id: str | None = None
) -> list[ScanCheck]:
    """Check a scan that was handed in; one result per code on it, one *unreadable* when there is none.

    A code of another unit or another ledger than expected is *foreign*.
    """
    record, stream = attachments.open_(work, attachment_id, granted=True)
    with stream:
        codes: list[str | None] = [*code_reading.read_codes(stream, record.kind)]
    return [_check(work, record.id, instance_id, code, unit, ledger_id) for code in codes or [None]]


def _check(
    work: UnitOfWork, attachment_id: UUID, instance_id: UUID | None, code: str | None, unit: str | None, ledger_id: str | None
) -> ScanCheck:
    found = _checked(work, attachment_id, instance_id, code, unit, ledger_id)
    work.snapshots.add_scan(found.scan)
    return found


def _checked(
    work: UnitOfWork, attachment_id: UUID, instance_id: UUID | None, code: str | None, unit: str | None, ledger_id: str | None
) -> ScanCheck:
    snapshot = work.snapshots.find(code) if code and snapshots.is_code(code) else None
    changes = None
    if code is None:
        verdict: Verdict = "unreadable"
    elif snapshot is None or (unit and snapshot.unit != unit) or (ledger_id and snapshot.ledger != ledger_id):
        verdict, snapshot = "foreign", None
    else:
        verdict = "matches" if snapshots.is_current(work, snapshot) else "outdated"
        changes = snapshots.compare(work, snapshot) if verdict == "outdated" else None
    decision = "accepted" if verdict == "matches" else None
    scan = ScanRecord(
        new_key(), attachment_id, snapshot.id if snapshot else None, instance_id, code, verdict, decision, "",
        work.now, work.actor.login, work.now if decision else None, work.actor.login if decision else None,
        work.actor.name if decision else None,
    )  # fmt: skip
    return ScanCheck(scan, snapshot, changes)


def get(work: UnitOfWork, scan_id: UUID) -> ScanCheck:
    """Give a scan with what its list says now, as far as the actor may see its unit."""
    scan = work.snapshots.scan(scan_id)
    if scan is None:
        raise NoSuchScan
    attachments.get(work, scan.attachment_id)
    snapshot = work.snapshots.get(scan.snapshot_id) if scan.snapshot_id else None
    changes = snapshots.compare(work, snapshot) if snapshot and scan.verdict == "outdated" else None
    return ScanCheck(scan, snapshot, changes)


def decide(work: UnitOfWork, scan_id: UUID, accept: bool, note: str = "") -> None:
    """Accept a scan that the check did not find right, or send it back; an older list needs a correction note."""
    scan = work.snapshots.scan(scan_id)
    if scan is None:
        raise NoSuchScan
    if accept and scan.verdict in ("outdated", "foreign") and not note.strip():
        raise NoteMissing
    decision = "accepted" if accept else "sent_back"
    if not work.snapshots.decide(scan_id, decision, note.strip(), work.now, work.actor.login, work.actor.name):
        raise AlreadyDecided(who=scan.decided_by_name or scan.decided_by)
    audit.record(work, f"scan.{decision}", str(scan_id), {"verdict": scan.verdict, "code": scan.code, "note": note.strip()})


def of_instance(work: UnitOfWork, instance_id: UUID) -> list[ScanRecord]:
    """Give the scans handed in to a process instance and to what it called, newest first."""
    return work.snapshots.scans_of(work.process_instances.family(instance_id))
