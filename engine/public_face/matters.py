"""The matter behind a record: its row, and the process that began it, whatever called processes write into the row meanwhile."""

from engine.packs.public import NotPublic, PublicRecord
from engine.persistence.records import Instance
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork


def matter(work: UnitOfWork, record: PublicRecord, number: str) -> tuple[LedgerRecord, Instance]:
    """Give the row with a number and the outermost process that treats it."""
    row = work.ledger_rows.find(record.ledger, number)
    instance = work.process_instances.find(row.instance_id) if row and row.instance_id else None
    if instance is not None and instance.root_id != instance.id:
        instance = work.process_instances.find(instance.root_id)
    if row is None or instance is None:
        raise NotPublic
    return row, instance
