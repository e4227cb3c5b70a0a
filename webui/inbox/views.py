"""The lists of work, one tab each."""

from collections import Counter
from uuid import UUID

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from engine import user_tasks
from engine.persistence.records import PAGE, Page
from engine.persistence.repositories.inbox import InboxFilters, InboxRow
from engine.persistence.work import UnitOfWork
from webui import spreadsheet
from webui.deadlines import deadlines
from webui.inbox import summary
from webui.listing import page_number, row_url
from webui.naming import unit_choices, unit_name
from webui.navigation import Item, counted
from webui.work import change, unit_of_work

bp = Blueprint("inbox", __name__, template_folder="templates")
TABS = {
    "todo": (_l("To do"), "inbox"),
    "to_sign": (_l("To sign for"), "pen"),
    "to_read": (_l("To read"), "book"),
    "done": (_l("Done"), "check2-square"),
    "started": (_l("Begun by me"), "send"),
    "drafts": (_l("Drafts"), "pencil"),
    "overdue": (_l("Overdue"), "alarm"),
}
NOTHING = {
    "todo": (
        _l("Nothing waits for you."),
        _l("Work that is given to you or to your post appears here, the nearest deadline first."),
    ),
    "to_sign": (
        _l("Nothing waits to be signed for."),
        _l("Tasks that must be signed for before work on them begins appear here."),
    ),
    "to_read": (_l("Nothing to read."), _l("Copies for information that others send you appear here.")),
    "done": (_l("Nothing done yet."), _l("Everything you have handed in stays here, with its way through the offices.")),
    "started": (_l("You have not begun anything yet."), _l("Begin something under “What can be begun”; you follow it here.")),
    "drafts": (_l("No drafts."), _l("What you type into a form is kept here until you hand it in.")),
    "overdue": (_l("Nothing is overdue."), _l("Work past its deadline appears here.")),
}
LIGHTS = (("over", _l("Overdue")), ("near", _l("Due soon")), ("normal", _l("In time")))
MENU = tuple(
    Item(
        "inbox.index",
        label,
        icon,
        order=10 + position,
        count=tab if tab in ("todo", "to_sign", "to_read", "overdue") else None,
        values={"tab": tab},
        business=True,
    )
    for position, (tab, (label, icon)) in enumerate(TABS.items())
)
WATCHED = (
    ("watch_campaign", "campaign.index"),
    ("administer_identity", "admin.index"),
    ("grant_posts", "admin.asked_posts"),
    ("audit", "audit.index"),
)


@bp.get("/")
def home() -> ResponseReturnValue:
    """Begin with what waits; where nothing does, with what the post watches over."""
    with unit_of_work() as work:
        counts = counted(work)
    if not (counts["todo"] or counts["to_sign"]):
        watched = (endpoint for right, endpoint in WATCHED if g.actor.may(right) and endpoint in current_app.view_functions)
        return redirect(url_for(next(watched, ".index")))
    return redirect(url_for(".index", tab="todo" if counts["todo"] else "to_sign"))


@bp.get("/inbox/")
@bp.get("/inbox/<any(todo, to_sign, to_read, done, started, drafts, overdue):tab>")
def index(tab: str = "todo") -> ResponseReturnValue:
    """Show one tab."""
    with unit_of_work() as work:
        counts = counted(work)
        page = _page(work, tab, page_number(), PAGE)
        processes = user_tasks.processes(work)
        judge = deadlines(work.now)
        today = summary.lines(judge, counts)
        kinds = _in_bulk(work, page) if tab in ("todo", "overdue") else {}
    return render_template(
        "inbox/index.html",
        tab=tab,
        tabs=TABS,
        page=page,
        counts=counts,
        processes=processes,
        lights=LIGHTS,
        nothing=NOTHING,
        deadline=judge.of,
        today=today,
        kinds=kinds,
        units=unit_choices(),
        next_work=next((row for row in page.rows if row.task_id), None) if tab == "todo" else None,
    )


@bp.get("/inbox/<any(todo, to_sign, to_read, done, started, drafts, overdue):tab>.xlsx")
def save(tab: str) -> ResponseReturnValue:
    """Give the tab, as it is filtered, as a spreadsheet."""
    with unit_of_work() as work:
        page = _page(work, tab, 1, spreadsheet.MOST)
    columns = {
        _("Matter"): 44, _("Kind"): 18, _("Step"): 22, _("Number"): 20, _("Unit"): 18, _("Arrived"): 18,
        _("Due"): 18,
    }  # fmt: skip
    rows = (
        (row.title or row.name, row.process_name, row.name, row.business_key, unit_name(row.unit), row.at, row.due_at)
        for row in page.rows
    )
    return spreadsheet.sent(str(TABS[tab][0]), columns, rows)


@bp.post("/inbox/sign")
def sign() -> ResponseReturnValue:
    """Sign for every ticked task."""
    ticked = request.form.getlist("task", type=UUID)
    signed = change(lambda work: user_tasks.sign_for(work, ticked)) if ticked else 0
    if signed:
        flash(
            ngettext(
                "One task is signed for and stands under “To do”.",
                "%(num)s tasks are signed for and stand under “To do”.",
                signed,
            )
        )
    else:
        flash(_("Nothing was signed for: tick the tasks first, or somebody else was faster."), "near")
    return redirect(url_for(".index", tab="to_sign"))


def _page(work: UnitOfWork, tab: str, number: int, size: int) -> Page[InboxRow]:
    asked = request.args
    since, before = deadlines(work.now).between(asked["light"]) if asked.get("light") in dict(LIGHTS) else (None, None)
    filters = InboxFilters(asked.get("q", "").strip(), asked.get("process", ""), asked.get("unit", ""), since, before)
    return user_tasks.inbox(work, tab, filters, asked.get("sort", ""), number, size)


def _in_bulk(work: UnitOfWork, page: Page[InboxRow]) -> dict[UUID, str]:
    """Give the tasks of the page that can be handled together with others on it."""
    kinds = user_tasks.kinds(work, [row.task_id for row in page.rows if row.task_id])
    alike = Counter(kinds.values())
    return {key: kind for key, kind in kinds.items() if alike[kind] > 1}


@bp.app_template_global()
def link_to(row: InboxRow) -> str:
    """Give where a line of the inbox leads."""
    if row.kind in ("instance", "copy"):
        return url_for("cockpit.show", instance_id=row.instance_id)
    if row.task_id is None:
        return url_for("start.show", process_id=row.process_id)
    return row_url("tasks.show", "task_id", row.task_id)
