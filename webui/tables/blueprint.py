"""The blueprint of the tables that are edited in the browser, open to those who may edit processes."""

from flask import Blueprint

bp = Blueprint("tables", __name__, url_prefix="/tables", template_folder="templates")
RIGHT = "edit_process"
