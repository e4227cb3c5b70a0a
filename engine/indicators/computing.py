"""Computing: each figure is one question, all counts together one, asked within the data scope of whoever looks, as of now."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine import definitions, ledgers
from engine.clock import ZONE
from engine.feel import Environment, Expression
from engine.indicators.errors import NoSuchIndicator
from engine.indicators.model import Light, Measured, Reading, Standing
from engine.ledgers import Ledger
from engine.ledgers.reading import held_conditions, sql_name
from engine.packs import OF_ROWS, Figure, Indicator, Pack
from engine.packs.figures import RowFilter
from engine.persistence.repositories.indicators import Count, Indicators, Ranked
from engine.persistence.repositories.ledgers import Condition
from engine.persistence.work import UnitOfWork

ONE_PLACE = Decimal("0.1")
Counted = Mapping[tuple[str, int], Count]
NOTHING: Counted = {}


def all_of(work: UnitOfWork, pack_key: str) -> list[Measured]:
    """Give every indicator that the post acted in may see, as of now."""
    pack = definitions.pack(work, pack_key)
    seen = pack.indicators if work.actor.is_system else pack.indicators_for(work.actor.role or "")
    counted = _counted_at_once(work, pack, seen)
    return [measured(work, pack, indicator, counted) for indicator in seen]


def get(work: UnitOfWork, pack_key: str, code: str) -> Measured:
    """Give one indicator, if the post acted in may see it."""
    pack = definitions.pack(work, pack_key)
    found = next((one for one in pack.indicators_for(work.actor.role or "") if one.code == code), None)
    if found is None:
        raise NoSuchIndicator(code=code)
    return measured(work, pack, found)


def measured(work: UnitOfWork, pack: Pack, indicator: Indicator, counted: Counted = NOTHING) -> Measured:
    """Compute an indicator's figures, those that are *counted* already from their counts."""
    figures = enumerate(indicator.figures)
    return Measured(
        indicator,
        tuple(_shielded(work, pack, indicator, figure, counted.get((indicator.code, place))) for place, figure in figures),
    )


def _counted_at_once(work: UnitOfWork, pack: Pack, seen: Iterable[Indicator]) -> Counted:
    """Count the rows of open ledgers for all figures that are nothing but counts, with one question."""
    asked = {}
    for indicator in seen:
        for place, figure in enumerate(indicator.figures):
            if figure.kind in ("count", "share") and not (ledger := ledgers.declared(work, figure.ledger)).pool:
                asked[indicator.code, place] = ledger.id, *conditions(work, pack, figure)
    return dict(zip(asked, work.indicators.counts(work.actor.scope.units, list(asked.values())), strict=True))


def _shielded(work: UnitOfWork, pack: Pack, indicator: Indicator, figure: Figure, counted: Count | None) -> Reading:
    """Compute a figure; of a restricted ledger, whoever is no part of its pool reads no number that points at somebody."""
    found = measure(work, pack, figure) if counted is None else _of_counts(figure, counted.part, counted.whole)
    small = any(0 < (count or 0) < indicator.suppress_below for count in (found.part, found.whole))
    if not small or not shut_by(work, figure):
        return found
    return replace(found, part=0, whole=None, number=None, light="", withheld=True)


def shut_by(work: UnitOfWork, figure: Figure) -> str:
    """Name the restricted pool whose ledger a figure counts, where whoever acts is no part of it."""
    ledger = ledgers.declared(work, figure.ledger) if figure.ledger else None
    return ledger.pool if ledger is not None and ledgers.is_shut(work, ledger) else ""


def measure(work: UnitOfWork, pack: Pack, figure: Figure) -> Reading:
    """Compute one figure with one question."""
    if figure.kind in OF_ROWS:
        return _of_rows(work, pack, figure)
    found = standings(work, pack, figure)
    part = sum(one.counts for one in found)
    return _reading(figure, part, len(found), _share(part, len(found)) if figure.is_share else Decimal(part))


def _of_rows(work: UnitOfWork, pack: Pack, figure: Figure) -> Reading:
    ledger, (whole, part) = ledgers.declared(work, figure.ledger), conditions(work, pack, figure)
    if figure.kind == "percentile":
        held, by = (*whole, *part), sql_name(ledger, figure.column)
        ranked = _questions(work, ledger).ranked(ledger.id, work.actor.scope.units, held, by, figure.at)
        return _reading(figure, ranked.count, None, _between(ranked, figure.at))
    looked_at = {"average": "mean", "oldest": "least"}.get(figure.kind)
    column = {looked_at: sql_name(ledger, figure.column)} if looked_at else {}
    found = _questions(work, ledger).of_rows(ledger.id, work.actor.scope.units, whole, part, **column)
    if figure.kind in ("share", "count"):
        return _of_counts(figure, found.part, found.whole)
    if figure.kind == "average":
        return _reading(figure, found.part, None, None if found.mean is None else rounded(Decimal(str(found.mean))))
    return _reading(figure, found.part, None, _days_since(found.least, work.now.astimezone(ZONE).date()))


def _of_counts(figure: Figure, part: int, whole: int) -> Reading:
    if figure.kind == "share":
        return _reading(figure, part, whole, _share(part, whole))
    return _reading(figure, part, None, Decimal(part))


def _between(ranked: Ranked, at: int) -> Decimal | None:
    """Give the value at a percentile: between two values in proportion to the way from one to the other."""
    if not ranked.values:
        return None
    low, high = (Decimal(str(value)) for value in (ranked.values[0], ranked.values[-1]))
    way = Decimal((ranked.count - 1) * at % 100) / 100
    return rounded(low + (high - low) * way)


def _questions(work: UnitOfWork, ledger: Ledger) -> Indicators:
    """Count a restricted ledger whole, apart from what is kept from whoever looks by name: its indicator shields it."""
    return work.indicators.beyond_pools() if ledger.pool else work.indicators


def conditions(work: UnitOfWork, pack: Pack, figure: Figure) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """Give what makes a row one of the whole, and what besides makes it count; a list behind a figure uses the same."""
    ledger = ledgers.declared(work, figure.ledger)
    wanted = held_conditions(ledger, None, resolved(work, pack, figure.filter))
    if figure.kind == "share":
        return held_conditions(ledger, None, resolved(work, pack, figure.of)), wanted
    return wanted, (Condition(sql_name(ledger, figure.column), "filled"),) if figure.column else ()


def _days_since(day: object, today: date) -> Decimal | None:
    return Decimal((today - date.fromisoformat(str(day)[:10])).days) if day else None


def _share(part: int, whole: int) -> Decimal | None:
    return rounded(Decimal(100 * part) / whole) if whole else None


def rounded(number: Decimal) -> Decimal:
    """Round to the one place that is shown, a half upwards."""
    return number.quantize(ONE_PLACE, ROUND_HALF_UP)


def _reading(figure: Figure, part: int, whole: int | None, number: Decimal | None) -> Reading:
    if figure.kind in ("coverage", "without", "on_time") and not whole:
        number = None
    return Reading(figure, part, whole, number, light(figure, number))


def light(figure: Figure, number: Decimal | None) -> Light:
    """Judge a number by the thresholds of its figure; without thresholds, or without a number, there is no colour."""
    if number is None or (figure.near is None and figure.over is None):
        return ""
    if _beyond(figure, number, figure.over):
        return "over"
    return "near" if _beyond(figure, number, figure.near) else "good"


def _beyond(figure: Figure, number: Decimal, bound: Decimal | None) -> bool:
    return bound is not None and (number < bound if figure.better == "high" else number > bound)


# --- units and milestones


def standings(work: UnitOfWork, pack: Pack, figure: Figure) -> list[Standing]:
    """Give the units that a figure looks at, in official order, each with whether it counts."""
    types = figure.unit_types or (pack.board.unit_types if pack.board else ())
    if figure.kind == "on_time":
        return list(_on_time(work, pack, figure, types))
    ledger = ledgers.declared(work, figure.ledger)
    held = held_conditions(ledger, None, resolved(work, pack, figure.filter))
    found = _questions(work, ledger).of_units(types, work.actor.scope.units, ledger.id, held, figure.milestones)
    return [Standing(row.code, bool(row.fits) != (figure.kind == "without")) for row in found]


def _on_time(work: UnitOfWork, pack: Pack, figure: Figure, types: tuple[str, ...]) -> Iterable[Standing]:
    """Look at every unit and every milestone whose day has passed."""
    today = work.now.astimezone(ZONE).date()
    wanted = figure.milestones or [milestone.code for milestone in pack.milestones if milestone.per == "unit"]
    due = [milestone for milestone in pack.milestones if milestone.code in wanted and milestone.date < today]
    if not due:
        return
    rows = work.indicators.of_milestones(types, work.actor.scope.units, [milestone.code for milestone in due])
    reached = {(unit, code): at.astimezone(ZONE).date() for unit, code, at in rows if at is not None}
    for milestone in due:
        for unit in dict.fromkeys(unit for unit, _code, _at in rows):
            day = reached.get((unit, milestone.code))
            yield Standing(unit, day is not None and day <= milestone.date, milestone.code, milestone.date, day)


# --- filters


def resolved(work: UnitOfWork, pack: Pack, found: RowFilter) -> dict[str, Any]:
    """Give a filter with its expressions evaluated as of now."""
    environment: Environment | None = None

    def value(wanted: object) -> Any:
        nonlocal environment
        if isinstance(wanted, Expression):
            environment = environment or ledgers.environment(work, pack.key)
            return wanted.evaluate({}, environment)
        if isinstance(wanted, Mapping):
            return {name: value(inner) for name, inner in wanted.items()}
        return [value(inner) for inner in wanted] if isinstance(wanted, tuple) else wanted

    return {name: value(wanted) for name, wanted in found.items()}
