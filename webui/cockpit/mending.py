"""What stopped and waits for help, over all matters: seen by kind, tried again one by one or many together."""

from string import Formatter
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from engine import definitions, incidents, user_tasks
from engine.persistence.work import UnitOfWork
from webui.cockpit.blueprint import bp
from webui.cockpit.governing import RIGHT
from webui.i18n import filled
from webui.listing import page_number
from webui.sessions import needs_right
from webui.work import the_engine, unit_of_work

SIZE = 50
MOST_NAMED = 5


@bp.get("/incidents")
@needs_right(RIGHT)
def failures() -> ResponseReturnValue:
    """List what failed and waits, oldest first."""
    process_id = request.args.get("process", "")
    with unit_of_work() as work:
        page = incidents.unresolved(work, page_number(), SIZE, process_id)
        names = dict(user_tasks.processes(work))
        counts = incidents.processes(work)
        rows = [_row(work, row) for row in page.rows]
    kinds = [(key, f"{names.get(key, key)} ({count})") for key, count in counts.items() if key]
    return render_template("cockpit/failures.html", page=page, rows=rows, names=names, kinds=kinds, blind=reads_no_business())


def _row(work: UnitOfWork, row: Any) -> dict[str, Any]:
    process = definitions.loaded(work, row.definition_id).process if row.definition_id else None
    element = process.elements.get(row.element_id) if process else None
    message = _without_facts(filled(row.template, {})) if reads_no_business() else filled(row.template, row.facts)
    is_message = row.instance_id is None and "outgoing" in (row.variables or {})
    return {
        "row": row,
        "is_message": is_message,
        "message": message,
        "step": element.name or element.id if element else "",
    }


def reads_no_business() -> bool:
    """Say whether whoever is signed in only keeps the system going: the step and why it failed, nothing of what it is about."""
    return bool(g.actor.scope.kind == "accounts")


def _without_facts(template: str) -> str:
    """Say why it failed with the places of its facts left open: they may hold what the matter is about."""
    try:
        return "".join(text + ("…" if name is not None else "") for text, name, _spec, _turn in Formatter().parse(template))
    except ValueError:
        return _("An error that only the log of the server tells.")


@bp.post("/incidents")
@needs_right(RIGHT)
def retry_many() -> ResponseReturnValue:
    """Try again what was ticked, each by itself."""
    chosen = [UUID(key) for key in request.form.getlist("incident")]
    outcome = incidents.resolve_many(the_engine(), g.actor, chosen)
    if not chosen:
        flash(_("Tick what is to be tried again."), "error")
    if outcome.done:
        flash(ngettext("One failure was tried again.", "%(num)s failures were tried again.", len(outcome.done)))
    if outcome.refused:
        reasons = dict.fromkeys(filled(reason.template(), reason.facts) for reason in outcome.refused.values())
        number, why = len(outcome.refused), "；".join(list(reasons)[:MOST_NAMED])
        text = ngettext("One stayed as it was: %(why)s", "%(num)s stayed as they were: %(why)s", number, why=why)
        flash(text, "error")
    return redirect(url_for(".failures", process=request.form.get("process") or None))
