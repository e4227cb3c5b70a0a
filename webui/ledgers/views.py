"""Lists, rows, pasting."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from engine import deployments, ledgers
from engine.errors import EngineError
from engine.ledgers import RowChange, Saving
from engine.persistence.work import UnitOfWork
from webui.files.views import take_in
from webui.form_view import FormView
from webui.i18n import translated
from webui.ledgers import filtering, grid, rows
from webui.ledgers.blueprint import bp
from webui.ledgers.grant import Grant, grant
from webui.listing import page_number
from webui.naming import unit_choices
from webui.tasks.desk import typed
from webui.work import change, unit_of_work

PARTS = (grid,)


@bp.get("/<ledger_id>")
def show(ledger_id: str) -> ResponseReturnValue:
    """Show a view of a ledger, as far as the post sees."""
    with unit_of_work() as work:
        held = grant(work, ledger_id)
        view = ledgers.view_of(held.ledger, held.view_id)
        sort = [request.args["sort"]] if request.args.get("sort") else []
        narrowed = filtering.filter_of(request.args)
        page = ledgers.rows(work, ledger_id, view.id, narrowed, sort, request.args.get("q", "").strip(), page_number())
        starts = next((row for row in deployments.startable(work) if row.process_id == view.start), None)
        states = [state for state in ledgers.tally(work, ledger_id, "state", narrowed) if state]
    return render_template(
        "ledgers/show.html",
        held=held,
        view=view,
        page=page,
        units=unit_choices(),
        states=states,
        starts=starts,
        narrowed=filtering.kept(request.args),
    )


@bp.route("/<ledger_id>/rows/new", methods=["GET", "POST"], defaults={"row_id": None})
@bp.route("/<ledger_id>/rows/<uuid:row_id>", methods=["GET", "POST"])
def row(ledger_id: str, row_id: UUID | None) -> ResponseReturnValue:
    """Show one row as a form, and save it."""
    if request.method == "GET":
        return _row_page(ledger_id, row_id)
    submitted = RowChange(typed(request.form), row_id, request.form.get("_revision", type=int), "_delete" in request.form)
    saving = change(lambda work: _save(work, ledger_id, [submitted]))
    if saving.faults:
        return _row_page(ledger_id, row_id, submitted, saving.faults[0])
    flash(_("The row is removed.") if submitted.delete else _("The row is saved."))
    return redirect(_back(ledger_id))


@bp.post("/<ledger_id>/files")
def upload(ledger_id: str) -> ResponseReturnValue:
    """Take in a file that was dropped on a row."""
    return take_in()


@bp.route("/<ledger_id>/paste", methods=["GET", "POST"])
def paste(ledger_id: str) -> ResponseReturnValue:
    """Read cells copied from a spreadsheet, show what they come to, and save them when that is confirmed."""
    text, confirmed = request.form.get("text", ""), request.form.get("confirm", "")
    if request.method == "GET":
        return _paste_page(ledger_id, text)
    try:
        preview, saving = change(lambda work: _read_cells(work, ledger_id, text, confirmed))
    except EngineError as error:
        if error.kind == "forbidden":
            raise
        return _paste_page(ledger_id, text, error=translated(error)), 422
    if saving is None or (saving.faults and confirmed != "partial"):
        return _paste_page(ledger_id, text, preview), 422 if preview.faults else 200
    flash(ngettext("One row is saved.", "%(num)s rows are saved.", len(saving.saved)))
    return redirect(_back(ledger_id))


def _read_cells(work: UnitOfWork, ledger_id: str, text: str, confirmed: str) -> tuple[ledgers.Preview, Saving | None]:
    held = grant(work, ledger_id)
    held.require()
    preview = ledgers.paste(work, ledger_id, text, held.view_id, held.filter)
    if not confirmed:
        return preview, None
    return preview, ledgers.save_rows(work, ledger_id, preview.changes, held.filter, held.by_task, partial=confirmed == "partial")


def _paste_page(ledger_id: str, text: str, preview: ledgers.Preview | None = None, error: str = "") -> str:
    with unit_of_work() as work:
        held = grant(work, ledger_id)
        held.require()
        view = ledgers.view_of(held.ledger, held.view_id)
    columns = ledgers.typed(held.ledger, view.columns)
    return render_template("ledgers/paste.html", held=held, view=view, columns=columns, text=text, preview=preview, error=error)


def _save(work: UnitOfWork, ledger_id: str, changes: list[RowChange]) -> Saving:
    held = grant(work, ledger_id)
    return ledgers.save_rows(work, ledger_id, changes, held.filter, held.by_task)


def _back(ledger_id: str) -> str:
    with unit_of_work() as work:
        held: Grant = grant(work, ledger_id)
    return (request.form.get("_again") and held.link("row", row_id=None)) or held.back


def _row_page(
    ledger_id: str, row_id: UUID | None, typed_in: RowChange | None = None, faults: dict[str, Any] | None = None
) -> ResponseReturnValue:
    with unit_of_work() as work:
        held = grant(work, ledger_id)
        found = rows.gather(work, held, row_id, typed_in, faults or {})
    form: FormView = found["view"]
    return render_template("ledgers/row.html", held=held, **found), 422 if form.show_errors else 200


@bp.app_template_global()
def row_link(held: Grant, row_id: UUID) -> str:
    """Give where a row of a list leads."""
    return url_for("ledgers.row", ledger_id=held.ledger.id, row_id=row_id, view=held.view_id or None, task=held.task_id)


@bp.app_template_global()
def lead_href(lead: ledgers.Lead) -> str:
    """Give where a cell leads: to a list that is narrowed to what its value came from."""
    return url_for("ledgers.show", ledger_id=lead.ledger, **filtering.address_of(lead.filter))  # type: ignore[arg-type]
