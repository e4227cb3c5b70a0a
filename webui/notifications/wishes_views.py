"""How somebody wants to be told outside the app, and what is on its way there."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine import outbox
from engine.errors import EngineError
from engine.outbox.queueing import try_again
from webui.i18n import translated
from webui.listing import page_number
from webui.notifications.blueprint import bp
from webui.sessions import needs_right
from webui.work import change, the_engine, unit_of_work

RIGHT = "manage_incidents"
KINDS = {
    "remind": _l("Reminders before a deadline"),
    "urge": _l("Urging of work that is late"),
    "order": _l("Supervision orders and what is far beyond its deadline"),
    "info": _l("Everything else"),
}
WAYS = {"once": _l("at once"), "daily": _l("once a day"), "never": _l("not at all")}
STATES = {"waiting": _l("waiting"), "held": _l("for the daily letter"), "sent": _l("sent"), "failed": _l("not sent")}
CHANNELS = {"email": _l("E-mail"), "sms": _l("Text message")}


@bp.route("/wishes", methods=["GET", "POST"])
def wishes() -> ResponseReturnValue:
    """Ask where somebody wants messages, and of which kinds how."""
    if request.method == "GET":
        with unit_of_work() as work:
            return _page(outbox.wishes_of(work))
    form = request.form
    kinds = {kind: (form.get(f"email_{kind}", ""), form.get(f"sms_{kind}", "")) for kind in KINDS}
    wanted = outbox.Wishes(form.get("email", ""), form.get("mobile", ""), kinds)
    try:
        change(lambda work: outbox.keep_wishes(work, wanted))
    except EngineError as error:
        return _page(wanted, error), 422
    flash(_("Saved."))
    return redirect(url_for(".wishes"))


def _page(wanted: outbox.Wishes, error: EngineError | None = None) -> str:
    said = translated(error) if error else ""
    errors = {"email": said if isinstance(error, outbox.NotAnAddress) else ""}
    errors["mobile"] = said if isinstance(error, outbox.NotANumber) else ""
    ways = outbox.open_channels(the_engine().settings)
    return render_template("notifications/wishes.html", wanted=wanted, errors=errors, kinds=KINDS, words=WAYS, ways=ways)


@bp.get("/outgoing")
@needs_right(RIGHT)
def outgoing() -> ResponseReturnValue:
    """List what leaves the house, and say which ways there are; what it says and whom it is for is not shown."""
    with unit_of_work() as work:
        page, tally = work.outbox.page(page_number()), work.outbox.tally()
    ways = outbox.open_channels(the_engine().settings)
    return render_template(
        "notifications/outgoing.html", page=page, tally=tally, ways=ways, states=STATES, channels=CHANNELS, kinds=KINDS
    )


@bp.post("/outgoing/again")
@needs_right(RIGHT)
def again() -> ResponseReturnValue:
    """Send once more what could not be sent."""
    number = change(try_again)
    flash(_("%(number)s messages are tried again.", number=number))
    return redirect(url_for(".outgoing"))
