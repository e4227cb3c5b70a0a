"""Indicators as a pack declares them: what is counted, in which words, from where on it is coloured, who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from engine.feel import Expression

Kind = Literal["count", "share", "average", "percentile", "oldest", "coverage", "without", "on_time"]
OF_ROWS: tuple[Kind, ...] = ("count", "share", "average", "percentile", "oldest")
OF_UNITS: tuple[Kind, ...] = ("coverage", "without")
KINDS: tuple[Kind, ...] = (*OF_ROWS, *OF_UNITS, "on_time")

Wanted = str | int | float | bool | Expression | tuple[object, ...] | Mapping[str, object]
RowFilter = Mapping[str, Wanted]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, computed with one question.

    count: rows of *ledger* that fit *filter*; share: those among the rows that fit *of*; average: of their *column*;
    percentile: the value of their *column* that *at* percent of them do not exceed, in proportion between two values;
    oldest: days since the earliest day in their *column*; coverage: units that have such a row, among all units;
    without: units that have none, counted once they reached one of *milestones*; on_time: milestones that units
    reached by their date, among those that are due.
    """

    name: str
    kind: Kind
    ledger: str = ""
    filter: RowFilter = field(default_factory=dict)
    of: RowFilter = field(default_factory=dict)
    column: str = ""
    at: int = 50
    view: str = ""
    milestones: tuple[str, ...] = ()
    unit_types: tuple[str, ...] = ()
    unit: str = ""
    target: Decimal | None = None
    better: Literal["high", "low"] = "high"
    near: Decimal | None = None
    over: Decimal | None = None
    nothing: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage of something."""
        return self.kind in ("share", "coverage", "on_time")


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a board shows under one code and one definition: one figure or a few that are read together.

    Of a restricted pool it shows no number that is smaller than *suppress_below* and not nought to whoever is not in the pool.
    """

    code: str
    name: str
    definition: str
    group: str
    figures: tuple[Figure, ...]
    roles: frozenset[str] = frozenset()
    source: str = ""
    tile: bool = False
    suppress_below: int = 0
