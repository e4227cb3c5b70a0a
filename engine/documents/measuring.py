"""How much room a text takes: a Chinese character is two wide, lines break at the column's edge."""

import math
import unicodedata
from collections.abc import Iterable

_HIGHEST = 409.0
# a Chinese character of 11 pt is a little wider than two of the digits that columns are measured in
_FIT = 0.95
_LEAST = 26.0


def width(text: str) -> int:
    """Give the width of a line in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def lines(text: str, room: float) -> int:
    """Count the lines a text takes in a column of this width."""
    return sum(max(1, math.ceil(width(line) / _fit(line, room))) for line in text.split("\n"))


def _fit(line: str, room: float) -> float:
    """Give how much of a line stands side by side; no half of a Chinese character does."""
    fit = max(room * _FIT - 1, 1)
    return fit if line.isascii() else max(fit // 2 * 2, 2)


def row_height(cells: Iterable[tuple[str, float]], line_height: float) -> float:
    """Give the height at which every (text, column width) of a row is read in full."""
    most = max((lines(text, room) for text, room in cells), default=1)
    return min(_HIGHEST, max(_LEAST, most * line_height + 8))
