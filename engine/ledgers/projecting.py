"""The engine's own hand in the ledgers: a process instance keeps its row equal to its variables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from engine import sealing
from engine.forms.secrets import part
from engine.identity import succession
from engine.ledgers.catalogue import declared
from engine.ledgers.editing import list_key, number_rows
from engine.ledgers.model import Ledger
from engine.persistence.keys import new_key
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork


def project(
    work: UnitOfWork,
    ledger_id: str,
    key: str,
    values: Mapping[str, Any],
    state: str | None = None,
    instance_id: UUID | None = None,
    unit: str | None = None,
) -> None:
    """Put an instance's values into the row of its business key; the first time, make the row.

    An existing row takes one statement. Values that are no columns of the ledger are left out, cells are replaced whole,
    other cells stay; nothing is checked by the form, for these values came through the process' own forms.
    """
    project_many(work, ledger_id, [Projected(key, values, state, unit)], instance_id)


@dataclass(frozen=True, slots=True)
class Projected:
    """One row as a process wants it: without a *key* the ledger's number series makes one."""

    key: str
    values: Mapping[str, Any]
    state: str | None = None
    unit: str | None = None


def project_many(work: UnitOfWork, ledger_id: str, rows: Sequence[Projected], instance_id: UUID | None = None) -> list[str]:
    """Put values into several rows of one ledger and make those that are missing; give the keys in the same order."""
    ledger = declared(work, ledger_id)
    known = columns(ledger)
    rows = _sealed(work, ledger, rows)
    new: dict[str, LedgerRecord] = {}
    found: list[LedgerRecord | str] = []
    for place, row in enumerate(rows):
        cells = {name: value for name, value in row.values.items() if name in known}
        reached = row.state if row.state is not None else _state(row.values)
        if row.key in new:
            new[row.key].values.update(cells)
            found.append(row.key)
            continue
        owner = succession.heir_of(work, str(row.values.get(ledger.unit) or row.unit or ""))
        # the row goes with the matter that treats it, but not out of a list in which it is counted
        moved = owner or None if instance_id and ledger.unit not in ledger.list else None
        put = cells | ({ledger.unit: moved} if moved else {})
        by = work.actor.login
        if row.key and work.ledger_rows.project(ledger_id, row.key, put, reached, instance_id, work.now, by, moved):
            found.append(row.key)
        else:
            record = _record(work, ledger, owner, row.key, {ledger.unit: owner, **cells}, reached or "", instance_id)
            new[row.key or f"new {place}"] = record
            found.append(record)
    sealed = [record for kept in sealing.take_rows(work, ledger.form.sensitive, list(new.values())).values() for record in kept]
    number_rows(work, ledger, list(new.values()))
    if new:
        work.ledger_rows.add(list(new.values()))
    if sealed:
        work.sealed.add(sealed)
    return [row if isinstance(row, str) else row.business_key for row in found]


def _sealed(work: UnitOfWork, ledger: Ledger, rows: Sequence[Projected]) -> Sequence[Projected]:
    """Seal clear texts on their way into rows that are there already; those of new rows are sealed with them."""
    names = ledger.form.sensitive
    parted = [part(row.values, names) for row in rows] if names else []
    ids = work.ledger_rows.known_keys(ledger.id, [row.key for row in rows if row.key]) if any(p.clear for p in parted) else {}
    there = [(row, found) for row, found in zip(rows, parted, strict=False) if row.key in ids and found.clear]
    if not there:
        return rows
    work.sealed.add([record for row, found in there for record in sealing.seal(work, ids[row.key], None, found.clear)])
    plain = {row.key: found.values for row, found in there}
    return [replace(row, values=plain.get(row.key, row.values)) for row in rows]


def _record(
    work: UnitOfWork, ledger: Ledger, owner: str, key: str, cells: dict[str, Any], state: str, instance_id: UUID | None
) -> LedgerRecord:
    return LedgerRecord(
        new_key(), ledger.pack, ledger.id, owner, list_key(ledger, cells), key, 0, state, cells, 1, instance_id,
        work.now, work.actor.login, work.now, work.actor.login,
    )  # fmt: skip


def _state(values: Mapping[str, Any]) -> str | None:
    """Read the business state among the values; it has a place of its own in the row."""
    return str(values["state"]) if values.get("state") is not None else None


def columns(ledger: Ledger) -> frozenset[str]:
    """Give the columns of a ledger that hold values: which variables of an instance belong into its row."""
    computed = {column.id for column in ledger.columns.values() if column.value is not None}
    return frozenset(ledger.columns) - computed - {"seq", "key", "list", "state", "unit", "unit_name", "updated_at", ledger.key}
