"""The list behind the bell."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from engine import notifications
from webui import spreadsheet
from webui.listing import page_number
from webui.navigation import Item
from webui.notifications import wishes_views
from webui.notifications.blueprint import bp
from webui.work import change, unit_of_work

PARTS = (wishes_views,)
MENU = (
    Item(
        "notifications.outgoing", _l("Outgoing messages"), "send", group=_l("Administration"), order=97, right=wishes_views.RIGHT
    ),
)
PLACES = {
    "task": ("tasks.show", "task_id"),
    "instance": ("cockpit.show", "instance_id"),
    "change": ("modeler.show_change", "change_id"),
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the messages, newest first."""
    with unit_of_work() as work:
        page = notifications.listed(work, bool(request.args.get("unread")), page_number())
    return render_template("notifications/index.html", page=page)


@bp.get("/messages.xlsx")
def save() -> ResponseReturnValue:
    """Give the messages as a spreadsheet."""
    with unit_of_work() as work:
        page = notifications.listed(work, bool(request.args.get("unread")), 1, spreadsheet.MOST)
    columns = {_("Message"): 50, _("Text"): 70, _("Received"): 18, _("Read"): 18}
    rows = ((row.title, row.body, row.created_at, row.read_at) for row in page.rows)
    return spreadsheet.sent(_("Messages"), columns, rows)


@bp.get("/<uuid:notification_id>")
def open(notification_id: UUID) -> ResponseReturnValue:
    """Go where a message points, and count it as read."""
    link = change(lambda work: notifications.open_(work, notification_id))
    kind, _colon, key = link.partition(":")
    endpoint, name = PLACES.get(kind, ("notifications.index", ""))
    return redirect(url_for(endpoint, **({name: key} if name else {})))


@bp.post("/read")
def read_all() -> ResponseReturnValue:
    """Count everything as read."""
    number = change(lambda work: notifications.mark_read(work))
    flash(
        ngettext("One message is marked as read.", "%(num)s messages are marked as read.", number)
        if number
        else _("There was nothing unread.")
    )
    return redirect(url_for(".index"))
