"""Packs: one campaign or procedure as data. Its processes, forms, people, deadlines and pages, in two folders of files.

Here a pack is read, checked as a whole with every problem named at once, and made into frozen values.
"""

from engine.packs.board import Board, Chart, Column, Filter, Tile
from engine.packs.figures import OF_ROWS, OF_UNITS, Figure, Indicator
from engine.packs.folders import available, files, read
from engine.packs.model import (
    HolidayYear,
    Identity,
    LadderStep,
    Light,
    Lights,
    Menu,
    Milestone,
    Pack,
    PackLacks,
    PackNotFound,
    PackProblem,
    PackRefused,
    Phrase,
    Role,
    Series,
    Sla,
    Stage,
)
from engine.packs.parsing import READ, parse

__all__ = [
    "OF_ROWS", "OF_UNITS", "READ", "Board", "Chart", "Column", "Figure", "Filter", "HolidayYear", "Identity", "Indicator",
    "LadderStep", "Light", "Lights", "Menu", "Milestone", "Pack", "PackLacks", "PackNotFound", "PackProblem", "PackRefused",
    "Phrase", "Role", "Series", "Sla", "Stage", "Tile", "available", "files", "parse", "read",
]  # fmt: skip
