"""Reading what is restricted: who looked at a matter or a list of a pool stays in the trail."""

from datetime import timedelta

from engine import audit
from engine.identity.recusal import POOL
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork

AGAIN = timedelta(minutes=10)


def note(work: UnitOfWork, instance: Instance) -> None:
    """Keep that whoever acts reads a matter of a restricted pool; going back and forth within minutes is one reading."""
    for pool in (name for name in instance.excluded if name.startswith(POOL)):
        _note(work, pool, str(instance.id), instance.business_key or instance.title)


def note_list(work: UnitOfWork, pool: str, ledger: str, name: str) -> None:
    """Keep that whoever acts reads a list of a restricted pool."""
    _note(work, pool, ledger, name)


def _note(work: UnitOfWork, pool: str, subject: str, record: str) -> None:
    if work.actor.is_system or work.audit.noted(work.actor.login, "pool.read", subject, work.now - AGAIN):
        return
    audit.record(work, "pool.read", subject, {"pool": pool.removeprefix(POOL), "record": record})
