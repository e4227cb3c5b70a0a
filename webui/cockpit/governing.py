"""Stopping a matter, letting it go on, withdrawing it: each for a reason that stays in the trail."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import process_instances
from engine.persistence.work import UnitOfWork
from engine.user_tasks.guards import check_reason
from webui.cockpit.blueprint import bp
from webui.sessions import needs_right
from webui.work import change

RIGHT = "manage_incidents"
ACTIONS: dict[str, Callable[[UnitOfWork, UUID, str], None]] = {
    "suspend": process_instances.suspend,
    "resume": process_instances.resume,
    "cancel": process_instances.cancel,
}


@bp.post("/<uuid:instance_id>/<any(suspend, resume, cancel):action>")
@needs_right(RIGHT)
def govern(instance_id: UUID, action: str) -> ResponseReturnValue:
    """Stop a matter, let it go on, or withdraw it."""

    def act(work: UnitOfWork) -> None:
        ACTIONS[action](work, instance_id, check_reason(request.form.get("reason", "")))

    change(act)
    flash({"suspend": _("It is paused."), "resume": _("It goes on."), "cancel": _("It is withdrawn.")}[action])
    return redirect(url_for(".show", instance_id=instance_id))
