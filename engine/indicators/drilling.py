"""Drilling down: exactly the rows or units that a figure counted, or those it counted them among."""

from typing import Literal

from engine import ledgers
from engine.indicators.computing import conditions, standings
from engine.indicators.errors import NoSuchFigure
from engine.indicators.model import Standing
from engine.ledgers import Column, Row
from engine.packs import OF_ROWS, Figure, Indicator, Pack
from engine.persistence.records import PAGE, Page
from engine.persistence.repositories.ledgers import Condition
from engine.persistence.work import UnitOfWork

Side = Literal["part", "rest", "whole"]


def figure_of(indicator: Indicator, position: int) -> Figure:
    """Give a figure by its place in the indicator."""
    if not 0 <= position < len(indicator.figures):
        raise NoSuchFigure(indicator=indicator.name)
    return indicator.figures[position]


def sides(figure: Figure) -> tuple[Side, ...]:
    """Give the lists behind a figure: what was counted, and where there is a whole, the rest of it and all of it."""
    return ("part",) if figure.kind in ("count", "average", "percentile", "oldest") else ("part", "rest", "whole")


def rows(work: UnitOfWork, pack: Pack, figure: Figure, side: Side, number: int = 1, size: int | None = PAGE) -> Page[Row]:
    """Give a page of the ledger rows behind a figure, the earliest first where it looks for the earliest."""
    if figure.kind not in OF_ROWS:
        raise NoSuchFigure(indicator=figure.name)
    ledger, (whole, part) = ledgers.definition(work, figure.ledger), conditions(work, pack, figure)
    held = {"part": (*whole, *part), "rest": (*whole, Condition("", "unless", part)), "whole": whole}[side]
    order = [figure.column] if figure.kind in ("percentile", "oldest") else ["unit", "list", "seq"]
    return ledgers.rows_that(work, ledger, columns(work, figure), held, order, number, size)


def columns(work: UnitOfWork, figure: Figure) -> tuple[Column, ...]:
    """Give what the list behind a figure shows: the view it names, and in any case whose row it is and how it stands."""
    ledger = ledgers.definition(work, figure.ledger)
    view = ledgers.view_of(ledger, figure.view).columns
    further = [ledger.columns[name] for name in ("unit_name", "state") if name not in {column.id for column in view}]
    return (*view[:2], *further, *view[2:])


def units(work: UnitOfWork, pack: Pack, figure: Figure, side: Side) -> list[Standing]:
    """Give the units behind a figure."""
    wanted: dict[Side, tuple[bool, ...]] = {"part": (True,), "rest": (False,), "whole": (True, False)}
    return [one for one in standings(work, pack, figure) if one.counts in wanted[side]]
