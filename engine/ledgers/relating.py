"""What belongs to a row in other ledgers, as far as whoever asks may read those."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.ledgers.errors import NoSuchLedger
from engine.ledgers.model import Column, Ledger
from engine.ledgers.presenting import Row
from engine.ledgers.reading import read, rows
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Relatives:
    """The rows of one other ledger that belong to a row."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def related(work: UnitOfWork, ledger: Ledger, record: LedgerRecord) -> list[Relatives]:
    """Give the rows of other ledgers that belong to a row; one that the reader must not know of is as if it were not there."""
    known = {**record.values, ledger.key: record.business_key, ledger.unit: record.unit}
    found = []
    for link in ledger.related:
        if known.get(link.by) in (None, ""):
            continue
        try:
            page = rows(work, link.ledger, link.view, {link.column: known[link.by]}, size=None)
        except NoSuchLedger:
            continue
        if page.rows:
            found.append(Relatives(link.name, read(work, link.ledger).view(link.view).columns, page.rows))
    return found
