"""What a pack says of where it keeps things and what they are called: its dates, what it is based on, names of its tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dates:
    """Where the pack's dates are kept besides its milestones and stages: a variable of its processes, and reference tables."""

    variable: str = ""
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """Which ledger lists what the pack is based on, and how its papers say so: *before*, the *column* of each row, *between*."""

    ledger: str
    column: str
    before: str = ""
    between: str = ", "


@dataclass(frozen=True, slots=True)
class Names:
    """Names of tables, of columns wherever they stand, and of columns of one table."""

    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def table(self, table: str) -> str:
        """Give what people call a table; its own name where the pack says nothing."""
        return self.tables.get(table, table)

    def column(self, table: str, column: str) -> str:
        """Give what people call a column, or nothing."""
        return self.own.get(table, {}).get(column) or self.columns.get(column, "")


NO_NAMES = Names()
