"""The engine's own hand in the ledgers: a process instance keeps its row equal to its variables."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.ledgers.catalogue import definition
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
    ledger = definition(work, ledger_id)
    known = columns(ledger)
    cells = {name: value for name, value in values.items() if name in known}
    reached = state if state is not None else _state(values)
    if work.ledger_rows.project(ledger_id, key, cells, reached, instance_id, work.now, work.actor.login):
        return
    owner = str(values.get(ledger.unit) or unit or "")
    cells = {ledger.unit: owner, **cells}
    row = LedgerRecord(
        new_key(), ledger.pack, ledger.id, owner, list_key(ledger, cells), key, 0, reached or "", cells, 1, instance_id,
        work.now, work.actor.login, work.now, work.actor.login,
    )  # fmt: skip
    number_rows(work, ledger, [row])
    work.ledger_rows.add([row])


def _state(values: Mapping[str, Any]) -> str | None:
    """Read the business state among the values; it has a place of its own in the row."""
    return str(values["state"]) if values.get("state") is not None else None


def columns(ledger: Ledger) -> frozenset[str]:
    """Give the columns of a ledger that hold values: which variables of an instance belong into its row."""
    computed = {column.id for column in ledger.columns.values() if column.value is not None}
    return frozenset(ledger.columns) - computed - {"seq", "key", "list", "state", "unit", "unit_name", "updated_at", ledger.key}
