"""Forms: composed in the browser, shown as the server will show them, checked by the engine's own reading."""

from collections import defaultdict

from flask import render_template
from flask.typing import ResponseReturnValue

from engine import definitions, forms
from engine.errors import EngineError
from engine.feel import Environment, FeelError
from engine.forms import Form
from engine.packs import PackRefused
from engine.persistence.work import UnitOfWork
from webui.form_view import FormView, view
from webui.problems import said
from webui.sessions import needs_right
from webui.tables import sheets
from webui.tables.blueprint import RIGHT, bp
from webui.tables.file_views import content
from webui.work import unit_of_work


@bp.get("/forms/<path:path>")
@needs_right(RIGHT)
def form(path: str) -> ResponseReturnValue:
    """Show a form in its editor."""
    with unit_of_work() as work:
        sheet = sheets.sheet(work, path)
        uses = used_by(work)
    read = forms.read({path: sheet.content}).forms
    return render_template("tables/form.html", sheet=sheet, uses=[name for key in read for name in uses[key]])


@bp.post("/preview/<path:path>")
@needs_right(RIGHT)
def preview(path: str) -> ResponseReturnValue:
    """Show the form on the screen as whoever fills it in will see it; nothing typed into it is kept."""
    data = content()
    reading = forms.read({path: data})
    if reading.problems or not reading.forms:
        return render_template("tables/_preview.html", view=None, unread=[said(problem) for problem in reading.problems]), 422
    [found] = reading.forms.values()
    with unit_of_work() as work:
        try:
            shown: FormView | None = _shown(work, path, data, found)
            failure = ""
        except (FeelError, EngineError) as error:
            shown, failure = None, str(error)
    return render_template("tables/_preview.html", view=shown, unread=[failure] if failure else [])


def _shown(work: UnitOfWork, path: str, data: bytes, found: Form) -> FormView:
    now = work.now
    try:
        functions = definitions.functions_of(sheets.files(work, {path: data}))
    except PackRefused:
        functions = definitions.functions_of({})
    return view(found, {}, Environment(lambda: now, functions))


def used_by(work: UnitOfWork) -> dict[str, list[str]]:
    """Name the steps that show each form, in the processes that are started now."""
    uses: dict[str, list[str]] = defaultdict(list)
    for row in work.definitions.active():
        for element in definitions.active(work, row.process_id).process.elements.values():
            if element.form_id is not None and element.form_id.text:
                uses[element.form_id.text].append(element.name or row.name)
    return uses
