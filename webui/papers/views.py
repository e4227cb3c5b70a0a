"""Taking papers away, printing them for signing, and looking at what came back."""

from base64 import b64encode
from io import BytesIO
from uuid import UUID

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine import documents, scans, snapshots, user_tasks
from engine.documents import Rendered, SigningSheet
from engine.persistence.work import UnitOfWork
from engine.scans import NoteMissing
from webui.i18n import translated
from webui.listing import here
from webui.navigation import Item
from webui.papers import offers, workbooks
from webui.papers.blueprint import bp
from webui.work import change, unit_of_work

PARTS = (workbooks,)
MENU = (Item("papers.offered", _l("Papers"), "printer", group=_l("Overview"), order=40, business=True),)


@bp.get("/")
def offered() -> ResponseReturnValue:
    """List the papers that the post may take, and take a code from a printed one."""
    with unit_of_work() as work:
        found = offers.outside(work)
    return render_template("papers/offered.html", offers=found)


@bp.get("/<document_id>")
def open(document_id: str) -> ResponseReturnValue:
    """Give a paper as a file; one for signing is frozen as it reads now and shown for printing, unless its file is asked for."""
    task_id, instance_id = request.args.get("task", type=UUID), request.args.get("instance", type=UUID)

    def made(work: UnitOfWork) -> Rendered | list[SigningSheet]:
        basis = offers.basis(work, document_id, task_id, instance_id, request.args.get("unit"))
        if documents.definition(work, document_id).kind == "signing" and not request.args.get("file"):
            return documents.signing(work, document_id, basis.variables, basis.instance_id)
        return documents.render(work, document_id, basis.variables, basis.instance_id)

    found = change(made)
    if isinstance(found, Rendered):
        return send_file(BytesIO(found.content), found.media_type, as_attachment=True, download_name=found.filename)
    back = url_for("tasks.show", task_id=task_id) if task_id else url_for(".offered")
    return render_template("papers/print.html", sheets=found, file=here(file=1), back=back)


@bp.get("/<document_id>/preview")
def preview(document_id: str) -> ResponseReturnValue:
    """Show a letter as it will look, page by page, or give it as PDF."""
    task_id, instance_id = request.args.get("task", type=UUID), request.args.get("instance", type=UUID)
    with unit_of_work() as work:
        basis = offers.basis(work, document_id, task_id, instance_id, request.args.get("unit"))
        name = documents.letter_named(work, document_id)
        if request.args.get("as") == "pdf":
            made = documents.as_pdf(work, document_id, basis.variables, basis.instance_id)
            return send_file(BytesIO(made.content), made.media_type, download_name=made.filename)
        pages = documents.as_pictures(work, document_id, basis.variables, basis.instance_id)
    asked = {key: value for key, value in request.args.items() if key != "as"}
    word = url_for(".open", document_id=document_id, **asked)
    pdf = url_for(".preview", document_id=document_id, **{**asked, "as": "pdf"})
    back = url_for("tasks.show", task_id=task_id) if task_id else url_for(".offered")
    pictures = [b64encode(page).decode() for page in pages]
    return render_template("papers/preview.html", name=name, pages=pictures, word=word, pdf=pdf, back=back)


@bp.get("/code")
def find() -> ResponseReturnValue:
    """Go to the list with the code that was typed off a paper."""
    with unit_of_work() as work:
        record = snapshots.find(work, request.args.get("code", ""))
    return redirect(url_for(".show", code=record.code))


@bp.get("/code/<code>")
def show(code: str) -> ResponseReturnValue:
    """Show a printed list as it was, and what changed since."""
    with unit_of_work() as work:
        record = snapshots.find(work, code)
        changes, sheet = snapshots.compare(work, record), documents.signing_sheet(work, record)
    return render_template("papers/show.html", sheet=sheet, changes=changes)


@bp.get("/code/<code>/print")
def print_again(code: str) -> ResponseReturnValue:
    """Show a printed list for printing once more, exactly as it was."""
    with unit_of_work() as work:
        sheet = documents.signing_sheet(work, snapshots.find(work, code))
    back = url_for(".show", code=sheet.code)
    return render_template("papers/print.html", sheets=[sheet], file="", back=back)


@bp.get("/check/<uuid:attachment_id>")
def check(attachment_id: UUID) -> ResponseReturnValue:
    """Say what the codes on a scan mean, before it is handed in."""
    task_id = request.args.get("task", type=UUID)
    with unit_of_work() as work:
        told = user_tasks.view(work, task_id).instance.variables if task_id else {}
        found = scans.look(work, attachment_id, told.get("unit"), told.get("snapshot_ledger"))
    template = "papers/_verdicts.html" if request.headers.get("HX-Request") else "papers/check.html"
    return render_template(template, checks=found)


@bp.get("/scans/<uuid:scan_id>")
def scan(scan_id: UUID) -> ResponseReturnValue:
    """Show what the check of a scan said, and ask for a decision where one is due."""
    with unit_of_work() as work:
        found = scans.get(work, scan_id)
    return render_template("papers/scan.html", check=found, note="", error="")


@bp.post("/scans/<uuid:scan_id>")
def decide(scan_id: UUID) -> ResponseReturnValue:
    """Accept a scan with a correction note, or send it back."""
    accept, note = request.form.get("decision") == "accept", request.form.get("note", "")
    try:
        change(lambda work: scans.decide(work, scan_id, accept, note))
    except NoteMissing as missing:
        with unit_of_work() as work:
            found = scans.get(work, scan_id)
        return render_template("papers/scan.html", check=found, note=note, error=translated(missing)), 422
    flash(_("The scan is accepted.") if accept else _("The scan is sent back."))
    return redirect(url_for(".scan", scan_id=scan_id))
