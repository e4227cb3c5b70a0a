"""Lists as workbooks: taken away to be filled in offline, brought back, checked and saved when that is confirmed."""

from io import BytesIO
from uuid import UUID

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from engine import attachments, documents, ledgers
from engine.errors import EngineError
from engine.ledgers import Preview, Saving
from engine.ledgers.errors import NothingPasted
from engine.persistence.work import UnitOfWork
from webui.i18n import translated
from webui.ledgers.filtering import filter_of
from webui.ledgers.grant import Grant, grant
from webui.papers.blueprint import bp
from webui.work import change, unit_of_work


@bp.get("/ledgers/<ledger_id>")
def workbook(ledger_id: str) -> ResponseReturnValue:
    """Give a list as a workbook, narrowed as the page before it was."""
    with unit_of_work() as work:
        held = grant(work, ledger_id)
        made = documents.fillable(work, ledger_id, held.view_id, {**filter_of(request.args), **held.filter})
    return send_file(BytesIO(made.content), made.media_type, as_attachment=True, download_name=made.filename)


@bp.route("/ledgers/<ledger_id>/back", methods=["GET", "POST"])
def bring_back(ledger_id: str) -> ResponseReturnValue:
    """Take a filled-in workbook, show what it comes to, and save it when that is confirmed."""
    confirmed = request.form.get("confirm", "")
    if request.method == "GET":
        return _page(ledger_id)
    try:
        kept = request.form.get("kept", type=UUID) or change(lambda work: _keep(work, ledger_id))
        preview, saving = change(lambda work: _read(work, ledger_id, kept, confirmed))
    except EngineError as error:
        if error.kind == "forbidden":
            raise
        return _page(ledger_id, error=translated(error)), 422
    if saving is None or (saving.faults and confirmed != "partial"):
        return _page(ledger_id, preview, kept), 422 if preview.faults else 200
    flash(ngettext("One row is saved.", "%(num)s rows are saved.", len(saving.saved)))
    with unit_of_work() as work:
        return redirect(grant(work, ledger_id).back)


def _keep(work: UnitOfWork, ledger_id: str) -> UUID:
    """Keep the workbook between checking and saving."""
    grant(work, ledger_id).require()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise NothingPasted
    return attachments.store(work, sent.stream, sent.filename, field=f"workbook:{ledger_id}", accept=("xlsx",)).id


def _read(work: UnitOfWork, ledger_id: str, kept: UUID, confirmed: str) -> tuple[Preview, Saving | None]:
    held = grant(work, ledger_id)
    held.require()
    _record, stream = attachments.open_(work, kept)
    with stream:
        preview = documents.bring_back(work, ledger_id, stream, held.view_id, held.filter)
    if not confirmed:
        return preview, None
    return preview, ledgers.save_rows(work, ledger_id, preview.changes, held.filter, held.by_task, partial=confirmed == "partial")


def _page(ledger_id: str, preview: Preview | None = None, kept: UUID | None = None, error: str = "") -> str:
    with unit_of_work() as work:
        held = grant(work, ledger_id)
        held.require()
        view = ledgers.view_of(held.ledger, held.view_id)
    return render_template("papers/bring_back.html", held=held, view=view, preview=preview, kept=kept, error=error)


@bp.app_template_global()
def export_link(ledger_id: str, view_id: str) -> str:
    """Give where a list is to be had as a workbook, as narrowed as it is shown."""
    asked = {name: values for name, values in request.args.lists() if name not in ("page", "sort", "q", "view")}
    return url_for("papers.workbook", ledger_id=ledger_id, view=view_id, **asked)  # type: ignore[arg-type]


@bp.app_template_global()
def back_link(held: Grant) -> str:
    """Give where a workbook of a list is brought back."""
    return url_for("papers.bring_back", ledger_id=held.ledger.id, view=held.view_id or None, task=held.task_id)


@bp.app_template_global()
def workbook_link(held: Grant) -> str:
    """Give where the list of a task is to be had as a workbook."""
    return url_for("papers.workbook", ledger_id=held.ledger.id, view=held.view_id or None, task=held.task_id)
