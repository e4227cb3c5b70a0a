"""What can be begun, and the page that begins it."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine import definitions, deployments, ledgers, process_instances, public_face, user_tasks
from engine.definitions import Loaded
from engine.forms.model import Form
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork
from engine.public_face import Receipt
from engine.public_face.persons import PUBLIC
from webui.files.views import take_in
from webui.form_view import FormView
from webui.formatting import clock
from webui.navigation import Item
from webui.tasks.desk import Raw, Sheet, typed, with_files
from webui.work import change, unit_of_work

bp = Blueprint("start", __name__, url_prefix="/start", template_folder="templates")
SLIP = "slip"
MENU = (Item("start.index", _l("What can be begun"), "plus-square", group=_l("Begin"), order=60, business=True),)


@bp.get("/")
def index() -> ResponseReturnValue:
    """List what the post can begin."""
    with unit_of_work() as work:
        found = deployments.startable(work)
    return render_template("start/index.html", processes=found)


@bp.get("/<process_id>")
def show(process_id: str) -> ResponseReturnValue:
    """Show the start form."""
    with unit_of_work() as work:
        found = _gather(work, process_id)
    return render_template("start/show.html", **found)


@bp.post("/<process_id>")
def begin(process_id: str) -> ResponseReturnValue:
    """Begin, or show the form again where something is wrong."""
    raw = typed(request.form)
    outcome = change(lambda work: _begin(work, process_id, raw))
    if isinstance(outcome, FormView):
        with unit_of_work() as work:
            found = _gather(work, process_id, outcome)
        return render_template("start/show.html", **found), 422
    instance, slip = outcome
    flash(_("Begun: %(title)s. You follow it here.", title=instance.title))
    if slip is None:
        return redirect(url_for("cockpit.show", instance_id=instance.id))
    session[SLIP] = [slip.number, slip.code, slip.filed_at, str(instance.id)]
    return redirect(url_for(".receipt", process_id=process_id))


@bp.get("/<process_id>/receipt")
def receipt(process_id: str) -> ResponseReturnValue:
    """Show number and code once, for whoever the matter was written down for; nobody of the house reads the code again."""
    slip = session.pop(SLIP, None)
    if slip is None:
        return redirect(url_for(".index"))
    number, code, filed_at, instance_id = slip
    with unit_of_work() as work:
        process = definitions.active(work, process_id).row
    at = datetime.fromisoformat(filed_at)
    return render_template("start/receipt.html", process=process, number=number, code=code, at=at, instance_id=instance_id)


@bp.post("/<process_id>/draft")
def draft(process_id: str) -> ResponseReturnValue:
    """Keep what is being typed."""
    raw = typed(request.form)

    def keep(work: UnitOfWork) -> Any:
        user_tasks.save_start_draft(work, process_id, {"_raw": raw})
        return _sheet(work, definitions.active(work, process_id)).shown(work, {"_raw": raw}).hidden, work.now

    hidden, now = change(keep)
    return jsonify(message=_("Saved by itself %(time)s", time=clock(now)), hidden=hidden)


@bp.post("/<process_id>/files")
def upload(process_id: str) -> ResponseReturnValue:
    """Take in a file that was dropped on the form."""
    return take_in()


def _begin(work: UnitOfWork, process_id: str, raw: Raw) -> tuple[Instance, Receipt | None] | FormView:
    form = _sheet(work, definitions.active(work, process_id)).handed_in(work, with_files(work, raw))
    if not form.bound.valid:
        user_tasks.save_start_draft(work, process_id, {"_raw": raw})
        return form
    begun = public_face.take_down(work, process_id, form.bound.values, raw)
    work.drafts.drop(g.actor.login, process_id=process_id)
    return begun


def _gather(work: UnitOfWork, process_id: str, refused: FormView | None = None) -> dict[str, Any]:
    definition = definitions.active(work, process_id)
    if definition.row.startable_by and g.actor.role not in definition.row.startable_by:
        raise process_instances.MayNotStart(process=definition.row.name)
    kept = user_tasks.start_draft(work, process_id)
    row = work.drafts.find(g.actor.login, process_id=process_id)
    return {
        "process": definition.row,
        "lists": PUBLIC in definition.row.startable_by,
        "view": refused or _sheet(work, definition).shown(work, kept),
        "saved_at": row._mapping["saved_at"] if row else None,
    }


def _sheet(work: UnitOfWork, definition: Loaded) -> Sheet:
    form_id = definition.row.start_form_id
    form = definitions.form(work, form_id) if form_id else Form("", "", ())
    return Sheet(form, process_instances.starter(work, definition), ledgers.form_environment(work, definition), {})
