"""Rows from a spreadsheet: cells pasted as text, or a workbook that was exported here and filled in offline.

Nothing is saved before it has been shown: every fault names its row and its column.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from engine.errors import EngineError
from engine.forms.model import MANY_CHOICE, Field
from engine.ledgers import errors
from engine.ledgers.catalogue import definition
from engine.ledgers.editing import Prepared, RowChange, prepare
from engine.ledgers.model import Column, Ledger, View
from engine.ledgers.presenting import Presenter
from engine.ledgers.reading import Filter, presenter, view_of
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork

MOST_ROWS = 2_000
_SEPARATORS = re.compile(r"[、,，;；/\n]+")
_NUMBERED = re.compile(r"^\s*[(（]?\d+[)）.、．]\s*")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row as a spreadsheet has it: *number* is its row there, *cells* by column."""

    number: int
    cells: Mapping[str, str]
    id: UUID | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell: where it stands in the spreadsheet, and how to mend it."""

    row: int
    column: str
    label: str
    raw: str
    error: EngineError


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be saved: the rows as they came, the changes they mean, and every fault."""

    ledger: Ledger
    columns: tuple[Column, ...]
    rows: tuple[Incoming, ...]
    changes: tuple[RowChange, ...]
    faults: tuple[Fault, ...]
    created: int
    updated: int

    def fault_at(self, row: int, column: str) -> Fault | None:
        """Give the fault of one cell, or of the whole row under ""."""
        return next((fault for fault in self.faults if fault.row == row and fault.column == column), None)


def paste(work: UnitOfWork, ledger_id: str, text: str, view_id: str = "", list_filter: Filter | None = None) -> Preview:
    """Read cells copied from a spreadsheet and check them; ``save_rows`` with the preview's changes saves them."""
    ledger = definition(work, ledger_id)
    view = view_of(ledger, view_id)
    return preview(work, ledger, view, pasted_rows(ledger, view, text), list_filter or {})


def pasted_rows(ledger: Ledger, view: View, text: str) -> list[Incoming]:
    """Split pasted text into rows; a heading row tells the order of the columns."""
    order, body = _headed(ledger, text, MOST_ROWS)
    filled = [(number, line) for number, line in enumerate(body, 1) if _says(line)]
    if not filled:
        raise errors.NothingPasted
    order = order or _order(ledger, view, filled)
    return [Incoming(number, dict(zip(order, line, strict=False))) for number, line in filled]


def block(ledger: Ledger, view: View, text: str, column: str, most: int) -> list[dict[str, str] | None]:
    """Split cells pasted at a column of a view: they go on to the right; a blank line leaves its row as it is."""
    headings, body = _headed(ledger, text, most)
    names = [one.id for one in view.columns]
    order = headings or names[names.index(column) if column in names else 0 :]
    widest = max(map(len, body), default=0)
    if widest > len(order):
        raise errors.TooWide(cells=widest, columns=len(order))
    return [dict(zip(order, line, strict=False)) if _says(line) else None for line in body]


def _headed(ledger: Ledger, text: str, most: int) -> tuple[list[str], list[list[str]]]:
    """Read the lines, and the columns that a first line of headings names; that line is no row."""
    lines = list(csv.reader(io.StringIO(text.strip("\r\n"), newline=""), delimiter="\t"))
    if not any(map(_says, lines)):
        raise errors.NothingPasted
    first = next(number for number, line in enumerate(lines) if _says(line))
    order = _heading(ledger, lines[first])
    body = lines[first + 1 :] if order else lines
    if len(body) > most:
        raise errors.TooManyPasted(rows=len(body), most=most)
    return order, body


def _says(line: Sequence[str]) -> bool:
    return any(cell.strip() for cell in line)


def _heading(ledger: Ledger, line: Sequence[str]) -> list[str]:
    """Read the first row as headings if half of it are labels of columns."""
    labels = {_plain(column.label): column.id for column in ledger.columns.values()} | {
        _plain(name): name for name in ledger.columns
    }
    found = [labels.get(_plain(cell), "") for cell in line]
    said = [cell for cell in line if cell.strip()]
    if len([name for name in found if name]) * 2 < max(len(said), 2):
        return []
    unknown = [cell for cell, name in zip(line, found, strict=True) if cell.strip() and not name]
    if unknown:
        expected = "、".join(column.label for column in typed(ledger, tuple(ledger.columns.values())))
        raise errors.UnknownHeaders(names="、".join(unknown), expected=expected)
    return found


def _plain(label: str) -> str:
    return re.sub(r"[\s*＊:：]|[(（][^)）]*[)）]", "", unicodedata.normalize("NFKC", label))


def _order(ledger: Ledger, view: View, lines: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """Without headings the cells stand in the order of the view, with or without the columns nobody types."""
    every, own = [column.id for column in view.columns], [column.id for column in typed(ledger, view.columns)]
    widths = {len(line) for _, line in lines}
    if widths == {len(every)}:
        return every
    if max(widths) <= len(own):
        return own
    number, line = next((number, line) for number, line in lines if len(line) not in (len(every), len(own)))
    names = "、".join(column.label for column in typed(ledger, view.columns))
    raise errors.WrongWidth(row=number, cells=len(line), expected=len(own), names=names)


def typed(ledger: Ledger, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Give the columns that people type."""
    own = {"seq", "key", "list", "state", "unit_name", "updated_at"} | ({ledger.key} if ledger.numbering else set())
    return tuple(
        column for column in columns if column.field and not column.value and column.id not in own and _types(column.field)
    )


def _types(field: Field) -> bool:
    return field.kind not in ("filepicker", "expression")


def preview(work: UnitOfWork, ledger: Ledger, view: View, rows: Sequence[Incoming], list_filter: Filter) -> Preview:
    """Check incoming rows against the rows that are there, without saving; rows that say nothing new are left out."""
    known = _known(work, ledger, rows)
    worded = presenter(work, ledger)
    pairs = [(row, _change(ledger, worded, row, _match(ledger, row, known))) for row in rows]
    pairs = [(row, change) for row, change in pairs if change.submitted or change.id is None]
    rows, changes = [row for row, _ in pairs], [change for _, change in pairs]
    prepared = prepare(work, ledger, changes, list_filter)
    faults = [fault for position, row in enumerate(rows) for fault in _faults(ledger, row, prepared, position)]
    created = len([part for part in changes if part.id is None])
    columns = typed(ledger, view.columns)
    return Preview(ledger, columns, tuple(rows), tuple(changes), tuple(faults), created, len(changes) - created)


def _known(work: UnitOfWork, ledger: Ledger, rows: Sequence[Incoming]) -> dict[object, LedgerRecord]:
    keys = work.ledger_rows.known_keys(ledger.id, {_key_of(ledger, row) for row in rows} - {""})
    found = work.ledger_rows.get_many(ledger.id, {*keys.values(), *(row.id for row in rows if row.id)})
    by_id: dict[object, LedgerRecord] = dict(found.items())
    return by_id | {record.business_key: record for record in found.values()}


def _key_of(ledger: Ledger, row: Incoming) -> str:
    return (row.cells.get(ledger.key) or row.cells.get("key") or "").strip()


def _match(ledger: Ledger, row: Incoming, known: Mapping[object, LedgerRecord]) -> LedgerRecord | None:
    """Find the row meant by an incoming one: by its own key, else by its business key."""
    if row.id in known:
        return known[row.id]
    return known.get(_key_of(ledger, row)) if ledger.numbering or ledger.key != "key" else None


def _change(ledger: Ledger, worded: Presenter, row: Incoming, record: LedgerRecord | None) -> RowChange:
    """Read the cells; what reads as it did when it was exported stays as it is stored."""
    context = worded.context(record) if record else {}
    submitted: dict[str, list[str]] = {}
    for column in typed(ledger, tuple(ledger.columns.values())):
        raw = row.cells.get(column.id)
        if raw is None or column.field is None or (record and raw.strip() == worded.cell(column, context).strip()):
            continue
        submitted |= texts(column.field, raw)
    return RowChange(submitted, record.id if record else None, row.revision if record else None)


def texts(field: Field, raw: str) -> dict[str, list[str]]:
    """Write one cell the way a browser would submit it."""
    text = raw.strip()
    if field.kind in MANY_CHOICE:
        return {field.key: [part.strip() for part in _SEPARATORS.split(text) if part.strip()]}
    if field.kind == "dynamiclist":
        first = next((part for part in field.fields() if part.kind in ("textfield", "textarea")), None)
        lines = [_NUMBERED.sub("", line).strip() for line in text.splitlines() if line.strip()]
        cells = {f"{field.key}.{number}.{first.key}": [line] for number, line in enumerate(lines)} if first else {}
        return {field.key: [""], **cells}
    return {field.key: [text]}


def _faults(ledger: Ledger, row: Incoming, prepared: Prepared, position: int) -> list[Fault]:
    found = []
    for name, error in prepared.faults.get(position, {}).items():
        column = ledger.columns.get(name) or ledger.columns.get(name.split(".", 1)[0])
        raw = row.cells.get(column.id, "") if column else ""
        found.append(Fault(row.number, column.id if column else "", column.label if column else "", raw, error))
    return found
