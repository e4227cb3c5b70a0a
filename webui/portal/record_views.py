"""Following a record: opening it, how far it has come, what can still be done, papers to take along."""

import time
from uuid import UUID

from flask import flash, redirect, request, send_file, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import ledgers, public_face
from engine.packs.public import NotPublic
from engine.persistence.work import UnitOfWork
from engine.public_face import Draft
from webui.form_view import view
from webui.i18n import translated
from webui.portal.blueprint import address, change, page, reading, shown, take_files
from webui.tasks.desk import typed

OPEN_FOR = 30 * 60


@page("/progress/<code>", "GET", "POST")
def open_(pack: str, code: str) -> ResponseReturnValue:
    """Ask for number, code and the end of the telephone number, and open the record."""
    given = {name: request.values.get(name, "") for name in ("number", "secret", "tail")}
    with reading(pack) as work:
        record = public_face.face(work, pack).record(code)
    if request.method == "GET":
        return shown("open", pack, record=record, given=given, refusal="")
    found = change(pack, lambda work: public_face.open_record(work, pack, code, **given, address=address()))
    if found.refusal:
        status = 429 if isinstance(found.refusal, public_face.TooOften) else 422
        return shown("open", pack, status, record=record, given=given, refusal=translated(found.refusal))
    session["portal_open"] = {"record": f"{pack}/{code}", "number": found.number, "until": time.time() + OPEN_FOR}
    return redirect(url_for(".record", pack=pack, code=code))


def number_opened(pack: str, code: str) -> str:
    """Give the number of the record that this browser has opened, if that is not too long ago."""
    found = session.get("portal_open") or {}
    known = found.get("record") == f"{pack}/{code}" and found.get("until", 0) > time.time()
    return str(found["number"]) if known else ""


@page("/record/<code>")
def record(pack: str, code: str) -> ResponseReturnValue:
    """Show how far it has come."""
    number = number_opened(pack, code)
    if not number:
        return redirect(url_for(".open_", pack=pack, code=code))
    with reading(pack) as work:
        found = public_face.progress(work, pack, code, number)
    return shown("record", pack, progress=found)


@page("/record/<code>/close", "POST")
def close(pack: str, code: str) -> ResponseReturnValue:
    """Close the record, as one does in a public place."""
    session.pop("portal_open", None)
    return redirect(url_for(".index", pack=pack))


@page("/record/<code>/paper/<uuid:key>")
def paper(pack: str, code: str, key: UUID) -> ResponseReturnValue:
    """Give a paper."""
    number = number_opened(pack, code)
    if not number:
        return redirect(url_for(".open_", pack=pack, code=code))
    with reading(pack) as work:
        file, stream = public_face.paper(work, pack, code, number, key)
    return send_file(stream, file.media_type, as_attachment=True, download_name=file.name)


@page("/record/<code>/<action>", "GET", "POST")
def act(pack: str, code: str, action: str) -> ResponseReturnValue:
    """Show the form of something that can be done, or do it."""
    number = number_opened(pack, code)
    if not number:
        return redirect(url_for(".open_", pack=pack, code=code))
    with reading(pack) as work:
        record, what, form = public_face.form_of(work, pack, code, action)
        if what not in public_face.possible(work, record, number):
            raise public_face.NotNow
        found = view(form, {}, ledgers.environment(work, pack), {} if request.method == "POST" else None)
    if request.method == "GET":
        return shown("act", pack, record=record, action=what, view=found, refusals=[], start=_limits(pack, code))
    return _do(pack, code, number, action)


def _do(pack: str, code: str, number: str, action: str) -> ResponseReturnValue:
    """Send it, or show the form again as it was typed."""
    start = _limits(pack, code)

    def send(work: UnitOfWork) -> tuple[Draft, list[str], bool]:
        kept = Draft(typed(request.form))
        refusals = take_files(work, start, public_face.form_of(work, pack, code, action)[2], kept)
        return kept, refusals, not refusals and public_face.act(work, pack, code, number, action, kept).done

    kept, refusals, done = change(pack, send)
    with reading(pack) as work:
        record, what, form = public_face.form_of(work, pack, code, action)
        again = view(form, {}, ledgers.environment(work, pack), kept.raw, kept.files)
    if not done:
        again.show_errors = True
        return shown("act", pack, 422, record=record, action=what, view=again, refusals=refusals, start=start)
    flash(what.done or _("It has been received."))
    return redirect(url_for(".record", pack=pack, code=code))


def _limits(pack: str, code: str) -> public_face.PublicStart:
    """Give the start whose records these are: it says how many files and how large."""
    with reading(pack) as work:
        found = next((start for start in public_face.face(work, pack).starts if start.record == code), None)
    if found is None:
        raise NotPublic
    return found
