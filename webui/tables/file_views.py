"""What an editor in the browser asks for while a file is drawn: the file, a check of what is on the screen, keeping it."""

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import changes, versions
from engine.errors import EngineError
from engine.persistence.work import UnitOfWork
from webui.i18n import translated
from webui.sessions import needs_right
from webui.tables import sheets
from webui.tables.blueprint import RIGHT, bp
from webui.work import change, unit_of_work

KINDS = {".dmn": "application/xml", ".form": "application/json"}


@bp.get("/file/<path:path>")
@needs_right(RIGHT)
def file(path: str) -> ResponseReturnValue:
    """Give a decision file or a form as one's draft has it."""
    kind = _kind(path)
    with unit_of_work() as work:
        return Response(sheets.sheet(work, path).content, mimetype=kind)


@bp.post("/check/<path:path>")
@needs_right(RIGHT)
def check(path: str) -> ResponseReturnValue:
    """Say what the engine finds wrong with what is on the screen; nothing is kept."""
    _kind(path)
    with unit_of_work() as work:
        return _complaints(work, path, content())


@bp.post("/save/<path:path>")
@needs_right(RIGHT)
def save(path: str) -> ResponseReturnValue:
    """Keep what is on the screen as a draft, faults and all: only its publication needs it to be right."""
    _kind(path)
    try:
        kept = change(lambda work: sheets.save(work, path, content()))
    except EngineError as error:
        status = 409 if error.kind == "conflict" else 422
        return render_template("tables/_complaints.html", lines=[("", "", translated(error))]), status
    with unit_of_work() as work:
        response = Response(_complaints(work, path, kept.content), mimetype="text/html")
    response.headers["X-Revision"] = str(kept.revision)
    return response


@bp.get("/open/<path:path>")
@needs_right(RIGHT)
def open(path: str) -> ResponseReturnValue:
    """Go where a file of the pack is edited."""
    if path.endswith(".dmn"):
        return redirect(url_for(".decision", path=path))
    if path.endswith(".form"):
        return redirect(url_for(".form", path=path))
    if path.startswith("reference/") and path.endswith(".csv"):
        return redirect(url_for(".reference", name=path.removeprefix("reference/").removesuffix(".csv")))
    return redirect(url_for(".deadlines") if path == "pack.toml" else url_for(".index"))


@bp.post("/settle/<path:path>")
@needs_right(RIGHT)
def settle(path: str) -> ResponseReturnValue:
    """Let my draft hold over what was published meanwhile."""
    change(lambda work: changes.settle(work, g.pack.key, path))
    flash(_("Your draft now stands on what is in force."))
    return open(path)


@bp.post("/discard/<path:path>")
@needs_right(RIGHT)
def discard(path: str) -> ResponseReturnValue:
    """Throw my draft of a file away."""
    change(lambda work: changes.discard(work, g.pack.key, path))
    flash(_("Your draft is discarded."))
    with unit_of_work() as work:
        published = path in versions.files(work, g.pack.key)
    return open(path) if published else redirect(url_for(".index"))


def content() -> bytes:
    """Give the file that the page sends, with the line ends that files here have."""
    return request.form.get("content", "").replace("\r\n", "\n").encode()


def _kind(path: str) -> str:
    suffix = path[path.rfind(".") :] if "." in path else ""
    if suffix not in KINDS:
        abort(404)
    return KINDS[suffix]


def _complaints(work: UnitOfWork, path: str, data: bytes) -> str:
    return render_template("tables/_complaints.html", lines=sheets.lines(sheets.problems(work, path, data), path))
