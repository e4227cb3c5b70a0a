"""Pages for channels: which systems may file here, their keys, where answers go."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import intake
from engine.errors import EngineError
from engine.intake import Made
from engine.persistence.work import UnitOfWork
from webui.admin.blueprint import RIGHT, bp
from webui.i18n import translated
from webui.sessions import needs_right
from webui.work import change, unit_of_work


@bp.get("/channels")
@needs_right(RIGHT)
def channels(error: str = "", made: Made | None = None, secret: str = "") -> ResponseReturnValue:
    """List the channels."""
    with unit_of_work() as work:
        found, sent = intake.channels(work, g.actor.campaign), work.intake.tally()
    status = 422 if error else 200
    return render_template("admin/channels.html", channels=found, sent=sent, error=error, made=made, secret=secret), status


@bp.post("/channels")
@needs_right(RIGHT)
def open_channel() -> ResponseReturnValue:
    """Open a channel and show its key, once."""
    name, callback = request.form.get("name", ""), request.form.get("callback", "")
    try:
        made, secret = change(lambda work: _with_secret(intake.open_channel(work, g.actor.campaign, name, callback), work))
    except EngineError as refused:
        return channels(error=translated(refused))
    return channels(made=made, secret=secret)


def _with_secret(made: Made, work: UnitOfWork) -> tuple[Made, str]:
    return made, intake.secret_of(work, made.row.name)


@bp.post("/channels/<name>/<act>")
@needs_right(RIGHT)
def change_channel(name: str, act: str) -> ResponseReturnValue:
    """Give a channel another key, another address, or close it."""
    try:
        if act == "renew":
            made, secret = change(lambda work: _with_secret(intake.renew(work, name), work))
            return channels(made=made, secret=secret)
        if act == "close":
            change(lambda work: intake.close(work, name))
            flash(_("The channel %(name)s takes nothing any more.", name=name))
        else:
            callback = request.form.get("callback", "")
            change(lambda work: intake.set_callback(work, name, callback))
            flash(_("Answers go to this address from now on."))
    except EngineError as refused:
        return channels(error=translated(refused))
    return redirect(url_for(".channels"))
