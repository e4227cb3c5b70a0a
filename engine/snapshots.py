"""Snapshots: a list frozen for signing, tied to its paper by a short code, and compared with what came of the list since."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine import audit
from engine.errors import EngineError
from engine.ledgers.catalogue import definition
from engine.ledgers.paper import Paper, PaperRow, lay_out
from engine.ledgers.reading import Filter, view_of
from engine.persistence import json
from engine.persistence.keys import new_key
from engine.persistence.repositories.snapshots import SnapshotRecord
from engine.persistence.work import UnitOfWork

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 8


class NoSuchSnapshot(EngineError):
    """There is no printed list with the code {code}."""

    kind = "missing"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that reads differently now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that reads differently now."""

    key: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to a list since it was frozen; rows are given as their cells by column label."""

    added: tuple[Mapping[str, str], ...]
    removed: tuple[Mapping[str, str], ...]
    changed: tuple[RowChange, ...]

    @property
    def none(self) -> bool:
        """Tell whether the list reads as it did."""
        return not (self.added or self.removed or self.changed)


def freeze(
    work: UnitOfWork,
    ledger_id: str,
    view_id: str = "",
    filter: Filter | None = None,
    variables: Mapping[str, object] | None = None,
    instance_id: UUID | None = None,
) -> SnapshotRecord:
    """Freeze the rows of a view as they read now; a list that did not change keeps the code of its last print of the day."""
    ledger = definition(work, ledger_id)
    view = view_of(ledger, view_id)
    held = _within_scope(work, ledger.unit, dict(filter or {}))
    paper = lay_out(work, ledger, view, held, variables)
    sha256 = digest(ledger_id, view.id, paper)
    unit = str(held[ledger.unit]) if isinstance(held.get(ledger.unit), str) else work.actor.unit or ""

    for earlier in work.snapshots.newest(ledger_id, view.id, unit)[:20]:
        if earlier.sha256 == sha256 and earlier.content == json.loads(json.dumps(paper.to_json())) and earlier.filter == held:
            return earlier

    record = SnapshotRecord(
        new_key(), new_code(), ledger.pack, ledger_id, view.id, unit, held, paper.to_json(), sha256, instance_id,
        work.now, work.actor.login, work.actor.name,
    )  # fmt: skip
    work.snapshots.add(record)
    audit.record(work, "list.frozen", record.code, {"ledger": ledger_id, "view": view.id, "unit": unit, "sha256": sha256})
    return record


def _within_scope(work: UnitOfWork, unit_column: str, filter: dict[str, Any]) -> dict[str, Any]:
    """Write the actor's data scope into the filter, so that whoever compares later sees the same rows."""
    name = "unit" if "unit" in filter else unit_column
    if work.actor.scope.units is None or name in filter:
        return {unit_column if key == "unit" else key: value for key, value in filter.items()}
    units = sorted(work.actor.scope.units)
    return {**filter, unit_column: units[0] if len(units) == 1 else units}


def digest(ledger_id: str, view_id: str, paper: Paper) -> str:
    """Give the hash of what a list says: its columns and its cells, not the day it was printed on."""
    names = [column.id for column in paper.columns]
    said = [ledger_id, view_id, names, [[row.key, *(row.cells[name] for name in names)] for row in paper.rows]]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def new_code() -> str:
    """Make a code without look-alikes; its last character tells a slip of the pen from another paper."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH - 1))
    return body + _check_character(body)


def _check_character(body: str) -> str:
    return ALPHABET[sum((place + 2) * ALPHABET.index(char) for place, char in enumerate(body)) % len(ALPHABET)]


def is_code(text: str) -> bool:
    """Tell whether a text can be the code of a printed list."""
    known = len(text) == _LENGTH and all(char in ALPHABET for char in text)
    return known and _check_character(text[:-1]) == text[-1]


def find(work: UnitOfWork, code: str) -> SnapshotRecord:
    """Give the snapshot with a code as a person types it."""
    record = work.snapshots.find(code.strip().upper().replace(" ", "").replace("-", ""))
    if record is None or not may_read(work, record):
        raise NoSuchSnapshot(code=code)
    return record


def get(work: UnitOfWork, snapshot_id: UUID) -> SnapshotRecord:
    """Give a snapshot by key, as far as the actor may see its unit."""
    record = work.snapshots.get(snapshot_id)
    if not may_read(work, record):
        raise NoSuchSnapshot(code=str(snapshot_id))
    return record


def may_read(work: UnitOfWork, record: SnapshotRecord) -> bool:
    """Tell whether the actor's data scope holds the snapshot's unit."""
    units = work.actor.scope.units
    mine = units is None or record.unit in units or record.taken_by == work.actor.login
    return mine and work.snapshots.is_open(record)


def paper_of(record: SnapshotRecord) -> Paper:
    """Give a snapshot as the paper it was."""
    return Paper.from_json(record.content)


def current(work: UnitOfWork, record: SnapshotRecord) -> Paper:
    """Lay the same list out as it reads now."""
    ledger = definition(work, record.ledger)
    return lay_out(work, ledger, view_of(ledger, record.view), record.filter)


def is_current(work: UnitOfWork, record: SnapshotRecord) -> bool:
    """Tell whether the list still reads as it did."""
    return digest(record.ledger, record.view, current(work, record)) == record.sha256


def compare(work: UnitOfWork, record: SnapshotRecord) -> Changes:
    """Tell what changed since the list was frozen."""
    before, after = paper_of(record), current(work, record)
    old, new = {row.id: row for row in before.rows}, {row.id: row for row in after.rows}
    labels = {column.id: column.label for column in before.columns if column.id != "seq"}
    changed = [_changed(labels, old[key], new[key]) for key in old if key in new]
    return Changes(
        tuple(_labelled(labels, row) for key, row in new.items() if key not in old),
        tuple(_labelled(labels, row) for key, row in old.items() if key not in new),
        tuple(row for row in changed if row.cells),
    )


def _changed(labels: Mapping[str, str], before: PaperRow, after: PaperRow) -> RowChange:
    pairs = ((label, before.cells.get(name, ""), after.cells.get(name, "")) for name, label in labels.items())
    return RowChange(before.key, tuple(CellChange(label, old, new) for label, old, new in pairs if old != new))


def _labelled(labels: Mapping[str, str], row: PaperRow) -> Mapping[str, str]:
    return {label: row.cells.get(name, "") for name, label in labels.items()}
