"""Standing in: lending one's post for some days, and seeing which posts one has been lent."""

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import notifications
from engine.errors import EngineError
from engine.identity import standing_in
from engine.persistence.work import UnitOfWork
from webui.formatting import day
from webui.i18n import translated
from webui.work import change, unit_of_work

bp = Blueprint("standing", __name__, url_prefix="/standing-in", template_folder="templates")


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show whom one has asked to stand in, and for whom one stands in."""
    return _page({})


@bp.post("/")
def lend() -> ResponseReturnValue:
    """Lend the post acted in, and tell the deputy."""
    given = {name: request.form.get(name, "").strip() for name in ("deputy", "first", "last", "reason")}
    try:
        first, last = date.fromisoformat(given["first"]), date.fromisoformat(given["last"])
    except ValueError:
        return _page(given, _("Choose the first and the last day.")), 422
    try:
        change(lambda work: _lend(work, given["deputy"], first, last, given["reason"]))
    except EngineError as error:
        return _page(given, translated(error)), 422
    flash(_("From %(first)s to %(last)s your work can be done on your behalf.", first=day(first), last=day(last)))
    return redirect(url_for(".index"))


@bp.post("/<uuid:stand_in_id>/end")
def end(stand_in_id: UUID) -> ResponseReturnValue:
    """End it at once."""
    change(lambda work: standing_in.take_back(work, stand_in_id))
    flash(_("It has been ended."))
    return redirect(url_for(".index"))


def _lend(work: UnitOfWork, deputy: str, first: date, last: date, reason: str) -> None:
    key = standing_in.lend(work, deputy, first, last, reason)
    title = _("%(name)s asks you to stand in from %(first)s to %(last)s", name=g.actor.name, first=day(first), last=day(last))
    body = _("Choose the post of %(role)s at the top right, then you see and do this work on behalf.", role=g.actor.role_name)
    notifications.notify(work, [deputy], f"stand-in:{key}", title, " ".join(filter(None, (reason, body))), url_for(".index"))


def _page(given: dict[str, str], error: str = "") -> str:
    with unit_of_work() as work:
        deputies = [] if g.actor.on_behalf_of else standing_in.deputies(work)
        shown = {"given": standing_in.given(work), "received": standing_in.received(work), "today": work.now.date()}
    choices = [(person.login, person.name) for person in deputies]
    return render_template("standing/index.html", choices=choices, values=given, error=error, **shown)
