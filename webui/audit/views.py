"""What an auditor looks at, by kind, person and time; a list to take away like any other."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine import auditing
from engine.auditing import Line
from webui import spreadsheet
from webui.listing import page_number
from webui.naming import unit_name
from webui.navigation import Item
from webui.sessions import needs_right
from webui.work import unit_of_work

bp = Blueprint("audit", __name__, url_prefix="/audit", template_folder="templates")
MENU = (Item("audit.index", _l("Audit"), "shield-check", group=_l("Administration"), order=95, right=auditing.AUDIT),)
KINDS = {
    "opened": _l("Sealed entries opened"),
    "restricted": _l("Restricted matters looked at"),
    "exported": _l("Lists taken away"),
    "given": _l("Accounts and posts"),
    "governed": _l("Interventions"),
}
ACTIONS = {
    "value.unmasked": _l("opened a sealed entry"),
    "value.revealed": _l("let a paper or notice say a sealed entry"),
    "pool.read": _l("looked at something restricted"),
    "list.exported": _l("took a list away"),
    "post.asked": _l("asked for a post"),
    "post.given": _l("gave a post"),
    "post.declined": _l("did not give a post"),
    "post.ended": _l("ended a post"),
    "post.lent": _l("lent the own post"),
    "post.taken_back": _l("took the own post back"),
    "person.created": _l("opened an account"),
    "person.edited": _l("changed what is kept about a person"),
    "person.activated": _l("opened an account again"),
    "person.deactivated": _l("closed an account"),
    "account.locked": _l("locked an account"),
    "account.unlocked": _l("unlocked an account"),
    "password.reset": _l("reset a password"),
    "work.reassigned": _l("gave work to somebody else"),
    "instance.cancelled": _l("withdrew a matter"),
    "instance.modified": _l("moved a matter by hand"),
    "instance.suspended": _l("paused a matter"),
    "instance.resumed": _l("let a matter go on"),
    "keys.renewed": _l("renewed the key of sealed entries"),
}
DAYS = (7, 30, 180)


@bp.get("/")
@needs_right(auditing.AUDIT)
def index() -> ResponseReturnValue:
    """Show one kind of thing done, newest first."""
    kind, who, days = _asked()
    with unit_of_work() as work:
        page = auditing.lines(work, kind, who, days, page_number())
    return render_template("audit/index.html", page=page, kind=kind, kinds=KINDS, actions=ACTIONS, days=DAYS)


@bp.get("/audit.xlsx")
@needs_right(auditing.AUDIT)
def save() -> ResponseReturnValue:
    """Give the list as a spreadsheet."""
    kind, who, days = _asked()
    with unit_of_work() as work:
        page = auditing.lines(work, kind, who, days, 1, spreadsheet.MOST)
    columns = {_("Time"): 18, _("Person"): 12, _("Unit"): 20, _("What was done"): 22, _("Record"): 28, _("Entry"): 20,
               _("Reason"): 40, _("Rows"): 8}  # fmt: skip
    return spreadsheet.sent(str(KINDS[kind]), columns, map(_cells, page.rows))


def _cells(line: Line) -> tuple[object, ...]:
    did = str(ACTIONS.get(line.action, line.action))
    rows = line.rows if line.rows is not None else ""
    return line.at, line.name or line.login, unit_name(line.unit), did, line.record, line.field, line.reason, rows


def _asked() -> tuple[str, str, int]:
    kind = request.args.get("kind", "opened")
    return kind if kind in KINDS else "opened", request.args.get("q", "").strip(), request.args.get("days", 0, int)
