"""Taking a change of rows back: the change that makes them what they were."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from engine.forms import submission
from engine.forms.model import Field
from engine.ledgers.editing import RowChange, Saving
from engine.ledgers.model import Ledger
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork

Records = Mapping[UUID, LedgerRecord]


def before(work: UnitOfWork, ledger: Ledger, changes: Sequence[RowChange]) -> Records:
    """Give the rows as they stand before they are changed."""
    return work.ledger_rows.get_many(ledger.id, [part.id for part in changes if part.id])


def inverse(work: UnitOfWork, ledger: Ledger, changes: Sequence[RowChange], known: Records, saving: Saving) -> list[RowChange]:
    """Give the changes that undo what was saved; a new row goes again where rows may go, a removed one does not come back."""
    now = work.ledger_rows.get_many(ledger.id, saving.saved.values())
    found = []
    for position, row_id in saving.saved.items():
        part = changes[position]
        if row_id not in now or part.delete:
            continue
        if part.id is not None:
            found.append(RowChange(_as_it_was(ledger, part, known[row_id]), row_id, now[row_id].revision))
        elif ledger.deletable:
            found.append(RowChange({}, row_id, now[row_id].revision, delete=True))
    return found


def _as_it_was(ledger: Ledger, part: RowChange, record: LedgerRecord) -> dict[str, list[str]]:
    """Write what the touched fields held; an empty one is said to be empty."""
    touched = [found for found in ledger.form.fields() if _is_touched(found, part)]
    return {found.key: [""] for found in touched} | submission(touched, record.values)


def _is_touched(found: Field, part: RowChange) -> bool:
    return any(name == found.key or name.startswith(f"{found.key}.") for name in part.submitted)
