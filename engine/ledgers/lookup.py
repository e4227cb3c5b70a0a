"""Ledgers as choices: forms offer the rows of a ledger as they stand, within the data scope of whoever fills them in."""

from collections.abc import Callable
from typing import Any

from engine import hiding
from engine.definitions import Loaded
from engine.feel import Environment
from engine.feel.environment import foreign
from engine.ledgers import reading
from engine.ledgers.catalogue import declared, is_shut
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork

LEDGER, NUMBER_USED = "ledger", "number_used"


def form_environment(work: UnitOfWork, loaded: Loaded) -> Environment:
    """Give the environment of a form's expressions.

    It has what the process' own may call, ``ledger(id, filter)`` and ``number_used(number)``.
    """
    environment = loaded.at(work.now)
    own: dict[str, Callable[..., object]] = {LEDGER: look_up(work), NUMBER_USED: _number_used(work, loaded)}
    environment.functions = environment.functions | {name: foreign(name, function) for name, function in own.items()}
    return environment


def _number_used(work: UnitOfWork, loaded: Loaded) -> Callable[..., object]:
    """Give the function that tells whether an issued letter of the pack bears a number."""

    def number_used(number: str) -> bool:
        return work.letters.is_used(loaded.row.pack, number.strip())

    return number_used


def look_up(work: UnitOfWork) -> Callable[..., list[dict[str, Any]]]:
    """Give the function that reads a ledger's rows that a filter holds for, each with its key, state and unit."""
    known: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def ledger(id: str, filter: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        asked = (id, repr(filter))
        if asked not in known:
            asked_of = declared(work, id)
            rows, _ = ([], 0) if is_shut(work, asked_of) else reading.records(work, asked_of, None, filter or {})
            hidden = reading.hides(work, asked_of)
            known[asked] = [_entry(row, hidden(row.values)) for row in rows]
        return known[asked]

    return ledger


def _entry(row: LedgerRecord, hidden: frozenset[str]) -> dict[str, Any]:
    return {**hiding.without(row.values, hidden), "key": row.business_key, "state": row.state, "unit": row.unit}
