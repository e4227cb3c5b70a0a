"""What a paper is based on: the register of documents that its pack keeps, said in one line at the head of each page."""

from engine import definitions, ledgers
from engine.ledgers.catalogue import pack_of
from engine.persistence.work import UnitOfWork


def cited(work: UnitOfWork, ledger_id: str) -> str:
    """Say what the papers of a ledger's pack are based on; nothing where the pack keeps no register or it is empty."""
    wanted = pack_of(work, ledgers.definition(work, ledger_id)).cited
    return "" if wanted is None else _line(work, wanted.ledger, wanted.column, wanted.before, wanted.between)


def cited_in(work: UnitOfWork, pack_key: str) -> str:
    """Say what the letters of a pack are based on."""
    wanted = definitions.pack(work, pack_key).cited
    return "" if wanted is None else _line(work, wanted.ledger, wanted.column, wanted.before, wanted.between)


def _line(work: UnitOfWork, ledger_id: str, column: str, before: str, between: str) -> str:
    # for every unit: what a campaign is based on is no unit's own
    found, _ = work.ledger_rows.page(ledger_id, None, (), (), "", None, 0)
    rows = sorted(found, key=lambda row: row.business_key or "")
    said = [str(row.values[column]) for row in rows if row.values.get(column)]
    return before + between.join(said) if said else ""
