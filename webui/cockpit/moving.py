"""Moving a matter by hand: taking back where it stands, and letting it go on at another step."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import definitions, process_instances
from engine.bpmn.model import Process
from engine.errors import EngineError
from engine.persistence.work import UnitOfWork
from engine.user_tasks.guards import check_reason
from webui.cockpit.blueprint import bp
from webui.cockpit.governing import RIGHT
from webui.i18n import filled
from webui.modeler.wording import type_of
from webui.sessions import needs_right
from webui.work import change, unit_of_work

NEVER = {"boundaryEvent", "eventSubProcess", "startEvent"}
LOOPS = {"multiInstanceBody", "standardLoopBody"}


@bp.get("/<uuid:instance_id>/move")
@needs_right(RIGHT)
def move(instance_id: UUID) -> ResponseReturnValue:
    """Show where a matter stands and where it could go on."""
    return _page(instance_id)


@bp.post("/<uuid:instance_id>/move")
@needs_right(RIGHT)
def moved(instance_id: UUID) -> ResponseReturnValue:
    """Move it as was chosen, for a reason."""
    cancel, start, within = request.form.getlist("cancel"), request.form.get("start", ""), request.form.get("within", "")
    if not cancel and not start:
        return _page(instance_id, _("Tick what is taken back, or choose where it goes on.")), 422
    places = {start: within} if start and within else {}

    def act(work: UnitOfWork) -> None:
        reason = check_reason(request.form.get("reason", ""))
        process_instances.modify(work, instance_id, cancel, [start] if start else [], reason, within=places)

    try:
        change(act)
    except EngineError as error:
        return _page(instance_id, filled(error.template(), error.facts)), 422
    flash(_("The matter was moved."))
    return redirect(url_for(".show", instance_id=instance_id))


def _page(instance_id: UUID, error: str = "") -> str:
    with unit_of_work() as work:
        instance = process_instances.governed(work, instance_id)
        process = definitions.loaded(work, instance.definition_id).process
        standing = process_instances.active_elements(work, instance_id)
        people = {task.element_key: task.assignee_name or "" for task in work.user_tasks.of_instance(instance_id) if task.is_open}
    visits = [_visit(process, row, people) for row in standing]
    several = Counter(visit["element_id"] for visit in visits if visit["opens"])
    runs = [(visit["key"], visit["label"]) for visit in visits if visit["opens"] and several[visit["element_id"]] > 1]
    steps = [(one.id, one.name or one.id) for one in process.elements.values() if one.type not in NEVER and one.name]
    return render_template(
        "cockpit/move.html", instance=instance, process=process, visits=visits, runs=runs, steps=steps, error=error,
        chosen=request.form,
    )  # fmt: skip


def _visit(process: Process, row: Any, people: dict[str, str]) -> dict[str, Any]:
    element = process.elements.get(row.element_id)
    name = (element.name or element.id) if element else row.element_id
    kind = _("every run") if row.type in LOOPS else type_of(row.type)
    return {
        "key": row.element_key, "element_id": row.element_id, "kind": kind, "since": row.entered_at,
        "label": f"{name} {row.loop_counter}" if row.loop_counter else name, "who": people.get(row.element_key, ""),
        "opens": bool(element and element.children) and row.type not in LOOPS,
    }  # fmt: skip
