"""The page of a task and everything that can be done from it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import user_tasks
from engine.errors import EngineError
from engine.persistence.work import UnitOfWork
from webui import way
from webui.errors import declined
from webui.files.views import take_in
from webui.form_view import FormView
from webui.formatting import clock
from webui.i18n import translated
from webui.tasks import page
from webui.tasks.desk import Raw, typed, with_files
from webui.work import change, unit_of_work

HANDED_IN = "handed-in"
bp = Blueprint("tasks", __name__, url_prefix="/tasks", template_folder="templates")


@bp.get("/<uuid:task_id>")
def show(task_id: UUID) -> ResponseReturnValue:
    """Show the task."""
    with unit_of_work() as work:
        found = page.gather(work, task_id)
    return render_template("tasks/show.html", **found)


@bp.post("/<uuid:task_id>/complete")
def complete(task_id: UUID) -> ResponseReturnValue:
    """Hand the task in; show it again where something is wrong, or say who was faster."""
    raw, opinion = typed(request.form), request.form.get("_opinion", "").strip()
    try:
        refused = change(lambda work: _hand_in(work, task_id, raw, opinion))
    except user_tasks.TaskGone as gone:
        return _too_late(task_id, raw, opinion, gone), 409
    if refused is not None:
        change(lambda work: user_tasks.save_draft(work, task_id, {"_raw": raw, "_opinion": opinion}))
        with unit_of_work() as work:
            found = page.gather(work, task_id, refused, opinion)
        return render_template("tasks/show.html", **found), 422
    flash(_("Handed in. Where it goes from here stands under “Done”."), HANDED_IN)
    return redirect(url_for("inbox.index", tab="todo"))


def _hand_in(work: UnitOfWork, task_id: UUID, raw: Raw, opinion: str) -> FormView | None:
    """Complete the task, or give the form with what is wrong."""
    task, instance = user_tasks.at_hand(work, task_id)
    form = page.sheet(work, task, instance).handed_in(work, with_files(work, raw))
    if not form.bound.valid:
        return form
    try:
        user_tasks.complete_at_hand(work, task, instance, form.bound.values, opinion)
    except user_tasks.OpinionRequired:
        return form
    return None


def _too_late(task_id: UUID, raw: Raw, opinion: str, gone: EngineError) -> str:
    """Keep what was typed and show it beside who was faster."""
    change(lambda work: user_tasks.save_draft(work, task_id, {"_raw": raw, "_opinion": opinion}))
    with unit_of_work() as work:
        desk = user_tasks.view(work, task_id)
        form = page.sheet(work, desk.task, desk.instance)
        typed_before = form.shown(work, {"_raw": raw})
        typed_before.access = {}
    return render_template("tasks/taken.html", sentence=translated(gone), task=desk.task, view=typed_before, opinion=opinion)


@bp.post("/<uuid:task_id>/draft")
def draft(task_id: UUID) -> ResponseReturnValue:
    """Keep what is being typed, and say which fields are not asked for now."""
    raw, opinion = typed(request.form), request.form.get("_opinion", "")

    def keep(work: UnitOfWork) -> dict[str, Any]:
        user_tasks.save_draft(work, task_id, {"_raw": raw, "_opinion": opinion})
        desk = user_tasks.view(work, task_id)
        form = page.sheet(work, desk.task, desk.instance).shown(work, {"_raw": raw})
        following = user_tasks.next_steps(work, task_id, form.answers) if desk.task.is_open else []
        return {
            "message": _("Saved by itself %(time)s", time=clock(work.now)),
            "base": str(int(work.now.timestamp())),
            "hidden": form.hidden,
            "next": way.submit_words(following),
        }

    return jsonify(change(keep))


@bp.post("/<uuid:task_id>/files")
def upload(task_id: UUID) -> ResponseReturnValue:
    """Take in a file that was dropped on the form."""
    with unit_of_work() as work:
        task = user_tasks.get(work, task_id)
    return take_in(task.instance_id, task_id)


@bp.post("/<uuid:task_id>/claim")
def claim(task_id: UUID) -> ResponseReturnValue:
    """Take an offered task on."""
    change(lambda work: user_tasks.claim(work, task_id))
    flash(_("You have taken this on; the others no longer see it."))
    return redirect(url_for(".show", task_id=task_id))


@bp.post("/<uuid:task_id>/sign")
def sign(task_id: UUID) -> ResponseReturnValue:
    """Sign for a task."""
    change(lambda work: user_tasks.sign_for(work, task_id))
    flash(_("Signed for. You can begin."))
    return redirect(url_for(".show", task_id=task_id))


@bp.post("/<uuid:task_id>/release")
def release(task_id: UUID) -> ResponseReturnValue:
    """Give a task back to those it was offered to."""
    change(lambda work: user_tasks.release(work, task_id))
    flash(_("Given back; the others see it again."))
    return redirect(url_for("inbox.index", tab="todo"))


@bp.route("/<uuid:task_id>/return", methods=["GET", "POST"])
def send_back(task_id: UUID) -> ResponseReturnValue:
    """Let an earlier step be done again."""
    target, reason = request.form.get("target", ""), request.form.get("reason", "")
    return _with_reason(task_id, "send_back", lambda work: user_tasks.send_back(work, task_id, target, reason), _("Returned."))


@bp.route("/<uuid:task_id>/hand-over", methods=["GET", "POST"])
def hand_over(task_id: UUID) -> ResponseReturnValue:
    """Give the task to a colleague for good."""
    to, reason = request.form.get("to", ""), request.form.get("reason", "")
    return _with_reason(task_id, "hand_over", lambda work: user_tasks.hand_over(work, task_id, to, reason), _("Handed over."))


@bp.route("/<uuid:task_id>/recuse", methods=["GET", "POST"])
def recuse(task_id: UUID) -> ResponseReturnValue:
    """Give the task away because of a stake in it."""
    reason = request.form.get("reason", "")
    return _with_reason(
        task_id,
        "recuse",
        lambda work: user_tasks.recuse(work, task_id, reason),
        _("You are out of this step; it goes to somebody else."),
    )


@bp.route("/<uuid:task_id>/withdraw", methods=["GET", "POST"])
def withdraw(task_id: UUID) -> ResponseReturnValue:
    """Take back what was handed in by mistake."""
    reason = request.form.get("reason", "")
    return _with_reason(
        task_id, "withdraw", lambda work: user_tasks.withdraw(work, task_id, reason), _("Taken back; it is under “To do” again.")
    )


def _with_reason(task_id: UUID, page_name: str, action: Any, done: str) -> ResponseReturnValue:
    """Ask for what an action needs, do it, and say that it is done."""
    error, status = "", 200
    if request.method == "POST":
        try:
            change(action)
        except user_tasks.TaskGone as gone:
            return declined(gone)
        except EngineError as reason:
            error, status = translated(reason), 422
        else:
            flash(done)
            return redirect(url_for("inbox.index", tab="todo"))
    with unit_of_work() as work:
        found = page.for_action(work, task_id, page_name)
    return render_template(f"tasks/{page_name}.html", error=error, **found), status
