"""The engine's own hand in the ledgers: a process instance keeps its row equal to its variables."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.ledgers.catalogue import definition
from engine.ledgers.editing import list_key, number_rows
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

    An existing row takes one statement. Cells are replaced whole, others stay; nothing is checked by the form,
    for these values came through the process' own forms.
    """
    if work.ledger_rows.project(ledger_id, key, values, state, instance_id, work.now, work.actor.login):
        return
    ledger = definition(work, ledger_id)
    owner = str(values.get(ledger.unit) or unit or "")
    cells = {ledger.unit: owner, **values}
    row = LedgerRecord(
        new_key(), ledger.pack, ledger.id, owner, list_key(ledger, cells), key, 0, state or "", cells, 1, instance_id,
        work.now, work.actor.login, work.now, work.actor.login,
    )  # fmt: skip
    number_rows(work, ledger, [row])
    work.ledger_rows.add([row])


def columns(work: UnitOfWork, ledger_id: str) -> frozenset[str]:
    """Give the columns of a ledger that hold values: which variables of an instance belong into its row."""
    ledger = definition(work, ledger_id)
    computed = {column.id for column in ledger.columns.values() if column.value is not None}
    return frozenset(ledger.columns) - computed - {"seq", "key", "list", "state", "unit_name", "updated_at"}
