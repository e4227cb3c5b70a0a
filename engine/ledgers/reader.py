"""Reading ``ledgers/*.toml``: checked ledgers, every fault at once, each with its file and its place."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.errors import Problem
from engine.forms.model import Form
from engine.ledgers.model import Ledger
from engine.ledgers.tables import LedgerTable


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """The ledgers of a pack by id, and what is wrong with their files."""

    ledgers: Mapping[str, Ledger]
    problems: tuple[Problem, ...]


def read_ledgers(files: Mapping[str, bytes], forms: Mapping[str, Form], pack: str) -> LedgerReading:
    """Read every ``ledgers/*.toml`` among the files of a pack."""
    ledgers: dict[str, Ledger] = {}
    problems: list[Problem] = []
    for name in sorted(name for name in files if name.endswith(".toml") and "ledgers/" in name):
        ledger, found = _read_one(name, files[name], forms, pack)
        if ledger and ledger.id in ledgers:
            found = [*found, Problem(name, ledger.id, 1, "Another ledger has the id {id} already.", {"id": ledger.id})]
        elif ledger and not found:
            ledgers[ledger.id] = ledger
        problems += found
    if not problems:
        problems = [problem for ledger in ledgers.values() for problem in _unrelated(ledger, ledgers)]
    return LedgerReading(ledgers, tuple(problems))


def _unrelated(ledger: Ledger, ledgers: Mapping[str, Ledger]) -> Iterator[Problem]:
    """Find what a ledger calls related and is not there."""
    for found in ledger.related:
        other = ledgers.get(found.ledger)
        if other is None or found.column not in other.columns or found.view not in {"", *other.views}:
            said = {"ledger": found.ledger, "view": found.view, "column": found.column}
            yield Problem(
                f"ledgers/{ledger.id}.toml", ledger.id, 1, "There are no rows like that: {ledger} {view} {column}.", said
            )


def _read_one(file: str, content: bytes, forms: Mapping[str, Form], pack: str) -> tuple[Ledger | None, list[Problem]]:
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        return None, [Problem(file, None, 1, "This is not TOML: {reason}.", {"reason": str(error)})]
    table = LedgerTable(file, content.decode("utf-8-sig"), found, forms)
    ledger = table.ledger(pack, hashlib.sha256(content).hexdigest()[:16])
    return ledger, table.problems
