"""Deciding one matter after the other, on a phone above all."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import user_tasks
from engine.persistence.work import UnitOfWork
from webui import phrases
from webui.deadlines import deadlines
from webui.i18n import translated
from webui.signing import deck
from webui.work import change, unit_of_work

bp = Blueprint("signing", __name__, url_prefix="/inbox/signing", template_folder="templates")


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show the cards."""
    return _page()


@bp.post("/<uuid:task_id>")
def decide(task_id: UUID) -> ResponseReturnValue:
    """Hand in the answer of a card; where its form asks for more, go on there with what was given here."""
    answer, opinion = request.form.get("answer", ""), request.form.get("opinion", "").strip()
    try:
        title, whole = change(lambda work: _hand_in(work, task_id, answer, opinion))
    except user_tasks.OpinionRequired as reason:
        return _page(task_id, translated(reason)), 422
    if whole:
        flash(_("“%(title)s” is handed in: %(answer)s.", title=title, answer=answer))
        return redirect(url_for(".index"))
    if not opinion:
        return _page(task_id, _("Say why: whoever gets it back must know what to mend.")), 422
    flash(_("This needs more than an answer; it is filled in as far as you have given it."), "near")
    return redirect(url_for("tasks.show", task_id=task_id))


def _hand_in(work: UnitOfWork, task_id: UUID, answer: str, opinion: str) -> tuple[str, bool]:
    task, instance = user_tasks.at_hand(work, task_id)
    form, raw = deck.answered(work, task_id, answer, opinion)
    title = instance.title or task.name
    if not form.bound.valid:
        if opinion:
            user_tasks.save_draft(work, task_id, {"_raw": raw, "_opinion": opinion})
        return title, False
    user_tasks.complete_at_hand(work, task, instance, form.bound.values, opinion)
    return title, True


def _page(faulty: UUID | None = None, error: str = "") -> str:
    with unit_of_work() as work:
        found = deck.gather(work)
        offered = phrases.offered(work)
        judge = deadlines(work.now)
    opinion = request.form.get("opinion", "")
    return render_template(
        "signing/index.html", deck=found, phrases=offered, deadline=judge.of, faulty=faulty, error=error, opinion=opinion
    )
