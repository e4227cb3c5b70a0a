"""The blueprint of process administration, and who may look."""

from flask import Blueprint, g

from engine import changes
from engine.persistence.work import UnitOfWork
from webui.work import unit_of_work

bp = Blueprint("modeler", __name__, url_prefix="/processes", template_folder="templates")


@bp.before_request
def admit() -> None:
    """Let editors and publishers in, to the pack of their post."""
    from flask import request

    pack = (request.view_args or {}).get("pack", g.actor.campaign)
    with unit_of_work() as work:
        changes.look(work, pack)


def my_pack(work: UnitOfWork) -> str:
    """Give the pack of the post acted in."""
    return work.actor.campaign
