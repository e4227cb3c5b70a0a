"""Filing in four steps: what to know, filling in screen by screen, looking it through, the receipt."""

from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import public_face
from engine.errors import EngineError
from engine.forms.model import Form
from engine.packs.public import PublicStart
from engine.persistence.work import UnitOfWork
from engine.public_face import Draft
from webui.errors import answer
from webui.form_view import FormView, view
from webui.formatting import clock
from webui.i18n import translated
from webui.portal import questions, receipt_page
from webui.portal.blueprint import address, change, page, reading, shown, take_files, token
from webui.portal.screens import answers, errors_on, merged, screens
from webui.tasks.desk import typed

BACK, REMOVE = "_back", "_remove"


def place(pack: str, code: str) -> str:
    """Name the place of a draft."""
    return f"{pack}/{code}"


def opened(work: UnitOfWork, pack: str, code: str, kept: Draft | None = None) -> tuple[PublicStart, Form, Draft, FormView]:
    """Give what is public under a code, with what this browser typed there."""
    start, definition, form = public_face.start_form(work, pack, code)
    kept = kept or public_face.draft(work, token(), place(pack, code))
    return start, form, kept, view(form, {}, definition.at(work.now), kept.raw, kept.files)


@page("/file/<code>/", "GET", "POST")
def notice(pack: str, code: str) -> ResponseReturnValue:
    """Say what is taken here and what becomes of it; whoever has read it goes on."""
    with reading(pack) as work:
        start, form, kept, found = opened(work, pack, code)
        first = view(form, {}, found.environment).bound.raw
    if kept.is_filed and request.method == "POST":
        kept = Draft()
    if request.method == "GET" or not request.form.get("agreed"):
        missed = request.method == "POST"
        return shown("notice", pack, 422 if missed else 200, start=start, kept=kept, missed=missed)
    kept.agreed, kept.raw = True, kept.raw or first
    change(pack, lambda work: public_face.keep(work, token(), place(pack, code), kept))
    return redirect(url_for(".fill", pack=pack, code=code, number=1))


@page("/file/<code>/<int:number>", "GET", "POST")
def fill(pack: str, code: str, number: int) -> ResponseReturnValue:
    """Show one screen of the form, or take it and go on to the next."""
    with reading(pack) as work:
        start, _form, kept, found = opened(work, pack, code)
    if not kept.agreed or kept.is_filed:
        return redirect(url_for(".receipt" if kept.is_filed else ".notice", pack=pack, code=code))
    number = min(max(number, 1), len(screens(found)))
    if request.method == "GET":
        found.show_errors = bool(request.args.get("wrong"))
        return _screen(pack, start, found, number)
    refusals = change(pack, lambda work: _take(work, pack, code, number))
    with reading(pack) as work:
        found = opened(work, pack, code)[3]
    return _onward(pack, start, found, number, refusals)


def _onward(pack: str, start: PublicStart, found: FormView, number: int, refusals: list[str]) -> ResponseReturnValue:
    """Go back, stay where something is wrong, or go on."""
    if BACK in request.form and not refusals:
        return redirect(url_for(".fill", pack=pack, code=start.code, number=number - 1) if number > 1 else _first(pack, start))
    found.show_errors = REMOVE not in request.form
    here = screens(found)[min(number, len(screens(found))) - 1]
    if refusals or REMOVE in request.form or errors_on(found, here):
        return _screen(pack, start, found, number, refusals)
    if number >= len(screens(found)):
        return redirect(url_for(".check", pack=pack, code=start.code))
    return redirect(url_for(".fill", pack=pack, code=start.code, number=number + 1))


def _first(pack: str, start: PublicStart) -> str:
    return url_for(".notice", pack=pack, code=start.code)


def _screen(
    pack: str, start: PublicStart, found: FormView, number: int, refusals: list[str] | None = None
) -> ResponseReturnValue:
    cut = screens(found)
    here = cut[min(number, len(cut)) - 1]
    wrong = errors_on(found, here) if found.show_errors else []
    status = 422 if request.method == "POST" and (wrong or refusals) else 200
    return shown("fill", pack, status, start=start, screen=here, most=len(cut), wrong=wrong, refusals=refusals)


def _take(work: UnitOfWork, pack: str, code: str, number: int) -> list[str]:
    """Put what was sent into the draft, files that came along too; say which files were refused and why."""
    start, form, kept, found = opened(work, pack, code)
    kept.raw = merged(kept.raw, screens(found)[number - 1], typed(request.form))
    for key in request.form.getlist(REMOVE):
        public_face.detach(work, kept, key)
    refusals = take_files(work, start, form, kept)
    _reconcile(work, kept)
    public_face.keep(work, token(), place(pack, code), kept)
    return refusals


def _reconcile(work: UnitOfWork, kept: Draft) -> None:
    """Let go of files that are no longer named."""
    named = {text for texts in kept.raw.values() for text in texts}
    for key in [key for key in kept.files if key not in named]:
        public_face.detach(work, kept, key)


@page("/file/<code>/<int:number>/save", "POST")
def save(pack: str, code: str, number: int) -> ResponseReturnValue:
    """Keep what is being typed, and say which questions follow from it."""
    posted = typed(request.form)

    def keep(work: UnitOfWork) -> tuple[list[str], Any]:
        _start, _form, kept, found = opened(work, pack, code)
        if kept.agreed and not kept.is_filed:
            cut = screens(found)
            kept.raw = merged(kept.raw, cut[min(max(number, 1), len(cut)) - 1], posted)
            _reconcile(work, kept)
            public_face.keep(work, token(), place(pack, code), kept)
        return opened(work, pack, code, kept)[3].hidden, public_face.drafts.real_now()

    hidden, now = change(pack, keep)
    return jsonify(message=_("Saved by itself %(time)s", time=clock(now)), hidden=hidden)


@page("/file/<code>/files", "POST")
def upload(pack: str, code: str) -> ResponseReturnValue:
    """Take in a file that was chosen, and give its line."""
    sent, field = request.files.get("file"), request.form.get("field", "")
    if sent is None or not sent.filename:
        return answer(422, _("No file was sent."))
    name, stream = sent.filename, sent.stream

    def add(work: UnitOfWork) -> dict[str, Any]:
        start, form, kept, _found = opened(work, pack, code)
        if not kept.agreed or kept.is_filed:
            return {}
        public_face.limits.spend(work, "upload.address", address(), 200, public_face.limits.HOUR)
        record = public_face.attach(work, start, form, kept, field, stream, name)
        public_face.keep(work, token(), place(pack, code), kept)
        return kept.files[str(record.id)]

    try:
        file = change(pack, add)
    except EngineError as refused:
        return answer(422, translated(refused))
    return render_template("portal/_file.html", file=file, name=field)


@page("/file/<code>/check", "GET", "POST")
def check(pack: str, code: str) -> ResponseReturnValue:
    """Show everything once more with a question for people, and file it."""
    with reading(pack) as work:
        _start, _form, kept, found = opened(work, pack, code)
    if not kept.agreed or kept.is_filed:
        return redirect(url_for(".receipt" if kept.is_filed else ".notice", pack=pack, code=code))
    if not found.bound.valid:
        wrong = next((cut.number for cut in screens(found) if errors_on(found, cut)), 1)
        return redirect(url_for(".fill", pack=pack, code=code, number=wrong, wrong=1))
    if request.method == "GET":
        return _look_through(pack, code)
    if not change(pack, lambda work: _is_human(work, pack, code)):
        return _look_through(pack, code, missed=True)
    change(pack, lambda work: _file(work, pack, code))
    return redirect(url_for(".receipt", pack=pack, code=code))


def _look_through(pack: str, code: str, missed: bool = False) -> ResponseReturnValue:
    def prepare(work: UnitOfWork) -> tuple[PublicStart, FormView, dict[str, Any]]:
        start, _form, kept, found = opened(work, pack, code)
        kept.question = public_face.ask(kept.question)
        public_face.keep(work, token(), place(pack, code), kept)
        return start, found, kept.question

    start, found, question = change(pack, prepare)
    words = questions.worded(question)
    return shown("check", pack, 422 if missed else 200, start=start, answers=answers(found), question=words, missed=missed)


def _is_human(work: UnitOfWork, pack: str, code: str) -> bool:
    """Take the answer to the question; each try is kept."""
    kept = opened(work, pack, code)[2]
    right = public_face.is_right(kept.question, request.form.get("answer", ""))
    public_face.keep(work, token(), place(pack, code), kept)
    return right


def _file(work: UnitOfWork, pack: str, code: str) -> None:
    """File what was typed, once: the draft goes, the receipt takes its place."""
    kept = public_face.draft(work, token(), place(pack, code))
    if kept.is_filed or not public_face.drop(work, token(), place(pack, code)):
        return
    filed = public_face.file(work, pack, code, kept, address())
    if filed.receipt:
        facts = {"number": filed.receipt.number, "code": filed.receipt.code, "at": filed.receipt.filed_at}
        public_face.keep(work, token(), place(pack, code), Draft(agreed=True, receipt=facts))


@page("/file/<code>/receipt")
def receipt(pack: str, code: str) -> ResponseReturnValue:
    """Show the receipt, to be kept, printed or photographed."""
    with reading(pack) as work:
        start, _form, kept, _found = opened(work, pack, code)
        if not kept.receipt:
            return redirect(url_for(".notice", pack=pack, code=code))
        reached = public_face.progress(work, pack, start.record, kept.receipt["number"])
    return shown("receipt", pack, start=start, receipt=kept.receipt, progress=reached, **receipt_page.links(pack, start, kept))


@page("/file/<code>/receipt.txt")
def receipt_text(pack: str, code: str) -> ResponseReturnValue:
    """Give the receipt as a small file."""
    with reading(pack) as work:
        start, _form, kept, _found = opened(work, pack, code)
    if not kept.receipt:
        return redirect(url_for(".notice", pack=pack, code=code))
    text = render_template("portal/receipt.txt", start=start, receipt=kept.receipt, **receipt_page.links(pack, start, kept))
    named = {"Content-Disposition": f"attachment; filename={kept.receipt['number']}.txt"}
    return Response("\ufeff" + text, mimetype="text/plain; charset=utf-8", headers=named)
