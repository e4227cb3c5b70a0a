"""The blueprint of the papers, which all its views register with."""

from flask import Blueprint

bp = Blueprint("papers", __name__, url_prefix="/papers", template_folder="templates")
