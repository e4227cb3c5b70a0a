"""One's own phrases: the page on which they are kept, and the button at an opinion that keeps one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import phrases
from engine.errors import EngineError
from engine.persistence.work import UnitOfWork
from webui.i18n import translated
from webui.work import change, unit_of_work

bp = Blueprint("phrases", __name__, url_prefix="/phrases", template_folder="templates")


@bp.get("/")
def index() -> ResponseReturnValue:
    """List one's own phrases below those of the pack."""
    return _page()


@bp.post("/")
def add() -> ResponseReturnValue:
    """Keep a new phrase."""
    return _done(lambda work: phrases.keep(work, request.form.get("text", "")), _("The phrase is kept."), typed=True)


@bp.post("/from-opinion")
def from_opinion() -> ResponseReturnValue:
    """Keep what stands in the opinion of a page that goes on being open."""
    text = request.form.get("text", "")
    try:
        kept = change(lambda work: phrases.keep(work, text))
    except EngineError as error:
        return jsonify(message=translated(error)), 422
    return jsonify(message=_("Kept among your phrases."), text=kept.text)


@bp.post("/<uuid:phrase_id>")
def alter(phrase_id: UUID) -> ResponseReturnValue:
    """Write a phrase anew, move it, or delete it: the button that was pressed says which."""
    asked, text = request.form.get("do", ""), request.form.get("text", "")
    if asked == "delete":
        return _done(lambda work: phrases.drop(work, phrase_id), _("The phrase is deleted."))
    if asked in ("up", "down"):
        return _done(lambda work: phrases.move(work, phrase_id, -1 if asked == "up" else 1), "")
    return _done(lambda work: phrases.reword(work, phrase_id, text), _("The phrase is changed."))


def _done(action: Callable[[UnitOfWork], Any], said: str, typed: bool = False) -> ResponseReturnValue:
    try:
        change(action)
    except EngineError as error:
        if error.kind == "missing":
            raise
        return _page(translated(error), request.form.get("text", "") if typed else ""), 422
    if said:
        flash(said)
    return redirect(url_for(".index"))


def _page(error: str = "", text: str = "") -> str:
    with unit_of_work() as work:
        mine = phrases.mine(work)
    return render_template("phrases/index.html", mine=mine, common=g.pack.phrases_for(g.actor.role), error=error, text=text)
