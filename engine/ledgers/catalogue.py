"""What the deployed packs declare: their ledgers, and the environment of their expressions."""

from collections.abc import Mapping

from engine import definitions
from engine.feel import Environment
from engine.forms import read
from engine.identity.recusal import pool_name
from engine.ledgers.errors import NoSuchLedger
from engine.ledgers.model import Ledger
from engine.ledgers.reader import read_ledgers
from engine.packs import Pack
from engine.persistence.work import UnitOfWork


def declared(work: UnitOfWork, ledger_id: str) -> Ledger:
    """Give the ledger with this id, whoever asks: for what the engine itself writes and counts."""
    found = work.cache.get("ledgers", lambda: _load(work)).get(ledger_id)
    if found is None:
        raise NoSuchLedger(ledger=ledger_id)
    return found


def definition(work: UnitOfWork, ledger_id: str) -> Ledger:
    """Give the ledger with this id to whoever may know of it."""
    found = declared(work, ledger_id)
    if is_shut(work, found):
        raise NoSuchLedger(ledger=ledger_id)
    return found


def is_shut(work: UnitOfWork, ledger: Ledger) -> bool:
    """Say whether a ledger belongs to a restricted pool that whoever acts is no part of."""
    return bool(ledger.pool) and pool_name(ledger.pack, ledger.pool) in work.reader


def all_of(work: UnitOfWork, pack_key: str) -> list[Ledger]:
    """Give every ledger of a pack that whoever acts may know of."""
    found = work.cache.get("ledgers", lambda: _load(work)).values()
    return [ledger for ledger in found if ledger.pack == pack_key and not is_shut(work, ledger)]


def _load(work: UnitOfWork) -> Mapping[str, Ledger]:
    ledgers: dict[str, Ledger] = {}
    for key in work.definitions.packs():
        deployment = work.definitions.last_deployment(key)
        files = work.definitions.files(deployment.id) if deployment else {}
        ledgers |= read_ledgers(files, read(files).forms, key).ledgers
    return ledgers


def pack_of(work: UnitOfWork, ledger: Ledger) -> Pack:
    """Give the pack that declares a ledger."""
    return definitions.pack(work, ledger.pack)


def formal_name(work: UnitOfWork, pack_key: str, unit: str | None) -> str | None:
    """Give the name a unit signs papers with; one that was renamed since the pack was written signs with its new name."""
    row = work.units.find(unit) if unit else None
    if row is None:
        return None
    known, formal = definitions.formal_names(work, pack_key).get(row.code, ("", ""))
    return formal if known == row.name else row.name


def environment(work: UnitOfWork, pack_key: str) -> Environment:
    """Give the clock, the calendar and the reference tables that a pack's expressions use."""
    return Environment(lambda: work.now, definitions.functions(work, pack_key))
