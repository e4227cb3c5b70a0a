"""The blueprint of the messages, which all their views register with."""

from flask import Blueprint

bp = Blueprint("notifications", __name__, url_prefix="/messages", template_folder="templates")
