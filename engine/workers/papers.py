"""Workers around signed papers: a list frozen as it was printed, and a scan checked against it."""

from collections.abc import Mapping
from uuid import UUID

from engine import scans, snapshots
from engine.persistence.records import Job
from engine.persistence.work import UnitOfWork
from engine.workers import Result, needed

_WORDS = {"matches": "matches", "outdated": "older", "unreadable": "unreadable", "foreign": "foreign"}


def snapshot(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Freeze the rows of a ledger's view that ``snapshot_filter`` holds for; give id, code and number of rows.

    Ledger and view are headers, or the variables ``snapshot_ledger`` and ``snapshot_view`` where one process serves many papers.
    """
    held = variables.get("snapshot_filter")
    names = held if isinstance(held, dict) else {}
    ledger = headers.get("ledger") or str(needed("snapshot", variables, "snapshot_ledger"))
    view = headers.get("view") or str(variables.get("snapshot_view") or "")
    record = snapshots.freeze(work, ledger, view, names, variables, job.instance_id)
    rows = snapshots.paper_of(record).rows
    return {"snapshot_id": str(record.id), "snapshot_code": record.code, "snapshot_rows": len(rows)}


def check_scan(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Say whether a signed scan shows the list as it reads now; a code that cannot be read may be typed in ``scan_code``."""
    unit = str(variables["unit"]) if variables.get("unit") else None
    ledger = headers.get("ledger") or variables.get("snapshot_ledger")
    checks = [
        check
        for scan in _scans(variables.get("scan"))
        for check in scans.check(work, scan, job.instance_id, unit, str(ledger) if ledger else None)
    ]
    typed = str(variables.get("scan_code") or "")
    best = min(checks, key=lambda check: list(_WORDS).index(check.verdict), default=None)
    if (best is None or best.verdict == "unreadable") and typed:
        return _typed(work, typed)
    if best is None:
        return {"scan_check": "unreadable", "scan_changes": []}
    return {"scan_check": _WORDS[best.verdict], "scan_changes": _changes(best.changes)}


def _typed(work: UnitOfWork, code: str) -> Result:
    record = work.snapshots.find(code.strip().upper().replace(" ", "").replace("-", ""))
    if record is None:
        return {"scan_check": "unreadable", "scan_changes": []}
    if snapshots.is_current(work, record):
        return {"scan_check": "matches", "scan_changes": []}
    return {"scan_check": "older", "scan_changes": _changes(snapshots.compare(work, record))}


def _scans(value: object) -> list[UUID]:
    found = value if isinstance(value, list) else [value] if value else []
    return [UUID(str(item["id"] if isinstance(item, dict) else item)) for item in found]


def _changes(changes: snapshots.Changes | None) -> list[str]:
    if changes is None:
        return []
    added = [f"+ {' '.join(filter(None, row.values()))}" for row in changes.added]
    removed = [f"- {' '.join(filter(None, row.values()))}" for row in changes.removed]
    cells = [f"{row.key} {cell.label}: {cell.before} → {cell.after}" for row in changes.changed for cell in row.cells]
    return added + removed + cells
