"""Opening a sealed value: the page that asks why, and the value, shown once and kept nowhere."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import exporting, process_instances, unmasking
from engine.persistence.work import UnitOfWork
from engine.unmasking import Opened, Spot
from webui.i18n import translated
from webui.sessions import needs_right
from webui.work import change, unit_of_work

bp = Blueprint("sealed", __name__, url_prefix="/sealed", template_folder="templates")
LONGEST = 200


@bp.route("/matters/<uuid:instance_id>", methods=["GET", "POST"])
@needs_right(unmasking.UNMASK)
def matter(instance_id: UUID) -> ResponseReturnValue:
    """Open a value of a matter."""
    return _opened(
        lambda work: unmasking.spots(work, process_instances.visible(work, instance_id)),
        lambda work, path, reason: unmasking.open_of_instance(work, instance_id, path, reason),
        url_for("cockpit.show", instance_id=instance_id),
    )


@bp.route("/rows/<ledger_id>/<path:key>", methods=["GET", "POST"])
@needs_right(unmasking.UNMASK)
def row(ledger_id: str, key: str) -> ResponseReturnValue:
    """Open a value of a ledger row."""
    return _opened(
        lambda work: unmasking.spots_behind(work, ledger_id, key),
        lambda work, path, reason: unmasking.open_of_row(work, ledger_id, key, path, reason),
        url_for("ledgers.show", ledger_id=ledger_id),
    )


def _opened(
    spots: Callable[[UnitOfWork], list[Spot]], open_: Callable[[UnitOfWork, str, str], Opened], back: str
) -> ResponseReturnValue:
    """Ask for the reason, or give the value; as a part of the page where a script asked."""
    path, reason = request.values.get("field", ""), request.form.get("reason", "").strip()[:LONGEST]
    opened, error, status = None, "", 200
    if request.method == "POST":
        try:
            opened = change(lambda work: open_(work, path, reason))
        except unmasking.ReasonMissing as missing:
            error, status = translated(missing), 422
    with unit_of_work() as work:
        spot = next((found for found in spots(work) if found.path == path), None)
    if spot is None:
        raise unmasking.NothingSealed
    template = "sealed/_part.html" if request.headers.get("HX-Request") else "sealed/show.html"
    page = render_template(template, spot=spot, opened=opened, error=error, reason=reason, back=back)
    answer = make_response(page, 200 if template == "sealed/_part.html" else status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.app_template_global()
def print_mark() -> str:
    """Give what stands on every page that is printed from the screen: who printed it and when."""
    with unit_of_work() as work:
        return exporting.mark(work)
