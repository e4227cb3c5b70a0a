"""Changes on their way: submitted by the editor, looked at and published or returned by another person."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import changes, comparing, notifications
from engine.change_errors import Unsound
from engine.checking import check
from engine.deployments import DeploymentRefused
from engine.persistence.repositories.changes import ChangeRow
from engine.persistence.work import UnitOfWork
from webui.modeler.blueprint import bp
from webui.modeler.contents import base_of, content
from webui.modeler.wording import fact_of, kind_of, type_of
from webui.problems import said
from webui.work import change, unit_of_work


@bp.get("/<pack>/submit")
def submit(pack: str) -> ResponseReturnValue:
    """Show what would be submitted, with what the engine says of it."""
    with unit_of_work() as work:
        mine = changes.mine(work, pack)
        shown = _gather(work, mine) if mine else {}
    if not shown:
        flash(_("You have no draft to submit."))
        return redirect(url_for(".index"))
    return render_template("modeler/change.html", submitting=True, **shown)


@bp.post("/<pack>/submit")
def hand_in(pack: str) -> ResponseReturnValue:
    """Submit my change for its publication."""
    note, accepted = request.form.get("note", "").strip(), "accepted" in request.form
    try:
        submitted = change(lambda work: _submit(work, pack, note, accepted))
    except (DeploymentRefused, Unsound):
        return submit(pack), 422
    flash(_("Submitted. Another person who may publish looks at it next."))
    return redirect(url_for(".show_change", change_id=submitted.id))


def _submit(work: UnitOfWork, pack: str, note: str, accepted: bool) -> ChangeRow:
    submitted = changes.submit(work, pack, note, accepted)
    title = _("%(name)s submitted a change for its publication", name=g.actor.name)
    _tell(work, changes.publishers(work, pack), submitted, "submitted", title, note)
    return submitted


def _tell(work: UnitOfWork, to: Sequence[str], row: ChangeRow, what: str, title: str, body: str) -> None:
    event = f"change:{row.id}:{what}:{row.revision}"
    notifications.notify(work, to, event, title, body, f"change:{row.id}", excluded={g.actor.login})


@bp.get("/changes/<uuid:change_id>")
def show_change(change_id: UUID) -> ResponseReturnValue:
    """Show a change: its files, what differs, what the engine says, and what can be done with it."""
    with unit_of_work() as work:
        shown = _gather(work, changes.get(work, change_id))
    return render_template("modeler/change.html", submitting=False, **shown)


@bp.post("/changes/<uuid:change_id>/publish")
def publish(change_id: UUID) -> ResponseReturnValue:
    """Publish somebody else's change."""
    revision = request.form.get("revision", 0, type=int)
    deployment = change(lambda work: changes.publish(work, change_id, revision))
    flash(
        _(
            "Published as deployment %(number)s. New matters follow it; those under way keep their version.",
            number=deployment.number,
        )
    )
    return redirect(url_for(".index"))


@bp.post("/changes/<uuid:change_id>/return")
def send_back(change_id: UUID) -> ResponseReturnValue:
    """Return somebody else's change with a reason."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        flash(_("Say why it is returned."), "over")
        return redirect(url_for(".show_change", change_id=change_id))
    change(lambda work: _send_back(work, change_id, reason))
    flash(_("Returned to its editor."))
    return redirect(url_for(".index"))


def _send_back(work: UnitOfWork, change_id: UUID, reason: str) -> None:
    changes.send_back(work, change_id, reason)
    returned = changes.get(work, change_id)
    _tell(work, [returned.editor], returned, "returned", _("%(name)s returned your change", name=g.actor.name), reason)


@bp.post("/changes/<uuid:change_id>/withdraw")
def withdraw(change_id: UUID) -> ResponseReturnValue:
    """Take my own change back."""
    change(lambda work: changes.withdraw(work, change_id))
    flash(_("Taken back. You can go on editing."))
    return redirect(url_for(".index"))


def _gather(work: UnitOfWork, found: ChangeRow) -> dict[str, Any]:
    files = work.changes.files(found.id)
    is_open = found.state not in ("published", "dropped")
    checked = check(work, found.pack, changes.overlaid(work, found, found.pack)) if is_open else None
    verdict = changes.judge(checked, [row.path for row in files]) if checked and not checked.problems else None
    return {
        "change": found,
        "files": [(row, _differences(work, found, row.path, row.data)) for row in files],
        "stale": changes.stale(work, found) if is_open else [],
        "problems": [(problem, said(problem)) for problem in checked.problems] if checked else [],
        "unsound": [(fault, said(fault)) for fault in verdict.findings] if verdict else [],
        "unjudged": [(fault, said(fault)) for fault in verdict.unjudged] if verdict else [],
        "mine": found.editor == g.actor.login,
        "can_publish": g.actor.may("publish_process") and g.actor.login != found.editor,
        "say": {"kind": kind_of, "type": type_of, "fact": fact_of},
    }


def _differences(work: UnitOfWork, found: ChangeRow, path: str, data: bytes) -> list[comparing.Difference] | None:
    if not path.endswith(".bpmn"):
        return None
    before = base_of(work, found.pack, path, str(found.id))
    return comparing.compare(content(work, found.pack, path, before), data)
