"""What the deployed packs declare: their ledgers, their reference tables, the FEEL environment of their expressions."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import packs
from engine.feel import Environment
from engine.forms import read
from engine.ledgers.errors import NoSuchLedger
from engine.ledgers.model import Ledger
from engine.ledgers.reader import read_ledgers
from engine.packs.model import Pack
from engine.persistence.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PackContent:
    """One deployed pack: its declarations and its files."""

    pack: Pack
    ledgers: Mapping[str, Ledger]
    files: Mapping[str, bytes]


def contents(work: UnitOfWork) -> Mapping[str, PackContent]:
    """Give the newest deployment of every pack, read once per process."""
    return work.cache.get(("packs", work.definitions.generation()), lambda: _load(work))


def _load(work: UnitOfWork) -> dict[str, PackContent]:
    return {key: _read(work, key) for key in work.definitions.packs()}


def _read(work: UnitOfWork, key: str) -> PackContent:
    deployment = work.definitions.last_deployment(key)
    files = work.definitions.files(deployment.id) if deployment else {}
    return PackContent(packs.parse(files), read_ledgers(files, read(files).forms, key).ledgers, files)


def definition(work: UnitOfWork, ledger_id: str) -> Ledger:
    """Give the ledger with this id."""
    for content in contents(work).values():
        if ledger_id in content.ledgers:
            return content.ledgers[ledger_id]
    raise NoSuchLedger(ledger=ledger_id)


def definitions(work: UnitOfWork) -> list[Ledger]:
    """Give every ledger of every pack."""
    return [ledger for content in contents(work).values() for ledger in content.ledgers.values()]


def environment(work: UnitOfWork, pack: str) -> Environment:
    """Give the clock, the calendar and the reference tables that a pack's expressions use."""
    content = contents(work).get(pack)
    functions = {**content.pack.functions(), **content.pack.calendar().functions()} if content else {}
    return Environment(lambda: work.now, functions)
