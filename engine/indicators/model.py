"""What a figure came to, and what it counted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from engine.packs import Figure, Indicator

Light = Literal["", "good", "near", "over"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as of now: *part* of *whole* was counted; *number* is None where there was nothing to count.

    *withheld* is a number so small that it would point at somebody.
    """

    figure: Figure
    part: int
    whole: int | None
    number: Decimal | None
    light: Light = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with the readings of its figures."""

    indicator: Indicator
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit that a figure looked at, and whether it *counts*; for milestones also which one, when due and when reached."""

    unit: str
    counts: bool
    milestone: str = ""
    due: date | None = None
    reached_on: date | None = None
