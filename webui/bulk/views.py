"""The pages of handling in bulk: the list with its one form, and what came of it."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import user_tasks
from engine.persistence.work import UnitOfWork
from engine.user_tasks import Bulk
from webui import phrases, way
from webui.bulk import sheaf
from webui.bulk.sheaf import Sheaf
from webui.deadlines import deadlines
from webui.tasks.desk import Raw, typed
from webui.work import change, unit_of_work

bp = Blueprint("bulk", __name__, url_prefix="/inbox/bulk", template_folder="templates")


@bp.get("/")
def show() -> ResponseReturnValue:
    """Show the chosen matters and the form they share."""
    ids, only = request.args.getlist("task", type=UUID), request.args.get("only", "")
    with unit_of_work() as work:
        papers = sheaf.sorted_by_papers(user_tasks.choose(work, ids).ready)
        shown = papers.get(only, ids)
        found = _page(work, sheaf.gather(work, shown, shown, None), "")
    return render_template("bulk/show.html", **found, papers=papers, all_ids=ids, only=only)


@bp.post("/")
def hand_in() -> ResponseReturnValue:
    """Hand in every ticked matter; show the list again where something is wrong."""
    ids, ticked, raw, opinion = _asked()
    came = change(lambda work: _hand_in(work, ticked, raw, opinion)) if ticked else None
    if came is None:
        with unit_of_work() as work:
            found = _page(work, sheaf.gather(work, ids, ticked, raw, judge=True), opinion, judge=True)
        return render_template("bulk/show.html", **found), 422
    return redirect(url_for(".done", task=[*came.done, *came.refused], left=[key for key in ids if key not in ticked]))


@bp.post("/look")
def look() -> ResponseReturnValue:
    """Say, while the form is being filled in, which fields are not asked for and what handing in leads to."""
    ids, ticked, raw, _opinion = _asked()
    with unit_of_work() as work:
        found = sheaf.gather(work, ids, ticked, raw)
        words = way.submit_words(found.following(work))
    return jsonify(message="", unsaved=True, hidden=sorted(found.hidden()), next=words)


@bp.get("/done")
def done() -> ResponseReturnValue:
    """Say what was done, what was not and why, and what is left."""
    ids, left = request.args.getlist("task", type=UUID), request.args.getlist("left", type=UUID)
    with unit_of_work() as work:
        came = user_tasks.choose(work, ids)
        rest = user_tasks.choose(work, left)
    mine = {task.id for task, _instance in came.done}
    refused = [(key, came.titles.get(key, ""), reason) for key, reason in came.refused.items() if key not in mine]
    waiting = [(task, instance) for task, instance in [*came.ready, *rest.ready]]
    return render_template("bulk/done.html", done=came.done, refused=refused, waiting=waiting)


def _asked() -> tuple[list[UUID], list[UUID], Raw, str]:
    ticked = request.form.getlist("_task", type=UUID)
    listed = request.form.getlist("_listed", type=UUID) or ticked
    raw = {name: texts for name, texts in typed(request.form).items() if not name.startswith("_")}
    return listed, ticked, raw, request.form.get("_opinion", "").strip()


def _hand_in(work: UnitOfWork, ticked: Sequence[UUID], raw: Raw, opinion: str) -> Bulk | None:
    """Complete what was ticked; nothing, where something is wrong with what was typed."""
    found = sheaf.gather(work, ticked, ticked, raw, judge=True)
    if found.faulty or (found.opinion_required and not opinion):
        return None
    own = {row.task.id: row.filled.bound.values for row in found.rows}
    return user_tasks.complete_many(work, ticked, {}, opinion, own)


def _page(work: UnitOfWork, found: Sheaf, opinion: str, *, judge: bool = False) -> dict[str, Any]:
    """Give the template what it needs."""
    refused = found.chosen.refused
    return {
        "sheaf": found,
        "rows": [(row, sheaf.facts(row)) for row in found.rows],
        "parts": found.parts(),
        "common": found.common_faults(),
        "opinion": opinion,
        "opinion_error": _("Write your opinion before you hand this in.")
        if judge and found.opinion_required and not opinion
        else "",
        "phrases": phrases.offered(work),
        "next_words": way.submit_words(found.following(work)),
        "deadline": deadlines(work.now).of,
        "refused": [(key, found.chosen.titles.get(key, ""), reason) for key, reason in refused.items()],
        "others": _of(refused, user_tasks.NotOfOneKind),
        "nothing_ticked": judge and not found.ticked,
    }


def _of(refused: Any, reason: type[Exception]) -> Collection[UUID]:
    return [key for key, found in refused.items() if isinstance(found, reason)]
