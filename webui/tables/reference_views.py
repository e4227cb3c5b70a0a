"""Reference tables: rows of text in an order that counts, edited as a grid."""

import csv
import io
import re

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.errors import EngineError, Problem
from engine.packs import writing
from engine.packs.kept import NO_NAMES, Names
from engine.persistence.work import UnitOfWork
from webui.i18n import translated
from webui.problems import said
from webui.sessions import needs_right
from webui.tables import books, sheets
from webui.tables.blueprint import RIGHT, bp
from webui.tables.grid import Column, Grid, typed
from webui.tables.sheets import Sheet
from webui.work import change, unit_of_work

LABELS = {
    "code": _l("Code"), "name": _l("Name"), "short_name": _l("Short name"), "type": _l("Type"), "level": _l("Level"),
    "parent": _l("Unit above"), "line_parent": _l("Unit above in the line"), "is_vertical": _l("Vertical"),
    "domains": _l("Fields"),
    "login": _l("Login"), "phone": _l("Phone"), "title": _l("Title"), "unit": _l("Unit"), "role": _l("Role"),
    "from": _l("From"), "to": _l("Until"), "source": _l("Source"), "text": _l("Text"), "date": _l("Date"), "short": _l("Short"),
}  # fmt: skip
ROW = re.compile(r"row (\d+)")
WIDEST = 40


@bp.route("/reference/<name>", methods=["GET", "POST"])
@needs_right(RIGHT)
def reference(name: str) -> ResponseReturnValue:
    """Show a reference table, or keep it as it was edited."""
    with unit_of_work() as work:
        sheet = sheets.sheet(work, _path(name))
        grid = as_grid(name, sheet.content, g.pack.names)
        found = sheets.problems(work, sheet.path) if sheet.is_draft else []
    if request.method == "GET":
        return _page(name, sheet, grid, found)
    grid.rows, grid.faults = typed(grid.name, grid.columns, request.form), {}
    data = writing.table(sheet.content, [column.id for column in grid.columns], grid.rows)
    try:
        change(lambda work: sheets.save(work, sheet.path, data))
    except EngineError as error:
        return _page(name, sheet, grid, [], translated(error)), 409 if error.kind == "conflict" else 422
    flash(_("The draft is saved."))
    return redirect(url_for(".reference", name=name))


@bp.get("/reference/<name>.xlsx")
@needs_right(RIGHT)
def reference_book(name: str) -> ResponseReturnValue:
    """Give a reference table as a workbook."""
    with unit_of_work() as work:
        names = g.pack.names
        return books.give(names.table(name), [as_grid(name, sheets.sheet(work, _path(name)).content, names)])


@bp.post("/reference/<name>/back")
@needs_right(RIGHT)
def reference_back(name: str) -> ResponseReturnValue:
    """Put a filled-in workbook into the grid; it is kept when that is confirmed."""
    with unit_of_work() as work:
        sheet = sheets.sheet(work, _path(name))
        grid = as_grid(name, sheet.content, g.pack.names)
        try:
            books.take(request.files["file"].stream, [grid])
        except EngineError as error:
            return _page(name, sheet, grid, [], translated(error)), 422
        data = writing.table(sheet.content, [column.id for column in grid.columns], grid.rows)
        return _page(name, sheet, grid, sheets.problems(work, sheet.path, data), brought=True)


def _path(name: str) -> str:
    return f"reference/{name}.csv"


def _page(name: str, sheet: Sheet, grid: Grid, found: list[Problem], error: str = "", brought: bool = False) -> str:
    other = _place(grid, found, sheet.path)
    return render_template(
        "tables/reference.html",
        name=name,
        called=g.pack.names.table(name),
        sheet=sheet,
        grid=grid,
        grids=[grid],
        other=other,
        error=error,
        brought=brought,
    )


def as_grid(name: str, content: bytes, names: Names = NO_NAMES) -> Grid:
    """Read a reference table as it stands; rows that do not fit its header are filled up or cut."""
    lines = [line for line in csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline="")) if line]
    header = lines[0] if lines else []
    rows = [[cell.strip() for cell in (line + [""] * len(header))[: len(header)]] for line in lines[1:]]
    headings = [_heading(id, names.column(name, id)) for id in header]
    columns = [
        Column(id, headings[place], width=_width(headings[place], [row[place] for row in rows]))
        for place, id in enumerate(header)
    ]
    return Grid("row", names.table(name), columns, rows)


def _heading(id: str, called: str = "") -> str:
    """Give what the pack calls a column, or what tables like it call it, beside the name that expressions know it by."""
    return f"{called or LABELS[id]} {id}" if called or id in LABELS else id


def _width(heading: str, cells: list[str]) -> int:
    """Give a width in characters that most cells fit in."""
    longest = sorted(len(cell.encode("gbk", errors="replace")) for cell in cells)
    usual = longest[len(longest) * 9 // 10] if longest else 8
    return min(WIDEST, max(usual, len(heading.encode("gbk", errors="replace")), 6))


def _place(grid: Grid, found: list[Problem], path: str) -> list[tuple[str, str, str]]:
    """Put each fault at its row and column; give those that belong elsewhere."""
    elsewhere = []
    for problem in found:
        row = ROW.fullmatch(problem.element or "")
        if problem.file == path and row and int(row[1]) - 2 in range(len(grid.rows)):
            grid.add_fault(int(row[1]) - 2, str(problem.facts.get("column", "")), said(problem))
        else:
            elsewhere.append(problem)
    return sheets.lines(elsewhere, path)


def counted(work: UnitOfWork, path: str) -> int:
    """Count the rows of a reference table."""
    return len(as_grid("", sheets.sheet(work, path).content).rows)
