"""Ledgers as choices: forms offer the rows of a ledger as they stand, within the data scope of whoever fills them in."""

from collections.abc import Callable
from typing import Any

from engine.definitions import Loaded
from engine.feel import Environment
from engine.feel.environment import foreign
from engine.ledgers import reading
from engine.ledgers.catalogue import declared, is_shut
from engine.persistence.work import UnitOfWork

LEDGER = "ledger"


def form_environment(work: UnitOfWork, loaded: Loaded) -> Environment:
    """Give the environment of a form's expressions: what the process' own may call, and ``ledger(id, filter)``."""
    environment = loaded.at(work.now)
    environment.functions = environment.functions | {LEDGER: foreign(LEDGER, look_up(work))}
    return environment


def look_up(work: UnitOfWork) -> Callable[..., list[dict[str, Any]]]:
    """Give the function that reads a ledger's rows that a filter holds for, each with its key, state and unit."""
    known: dict[tuple[str, str], list[dict[str, Any]]] = {}

    def ledger(id: str, filter: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        asked = (id, repr(filter))
        if asked not in known:
            asked_of = declared(work, id)
            rows, _ = ([], 0) if is_shut(work, asked_of) else reading.records(work, asked_of, None, filter or {})
            known[asked] = [{**row.values, "key": row.business_key, "state": row.state, "unit": row.unit} for row in rows]
        return known[asked]

    return ledger
