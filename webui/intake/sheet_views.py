"""Bringing in a list from a spreadsheet: the template, what each row says and lacks, and filing what is in order."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import attachments, definitions
from engine.errors import EngineError
from engine.intake import sheets
from engine.intake.sheets import Line
from engine.persistence.work import UnitOfWork
from webui import spreadsheet
from webui.i18n import translated
from webui.intake.blueprint import bp
from webui.work import change, unit_of_work


@bp.route("/intake/<process>/list", methods=["GET", "POST"])
def bring(process: str) -> ResponseReturnValue:
    """Ask for a list, show what is in it, file what is in order once that was confirmed."""
    with unit_of_work() as work:
        sheets.columns(work, process)
        name = definitions.active(work, process).row.name
    if request.method == "GET":
        return _page(process, name)
    kept = request.form.get("kept", type=UUID)
    try:
        if kept is None:
            kept = change(_keep)
        lines = _read(process, kept)
    except EngineError as refused:
        return _page(process, name, error=translated(refused)), 422
    if not request.form.get("confirmed"):
        return _page(process, name, lines=lines, kept=kept)
    return _file(process, name, [line for line in lines if not line.faults and not line.known], lines)


def _keep(work: UnitOfWork) -> UUID:
    """Keep the list while its bringer looks at what is in it."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise sheets.NotASheet
    sent.stream.seek(0)
    return attachments.store(work, sent.stream, sent.filename, accept=("xlsx",)).id


def _read(process: str, kept: UUID) -> list[Line]:
    with unit_of_work() as work:
        attachments.get(work, kept)
        _record, stream = attachments.open_(work, kept)
        with stream:
            return sheets.read(work, process, stream)


def _file(process: str, name: str, good: list[Line], lines: list[Line]) -> ResponseReturnValue:
    """File row by row: one that fails takes nothing of the others with it."""
    filed: dict[int, str] = {}
    for line in good:
        try:
            filed[line.number] = change(lambda work, line=line: sheets.file_line(work, process, line)).number  # type: ignore[misc]
        except EngineError as refused:
            line.faults[""] = refused
    return _page(process, name, lines=lines, filed=filed)


def _page(
    process: str, name: str, lines: list[Line] | None = None, kept: UUID | None = None, error: str = "",
    filed: dict[int, str] | None = None,
) -> str:  # fmt: skip
    good = sum(not line.faults and not line.known for line in lines or ())
    return render_template(
        "intake/list.html", process=process, name=name, lines=lines, kept=kept, error=error, filed=filed, good=good
    )


@bp.get("/intake/<process>/list.xlsx")
def template(process: str) -> ResponseReturnValue:
    """Give an empty list with the columns that are read."""
    with unit_of_work() as work:
        fields = sheets.columns(work, process)
        name = definitions.active(work, process).row.name
    titles = {field.label + (" *" if field.required else ""): 16.0 for field in fields}
    return spreadsheet.sent(_("%(name)s, list", name=name), titles, [])
