"""Indicators: the numbers a board shows, declared by a pack with their definition and computed by one question each.

All counts are asked at once. Every number can be opened: the list behind it is made of the same conditions, so that it holds
exactly what was counted.
"""

from engine.indicators.checking import check
from engine.indicators.computing import all_of, get, light, shut_by
from engine.indicators.drilling import Side, columns, figure_of, rows, sides, units
from engine.indicators.errors import NoSuchFigure, NoSuchIndicator
from engine.indicators.history import history, keep_day
from engine.indicators.model import Light, Measured, Reading, Standing

__all__ = [
    "Light", "Measured", "NoSuchFigure", "NoSuchIndicator", "Reading", "Side", "Standing", "all_of", "check", "columns",
    "figure_of", "get", "history", "keep_day", "light", "rows", "shut_by", "sides", "units",
]  # fmt: skip
