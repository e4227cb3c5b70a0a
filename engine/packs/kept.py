"""What a pack says of where it keeps things: its dates besides milestones and stages, and what it is based on."""

from dataclasses import dataclass


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
