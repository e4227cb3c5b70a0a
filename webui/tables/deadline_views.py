"""The table of deadlines and the ladder of reminders, edited as grids."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine.errors import EngineError, Problem
from webui.i18n import translated
from webui.sessions import needs_right
from webui.tables import books, deadline_table, sheets
from webui.tables.blueprint import RIGHT, bp
from webui.tables.grid import Grid, typed
from webui.tables.sheets import Sheet
from webui.work import change, unit_of_work

PATH = "pack.toml"


@bp.route("/deadlines", methods=["GET", "POST"])
@needs_right(RIGHT)
def deadlines() -> ResponseReturnValue:
    """Show the deadlines with their ladders, or keep them as they were edited."""
    with unit_of_work() as work:
        sheet = sheets.sheet(work, PATH)
        grids = deadline_table.grids(sheet.content)
        found = sheets.problems(work, PATH) if sheet.is_draft else []
    if request.method == "GET":
        return _page(sheet, grids, found)
    for grid in grids:
        grid.rows = typed(grid.name, grid.columns, request.form)
    data = deadline_table.written(sheet.content, *grids)
    if data is None:
        return _page(sheet, grids, [], _("Nothing is saved yet: put right what is marked.")), 422
    try:
        change(lambda work: sheets.save(work, PATH, data))
    except EngineError as error:
        return _page(sheet, grids, [], translated(error)), 409 if error.kind == "conflict" else 422
    flash(_("The draft is saved."))
    return redirect(url_for(".deadlines"))


@bp.get("/deadlines.xlsx")
@needs_right(RIGHT)
def deadlines_book() -> ResponseReturnValue:
    """Give both grids as a workbook."""
    with unit_of_work() as work:
        return books.give(_("Deadlines"), deadline_table.grids(sheets.sheet(work, PATH).content))


@bp.post("/deadlines/back")
@needs_right(RIGHT)
def deadlines_back() -> ResponseReturnValue:
    """Put a filled-in workbook into the grids; they are kept when that is confirmed."""
    with unit_of_work() as work:
        sheet = sheets.sheet(work, PATH)
        grids = deadline_table.grids(sheet.content)
        try:
            books.take(request.files["file"].stream, grids)
        except EngineError as error:
            return _page(sheet, grids, [], translated(error)), 422
        data = deadline_table.written(sheet.content, *grids)
        return _page(sheet, grids, sheets.problems(work, PATH, data) if data else [], brought=True)


def _page(sheet: Sheet, grids: tuple[Grid, Grid], found: list[Problem], error: str = "", brought: bool = False) -> str:
    other = sheets.lines(deadline_table.place(*grids, found), PATH)
    return render_template("tables/deadlines.html", sheet=sheet, grids=grids, other=other, error=error, brought=brought)
