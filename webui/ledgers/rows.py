"""One row of a ledger as a form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from engine import attachments, hiding, ledgers, unmasking
from engine.errors import EngineError
from engine.forms import submission
from engine.forms.model import Form
from engine.ledgers import Ledger, RowChange
from engine.ledgers.errors import RowGone
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork
from webui.form_view import FormView, Shown, first_values, stored_files, view
from webui.ledgers.grant import Grant
from webui.tasks.desk import Raw

SHOWN_ABOVE = frozenset({"seq", "key", "unit", "unit_name", "list", "updated_at", "state"})


def gather(
    work: UnitOfWork, held: Grant, row_id: UUID | None, typed_in: RowChange | None, faults: Mapping[str, EngineError]
) -> dict[str, Any]:
    """Give the template the row's form, what else is known of it, and whether it can be changed."""
    ledger = held.ledger
    record, closed = _read(work, ledger, row_id)
    if row_id and (record is None or not work.actor.scope.includes(record.unit)):
        raise RowGone
    open_ = held.may_edit and (record is None or ledger.is_open(record.state))
    stored = (
        dict(record.values) | {ledger.key: record.business_key, ledger.unit: record.unit}
        if record
        else ledgers.fixed(held.filter)
    )
    access = ({} if open_ else {"*": "readonly"}) | closed
    form = shown(work, ledger, stored, typed_in, faults, access, set(ledgers.fixed(held.filter)))
    row = ledgers.presenter(work, ledger).row(record, tuple(ledger.columns.values())) if record else None
    sealed = unmasking.spots_of_row(ledger, record.values) if record and unmasking.may_open(work) else ()
    return {
        "sealed": sealed,
        "row": row,
        "view": form,
        "may_change": open_,
        "further": further(ledger, row),
        "files": files_of(ledger, row),
        "related": ledgers.related(work, ledger, record) if record else [],
    }


def control(work: UnitOfWork, held: Grant, row_id: UUID | None, pending: Raw, column: str) -> Shown | None:
    """Give what one cell is typed into, as the row's form has it with what is typed in the row so far."""
    ledger = held.ledger
    record, closed = _read(work, ledger, row_id)
    given = ledgers.fixed(held.filter)
    stored = dict(record.values) if record else given
    fields, environment = tuple(ledger.form.fields()), ledgers.environment(work, ledger.pack)
    typed_in = RowChange({**submission(fields, first_values(fields, stored, environment)), **pending})
    return shown(work, ledger, stored, typed_in, {}, closed, set(given)).part(column)


def _read(work: UnitOfWork, ledger: Ledger, row_id: UUID | None) -> tuple[LedgerRecord | None, dict[str, str]]:
    """Give a row without what the reader may not read of it, and the access to its fields that follows."""
    record = work.ledger_rows.get_many(ledger.id, [row_id]).get(row_id) if row_id else None
    if record is None or not ledger.form.restricted:
        return record, {}
    hidden = ledgers.hides(work, ledger)(record.values)
    record.values = hiding.without(record.values, hidden)
    return record, dict.fromkeys(hidden, "hidden")


def shown(
    work: UnitOfWork,
    ledger: Ledger,
    stored: Mapping[str, object],
    typed_in: RowChange | None,
    faults: Mapping[str, EngineError],
    access: Mapping[str, str],
    given: set[str],
) -> FormView:
    """Show the row's form; what the list itself gives cannot be changed here."""
    environment, fields = ledgers.environment(work, ledger.pack), tuple(ledger.form.fields())
    locked = given | ({ledger.key} if ledger.numbering else set())
    access = access or dict.fromkeys(locked, "readonly")
    raw = dict(typed_in.submitted) if typed_in else submission(fields, first_values(fields, stored, environment))
    files = attachments.facts(work, [text for texts in raw.values() for text in texts if len(text) == 36]) | stored_files(
        fields, stored
    )
    found = view(
        _without_number(ledger, stored), stored, environment, {name: list(texts) for name, texts in raw.items()}, files, access
    )
    if faults:
        found.show_errors, found.bound = True, replace(found.bound, errors=dict(faults))
    return found


def _without_number(ledger: Ledger, stored: Mapping[str, object]) -> Form:
    """Leave the number out of the form of a new row: the ledger makes it."""
    if not ledger.numbering or stored.get(ledger.key):
        return ledger.form
    parts = tuple(part for part in ledger.form.components if getattr(part, "key", "") != ledger.key)
    return replace(ledger.form, components=parts)


def further(ledger: Ledger, row: ledgers.Row | None) -> list[tuple[str, str, ledgers.Lead | None]]:
    """List what is known of a row besides its form: state, progress, what a process has written; and where it leads."""
    if row is None:
        return []
    fields = {field.key for field in ledger.form.fields()} | SHOWN_ABOVE | {ledger.key}
    return [
        (column.label, row.cells[column.id], row.leads.get(column.id))
        for column in ledger.columns.values()
        if column.id not in fields and row.cells.get(column.id)
    ]


def files_of(ledger: Ledger, row: ledgers.Row | None) -> list[tuple[str, str, str]]:
    """List the files that processes have put into a row: the column's label, the file's key and its name."""
    if row is None:
        return []
    shown_in_form = {field.key for field in ledger.form.fields() if field.kind == "filepicker"}
    return [
        (column.label, str(file["id"]), str(file["name"]))
        for column in ledger.columns.values()
        if column.id not in shown_in_form and isinstance(held := row.values.get(column.id), list)
        for file in held
        if isinstance(file, Mapping) and {"id", "name", "kind", "size"} <= file.keys()
    ]
