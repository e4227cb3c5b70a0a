"""The blueprint of intake."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

bp = Blueprint("intake", __name__, template_folder="templates")


@bp.record_once
def _without_page(state: BlueprintSetupState) -> None:
    """Programs have no page whose token they could send; their key stands in the header."""
    state.app.extensions["csrf"].exempt("webui.intake.views.receive")
