"""Where a cell leads: the rows of another ledger that its value came from, for those who may see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import EngineError
from engine.ledgers.catalogue import definition
from engine.ledgers.filters import conditions
from engine.persistence.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Lead:
    """Rows of a ledger."""

    ledger: str
    filter: Mapping[str, object]


def followed(work: UnitOfWork, target: object) -> Lead | None:
    """Give where ``{ledger, filter}`` leads whoever acts: nowhere, if they know of no such ledger or see none of the units."""
    if not isinstance(target, Mapping):
        return None
    filter = target.get("filter") or {}
    try:
        ledger = definition(work, str(target.get("ledger")))
        conditions(filter)
    except EngineError:
        return None
    asked = filter.get("unit")
    units = [asked] if isinstance(asked, str) else asked or []
    if units and not any(work.actor.scope.includes(str(unit)) for unit in units):
        return None
    return Lead(ledger.id, filter)
