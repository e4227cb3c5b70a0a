"""What the board says in sentences: the columns where units are late, the worst first."""

from collections.abc import Sequence
from typing import Any

from flask_babel import ngettext

from engine.packs import Column
from webui.campaign.board import Cell

MOST = 5
Row = tuple[Any, Sequence[Cell]]


def news(rows: Sequence[Row], columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Give sentences with where they lead."""
    found = []
    for position, column in enumerate(columns):
        for light in ("over", "near"):
            units = [
                (unit, cells[position])
                for unit, cells in rows
                if cells[position].light == light and _open(column, cells[position])
            ]
            if units:
                found.append((light, len(units), _sentence(column, light, units), units[0][1].href))
    found.sort(key=lambda one: (one[0] != "over", -one[1]))
    return [(text, href) for _light, _count, text, href in found[:MOST]]


def _open(column: Column, cell: Cell) -> bool:
    """Leave out what is late but done."""
    return not column.milestone or not cell.reached


def _sentence(column: Column, light: str, units: Sequence[tuple[Any, Cell]]) -> str:
    names = "、".join(unit.short_name or unit.name for unit, _cell in units[:3]) + ("…" if len(units) > 3 else "")
    if light == "over":
        return ngettext(
            "%(column)s: one unit is overdue (%(names)s)",
            "%(column)s: %(num)s units are overdue (%(names)s)",
            len(units),
            column=column.name,
            names=names,
        )
    return ngettext(
        "%(column)s: one unit is due soon (%(names)s)",
        "%(column)s: %(num)s units are due soon (%(names)s)",
        len(units),
        column=column.name,
        names=names,
    )
