"""A record stood upright: each column of a view becomes a line, for records with more figures than a page is wide.

Several records become one: their figures are added up, and what is computed is computed from the sums.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from engine.forms.model import look_up
from engine.ledgers.model import Column, Sheet
from engine.ledgers.presenting import Presenter
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.punctuation import full_width

NUMBER, HEADING, NAME, MEASURE, FIGURE = "seq", "heading", "name", "measure", "figure"
WIDTHS = {NUMBER: 6.0, HEADING: 20.0, NAME: 44.0, MEASURE: 10.0, FIGURE: 16.0}
ALIGNED = {NUMBER: "center", HEADING: "left", NAME: "left", MEASURE: "center", FIGURE: "right"}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a record: its cells, and the number behind the last of them."""

    id: str
    cells: dict[str, str]
    values: dict[str, object]


def lines(worded: Presenter, sheet: Sheet, columns: Sequence[Column], found: Sequence[LedgerRecord]) -> list[Line]:
    """Give the lines that the records come to; none without a record."""
    if not found:
        return []
    record = found[0] if len(found) == 1 else added_up(columns, found)
    headings = {name: group.label for group in sheet.groups for name in group.columns}
    context = worded.context(record)
    return [_line(worded, column, headings.get(column.id, ""), record, context, n) for n, column in enumerate(columns, 1)]


def added_up(columns: Sequence[Column], found: Sequence[LedgerRecord]) -> LedgerRecord:
    """Give one record with the sums of the columns that can be summed; it has none of the others."""
    summed = [column.id for column in columns if column.total]
    sums = {name: _sum([record.values.get(name) for record in found]) for name in summed}
    return replace(found[0], business_key="", unit="", state="", values=sums)


def _sum(values: Sequence[object]) -> int | Decimal:
    total = sum((Decimal(str(value or 0)) for value in values), Decimal(0))
    return int(total) if total == total.to_integral_value() else total


def _line(
    worded: Presenter, column: Column, heading: str, record: LedgerRecord, context: Mapping[str, object], number: int
) -> Line:
    value = None if column.value or column.show or column.kind != "number" else look_up(context, column.id)
    cells = {
        NUMBER: str(number),
        HEADING: full_width(heading),
        NAME: full_width(column.label),
        MEASURE: column.field.unit if column.field else "",
        FIGURE: worded.cell(column, context),
    }
    return Line(f"{record.id}/{column.id}", cells, {} if value is None else {FIGURE: value})
