"""The campaign page as a pack declares it: its columns, its counted tiles, its charts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Filter = Mapping[str, str | tuple[str, ...]]
CELL_LIGHTS = ("done", "normal", "near", "over", "none")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board: a milestone, a share of a ledger's rows, or what a unit's row says in one of its columns.

    *lights* are the colours of what a row says; *roles* who sees the column, everybody when there are none.
    """

    name: str
    milestone: str = ""
    ledger: str = ""
    filter: Filter = field(default_factory=dict)
    of: Filter = field(default_factory=dict)
    milestone_light: str = ""
    value: str = ""
    lights: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tile:
    """One counted number above the board."""

    name: str
    ledger: str
    filter: Filter = field(default_factory=dict)
    of: Filter | None = None
    note: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows of a ledger counted *by* one column, each bar split by another; sorted by length where *sort* says so.

    *span* gathers days: those of one week stand together, in the order of time.
    """

    name: str
    ledger: str
    by: str
    split: str = ""
    filter: Filter = field(default_factory=dict)
    sort: Literal["given", "longest"] = "given"
    span: Literal["", "day", "week"] = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The campaign page: which units, which columns, which numbers."""

    title: str
    process: str
    unit_types: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    tiles: tuple[Tile, ...] = ()
    charts: tuple[Chart, ...] = ()

    def columns_for(self, role: str) -> tuple[Column, ...]:
        """Give the columns this role sees, in order."""
        return tuple(column for column in self.columns if not column.roles or role in column.roles)
