"""The blueprint of the ledgers, which all their views register with."""

from flask import Blueprint

bp = Blueprint("ledgers", __name__, url_prefix="/ledgers", template_folder="templates")
