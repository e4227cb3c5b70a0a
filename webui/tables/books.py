"""Grids as workbooks: taken away, filled in, and brought back onto the page before anything is kept."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO

from flask import send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine.errors import EngineError
from webui.spreadsheet import XLSX, taken
from webui.tables.grid import MOST_ROWS, Grid

TITLE = 31
HEAD = "F0F3F7"


class NotAWorkbook(EngineError):
    """This is not an Excel workbook (.xlsx). Save it as one and bring it again."""


class SheetMissing(EngineError):
    """The workbook has no sheet {sheet}. Take the workbook from this page and fill that in."""


class ColumnMissing(EngineError):
    """The sheet {sheet} has no column {columns}. Its first row must hold the headings."""


class TooManyRows(EngineError):
    """The sheet {sheet} has more than {most} rows."""


def give(name: str, grids: Sequence[Grid]) -> ResponseReturnValue:
    """Send grids as a workbook, a sheet each; everything is text, so that codes and dates stay as they are."""
    from openpyxl import Workbook  # slow to import, seldom needed
    from openpyxl.styles import Font, PatternFill

    book = Workbook()
    book.remove(book.active)
    mark = taken(name, sum(len(grid.rows) for grid in grids))
    for grid in grids:
        page = book.create_sheet(str(grid.title)[:TITLE])
        page.append([str(column.heading) for column in grid.columns])
        for row in grid.rows:
            page.append([_shown(text, column.options) for text, column in zip(row, grid.columns, strict=True)])
        for number, column in enumerate(grid.columns, start=1):
            page.cell(1, number).font, page.cell(1, number).fill = Font(bold=True), PatternFill("solid", HEAD)
            page.column_dimensions[page.cell(1, number).column_letter].width = min(60, column.width + 4)
        for cell in (cell for line in page.iter_rows() for cell in line):
            cell.number_format, cell.data_type = "@", "s"
        page.freeze_panes, page.oddHeader.right.text = "A2", mark
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return send_file(stream, XLSX, as_attachment=True, download_name=f"{name}.xlsx")


def take(stream: BinaryIO, grids: Sequence[Grid]) -> None:
    """Put the rows of a workbook into the grids; what cannot be read in a cell is a fault at its row and column."""
    from openpyxl import load_workbook  # slow to import, seldom needed
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(stream, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError):
        raise NotAWorkbook from None
    for grid in grids:
        title = str(grid.title)[:TITLE]
        if title not in book.sheetnames and len(grids) > 1:
            raise SheetMissing(sheet=title)
        _read(grid, book[title] if title in book.sheetnames else book.worksheets[0])


def _read(grid: Grid, page: Any) -> None:
    lines = page.iter_rows(max_row=MOST_ROWS + 2)
    head = [_text(cell.value) for cell in next(lines, ())]
    places = [
        next((head.index(name) for name in (str(column.heading), column.id) if name in head), None) for column in grid.columns
    ]
    missing = [str(column.heading) for column, place in zip(grid.columns, places, strict=True) if place is None]
    if missing:
        raise ColumnMissing(sheet=page.title, columns="、".join(missing))
    grid.rows, grid.faults = [], {}
    for line in lines:
        cells = [line[place] for place in places if place is not None]
        if not any(_text(cell.value) for cell in cells):
            continue
        if len(grid.rows) == MOST_ROWS:
            raise TooManyRows(sheet=page.title, most=MOST_ROWS)
        grid.rows.append([_entered(_text(cell.value), column.options) for cell, column in zip(cells, grid.columns, strict=True)])
        for cell, column in zip(cells, grid.columns, strict=True):
            if cell.data_type == "e":
                told = _("Cell %(cell)s of the workbook holds the error %(text)s.", cell=cell.coordinate, text=cell.value)
                grid.add_fault(len(grid.rows) - 1, column.id, told)


def _shown(text: str, options: Sequence[tuple[str, str]]) -> str:
    return next((str(label) for value, label in options if value == text), text)


def _entered(text: str, options: Sequence[tuple[str, str]]) -> str:
    """Take what a workbook holds for a choice by its value or by its word."""
    return next((value for value, label in options if text in (value, str(label))), text)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
