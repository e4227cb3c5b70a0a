"""What waits in the units one looks after, with whom and since when; what is ticked is pressed for with one text."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from engine import urging, user_tasks
from engine.errors import EngineError
from engine.persistence.work import UnitOfWork
from engine.urging import RIGHT, Outcome, WaitingFilters
from webui import phrases, spreadsheet
from webui.deadlines import deadlines
from webui.i18n import translated
from webui.listing import page_number
from webui.naming import unit_choices, unit_name
from webui.navigation import Item
from webui.sessions import needs_right
from webui.way import candidates
from webui.work import change, unit_of_work

bp = Blueprint("urging", __name__, url_prefix="/urging", template_folder="templates")
MENU = (Item("urging.index", _l("Press for work"), "megaphone", group=_l("Supervision"), order=41, right=RIGHT),)
LIGHTS = (("over", _l("Overdue")), ("near", _l("Due soon")), ("normal", _l("In time")))


@bp.get("/")
@needs_right(RIGHT)
def index() -> ResponseReturnValue:
    """List what waits, what was due longest ago first."""
    return _page()


@bp.get("/waiting.xlsx")
@needs_right(RIGHT)
def save() -> ResponseReturnValue:
    """Give what waits, as the list is narrowed, as a spreadsheet."""
    with unit_of_work() as work:
        page = urging.waiting(work, _filters(work), 1, spreadsheet.MOST)
    columns = {
        _("Matter"): 46, _("Step"): 24, _("Unit"): 20, _("With"): 24, _("Deadline"): 18, _("Since"): 18,
        _("Pressed for"): 10,
    }  # fmt: skip
    rows = (
        (row.title or row.process_name, row.name, unit_name(row.unit), row.assignee_name or candidates(row.candidates),
         row.due_at, row.created_at, row.urged)
        for row in page.rows
    )  # fmt: skip
    return spreadsheet.sent(_("Press for work"), columns, rows)


@bp.post("/")
@needs_right(RIGHT)
def press() -> ResponseReturnValue:
    """Press for what is ticked, or for everything the list is narrowed to."""
    text, everything = request.form.get("text", ""), "all" in request.form
    try:
        outcome = change(lambda work: urging.urge(work, _chosen(work, everything), text))
    except EngineError as error:
        if error.kind != "refused":
            raise
        return _page(text, translated(error)), 422
    _tell(outcome)
    return redirect(request.form.get("back") or url_for(".index", **request.args.to_dict(flat=False)))  # type: ignore[arg-type]


def _chosen(work: UnitOfWork, everything: bool) -> list[UUID]:
    if not everything:
        return request.form.getlist("task", type=UUID)
    return [row.task_id for row in urging.waiting(work, _filters(work), 1, urging.MOST + 1).rows]


def _tell(outcome: Outcome) -> None:
    if outcome.tasks:
        done = ngettext("One task is pressed for", "%(num)s tasks are pressed for", len(outcome.tasks))
        told = ngettext("one person is told.", "%(num)s people are told.", outcome.people)
        flash(_("%(done)s; %(told)s", done=done, told=told))
    for refused in outcome.refused[:5]:
        what = refused.title or refused.task.name
        flash(_("%(what)s: %(why)s", what=what, why=translated(refused.reason)), "near")
    if len(outcome.refused) > 5:
        flash(_("%(num)s more were not pressed for, for the same kind of reason.", num=len(outcome.refused) - 5), "near")


def _page(text: str = "", error: str = "") -> str:
    with unit_of_work() as work:
        page = urging.waiting(work, _filters(work), page_number())
        found: dict[str, Any] = {
            "page": page,
            "who": {row.task_id: row.assignee_name or candidates(row.candidates) for row in page.rows},
            "deadline": deadlines(work.now).of,
            "phrases": phrases.offered(work),
            "processes": user_tasks.processes(work),
        }
    ticked = request.form.getlist("task") or request.args.getlist("task")
    found |= {"units": unit_choices(), "lights": LIGHTS, "text": text, "error": error, "ticked": ticked, "most": urging.MOST}
    return render_template("urging/index.html", **found)


def _filters(work: UnitOfWork) -> WaitingFilters:
    asked = request.args
    since, before = deadlines(work.now).between(asked["light"]) if asked.get("light") in dict(LIGHTS) else (None, None)
    return WaitingFilters(
        text=asked.get("q", "").strip(),
        process_id=asked.get("process", ""),
        unit=asked.get("unit", ""),
        due_from=since,
        due_before=before,
        tasks=tuple(asked.getlist("task", type=UUID)),
        instance_id=asked.get("matter", type=UUID),
    )


@bp.app_template_global()
def may_urge(unit: str | None) -> bool:
    """Tell templates whether to offer pressing for work of a unit."""
    return g.actor.may(RIGHT) and g.actor.scope.includes(unit)  # type: ignore[no-any-return]
