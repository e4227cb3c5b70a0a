"""The blueprint of the campaign's pages."""

from flask import Blueprint

RIGHT = "watch_campaign"
bp = Blueprint("campaign", __name__, url_prefix="/campaign", template_folder="templates")
