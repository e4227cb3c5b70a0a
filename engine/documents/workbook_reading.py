"""Bringing a workbook back: one that was exported here and filled in offline becomes a preview of changes."""

import json
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO
from uuid import UUID

from engine import ledgers
from engine.documents.workbook import LIST, META
from engine.ledgers.errors import NothingPasted, NotOurWorkbook, OutdatedWorkbook, TooManyPasted
from engine.ledgers.intake import MOST_ROWS, Incoming, Preview
from engine.ledgers.model import Ledger
from engine.persistence.work import UnitOfWork

_LAST_ROW = 20_000


def bring_back(
    work: UnitOfWork, ledger_id: str, stream: BinaryIO, view_id: str = "", list_filter: Mapping[str, Any] | None = None
) -> Preview:
    """Read a filled-in workbook and check its rows; nothing is saved, and rows missing in it stay as they are."""
    from openpyxl import load_workbook  # slow to import, seldom needed
    from openpyxl.utils.exceptions import InvalidFileException

    ledger = ledgers.definition(work, ledger_id)
    view = ledgers.view_of(ledger, view_id)
    try:
        book = load_workbook(stream, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise NotOurWorkbook from None
    meta = _meta(book, ledger)
    return ledgers.preview(work, ledger, view, _rows(book[LIST], meta), list_filter or {})


def _meta(book: Any, ledger: Ledger) -> dict[str, Any]:
    """Read the hidden sheet; a workbook of another list or of an older layout is refused."""
    try:
        meta: dict[str, Any] = json.loads(book[META]["A1"].value)
        known = meta["ledger"] == ledger.id and LIST in book.sheetnames and isinstance(meta["columns"], list)
    except (KeyError, TypeError, ValueError):
        raise NotOurWorkbook from None
    if not known:
        raise NotOurWorkbook
    if meta["version"] != ledger.version:
        raise OutdatedWorkbook
    return meta


def _rows(sheet: Any, meta: Mapping[str, Any]) -> list[Incoming]:
    names, first = meta["columns"], int(meta["first_row"])
    found: list[Incoming] = []
    for number, cells in enumerate(
        sheet.iter_rows(min_row=first, max_row=_LAST_ROW, max_col=len(names) + 1, values_only=True), first
    ):
        texts = {name: _text(value) for name, value in zip(names, cells, strict=False)}
        mark = str(cells[len(names)] or "") if len(cells) > len(names) else ""
        row_id, revision = _mark(mark)
        said = {name: text for name, text in texts.items() if name != "seq" and text}
        if row_id is None and (not said or _is_foot(texts, names)):
            continue
        found.append(Incoming(number, texts, row_id, revision))
    if not found:
        raise NothingPasted
    if len(found) > MOST_ROWS:
        raise TooManyPasted(rows=len(found), most=MOST_ROWS)
    return _once(found)


def _is_foot(texts: Mapping[str, str], names: list[str]) -> bool:
    """Tell a foot line, a note or the totals from a row: only a merged first cell, or the word 合计."""
    filled = [name for name in names if texts[name]]
    return texts[names[0]] == "合计" or (filled[:1] == names[:1] and len(filled) <= 3 and not texts[names[0]].isdecimal())


def _mark(text: str) -> tuple[UUID | None, int | None]:
    key, _, revision = text.partition(":")
    try:
        return UUID(key), int(revision)
    except ValueError:
        return None, None


def _once(rows: list[Incoming]) -> list[Incoming]:
    """A row that was copied within the sheet carries its neighbour's mark: only the first one is that row."""
    seen: set[UUID] = set()
    found = []
    for row in rows:
        copied = row.id in seen
        if row.id:
            seen.add(row.id)
        found.append(Incoming(row.number, row.cells, None, None) if copied else row)
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
