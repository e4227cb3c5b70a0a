"""Process instances: the list, one in full, its diagram."""

from typing import Any
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from engine import attachments, clocks, definitions, incidents, process_instances, unmasking, urging, user_tasks
from engine.errors import EngineError
from engine.persistence.records import Instance, Task
from engine.persistence.repositories.clocks import ClockRow
from engine.persistence.work import UnitOfWork
from engine.process_instances import InstanceFilters
from engine.user_tasks.guards import has, is_offered
from webui import spreadsheet, way
from webui.cockpit import circulating, governing, mending, moments, moving
from webui.cockpit.blueprint import bp
from webui.deadlines import Deadlines, deadlines
from webui.formatting import ZONE
from webui.i18n import filled
from webui.listing import page_number
from webui.naming import state_word, unit_choices, unit_name
from webui.navigation import Item
from webui.sessions import needs_right
from webui.work import change, unit_of_work

MENU = (
    Item("cockpit.index", _l("Matters"), "diagram-2", group=_l("Supervision"), order=40, right="watch_instances"),
    Item("cockpit.failures", _l("Failures"), "exclamation-triangle", group=_l("Supervision"), order=42, right="manage_incidents"),
)
STATES = ("active", "completed", "suspended", "cancelled", "terminated", "error")
CHILDREN = 20
PARTS = (governing, mending, moving)


@bp.get("/")
def index() -> ResponseReturnValue:
    """Search among what the post may see."""
    with unit_of_work() as work:
        page = process_instances.search(work, _filters(), page_number())
        names = dict(user_tasks.processes(work))
    states = [(state, state_word(state)) for state in STATES]
    return render_template(
        "cockpit/index.html", page=page, names=names, processes=sorted(names.items()), units=unit_choices(), states=states
    )


@bp.get("/matters.xlsx")
def save() -> ResponseReturnValue:
    """Give the list, as it is narrowed, as a spreadsheet."""
    with unit_of_work() as work:
        page = process_instances.search(work, _filters(), 1, spreadsheet.MOST)
        names = dict(user_tasks.processes(work))
    columns = {
        _("Matter"): 46, _("Number"): 22, _("Kind"): 18, _("Unit"): 20, _("State"): 12, _("Begun by"): 12,
        _("Begun"): 18, _("Ended"): 18,
    }  # fmt: skip
    rows = (
        (row.title or names.get(row.process_id), row.business_key, names.get(row.process_id, row.process_id), unit_name(row.unit),
         row.business_state or state_word(row.state), row.started_by_name, row.started_at, row.ended_at)
        for row in page.rows
    )  # fmt: skip
    return spreadsheet.sent(_("Matters"), columns, rows)


def _filters() -> InstanceFilters:
    asked = request.args
    return InstanceFilters(
        text=asked.get("q", "").strip(),
        process_id=asked.get("process", ""),
        unit=asked.get("unit", ""),
        state=asked.get("state", ""),
        parent_id=asked.get("parent", type=UUID),
    )


@bp.get("/<uuid:instance_id>")
def show(instance_id: UUID) -> ResponseReturnValue:
    """Show one matter: where it stands, how it got there, what it knows."""
    with unit_of_work() as work:
        instance = process_instances.visible(work, instance_id)
        user_tasks.mark_read(work, instance_id)
        found = _gather(work, instance)
    return render_template("cockpit/show.html", **found)


def _gather(work: UnitOfWork, instance: Instance) -> dict[str, Any]:
    tasks = user_tasks.of_instance(work, instance)
    waiting = [task for task in tasks if task.is_open]
    urged = urging.of_tasks(work, [task.id for task in waiting])
    whole = bool(request.args.get("whole"))
    following = [step for task in waiting[:3] for step in user_tasks.next_steps(work, task.id)]
    judge = deadlines(work.now)
    process = definitions.loaded(work, instance.definition_id).process
    return {
        "instance": instance,
        "process": process,
        "names": dict(user_tasks.processes(work)),
        "steps": moments.whole_way(work, instance) if whole else way.steps(instance, tasks),
        "whole": whole,
        "next_steps": way.ahead(following),
        "marks": way.marks(work, instance, following),
        "open_tasks": [_waiting(task, judge) | {"urgings": urged.get(task.id, ())} for task in waiting],
        "incidents": [_incident(row, process) for row in incidents.of_instance(work, instance.id) if row.resolved_at is None],
        "may_mend": g.actor.may("manage_incidents"),
        "above": moments.ancestors(work, instance),
        "moments": moments.moments(work, tasks),
        "attached": attachments.of_instance(work, instance.id),
        "children": process_instances.search(work, InstanceFilters(parent_id=instance.id), 1, CHILDREN),
        "data": way.facts_of(work, instance),
        "sealed": unmasking.spots(work, instance) if unmasking.may_open(work) else (),
        "clocks": [_clock(clock, judge) for clock in clocks.of_instance(work, instance.id)],
    }


def _waiting(task: Task, judge: Deadlines) -> dict[str, Any]:
    mine = has(g.actor, task) or (task.assignee is None and is_offered(g.actor, task))
    who = task.assignee_name or way.candidates(task.candidates)
    return {
        "id": task.id,
        "name": task.name,
        "who": who,
        "since": task.created_at,
        "deadline": judge.of(task.due_at),
        "mine": mine,
    }


def _clock(clock: ClockRow, judge: Deadlines) -> dict[str, Any]:
    try:
        name = g.pack.sla(clock.code).name
    except EngineError:
        name = clock.code
    late = clock.closed_at is not None and clock.closed_at.astimezone(ZONE).date() > clock.due
    return {"name": name, "due": clock.due, "done": clock.closed_at is not None, "late": late, "deadline": judge.of(clock.due)}


def _incident(row: Any, process: Any) -> dict[str, Any]:
    element = process.elements.get(row.element_id)
    name = element.name if element else ""
    return {"id": row.id, "message": filled(row.template, row.facts), "raised_at": row.raised_at, "element_name": name}


@bp.route("/<uuid:instance_id>/circulate", methods=["GET", "POST"])
def circulate(instance_id: UUID) -> ResponseReturnValue:
    """Send a copy for information."""
    chosen, note, error = request.form.getlist("to"), request.form.get("note", "").strip(), ""
    if request.method == "POST" and chosen:
        sent = change(lambda work: user_tasks.circulate(work, instance_id, chosen, note))
        flash(ngettext("One copy is sent.", "%(num)s copies are sent.", sent))
        return redirect(url_for(".show", instance_id=instance_id))
    if request.method == "POST":
        error = _("Tick to whom the copy goes.")
    with unit_of_work() as work:
        instance = process_instances.visible(work, instance_id)
        readers, copies = circulating.readers(work, instance), work.read_copies.of_instance(instance_id)
        names = {login: person.name for login, person in work.people.named([copy.login for copy in copies]).items()}
    page = {"instance": instance, "readers": readers, "copies": copies, "names": names, "chosen": chosen, "error": error}
    return render_template("cockpit/circulate.html", **page), 422 if error else 200


@bp.get("/<uuid:instance_id>/diagram")
def diagram(instance_id: UUID) -> ResponseReturnValue:
    """Give the process file the instance runs on."""
    with unit_of_work() as work:
        instance = process_instances.visible(work, instance_id)
        row = definitions.loaded(work, instance.definition_id).row
        content = work.definitions.content(row.sha256)
    response = Response(content, mimetype="application/xml")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@bp.post("/<uuid:instance_id>/incidents/<uuid:incident_id>")
@needs_right("manage_incidents")
def retry(instance_id: UUID, incident_id: UUID) -> ResponseReturnValue:
    """Try again what failed."""
    change(lambda work: incidents.resolve(work, incident_id))
    flash(_("It was tried again."))
    return redirect(url_for(".show", instance_id=instance_id))
