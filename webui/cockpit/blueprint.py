"""The blueprint of the pages about matters."""

from flask import Blueprint

bp = Blueprint("cockpit", __name__, url_prefix="/matters", template_folder="templates")
