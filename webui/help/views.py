"""Help pages, one per kind of work, in the reader's language."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from webui.i18n import language

bp = Blueprint("help", __name__, url_prefix="/help", template_folder="templates")
PAGES = {
    "liaison": _l("For those who fill in, submit and follow up"),
    "leader": _l("For leaders who sign"),
    "office": _l("For the office that organises and supervises"),
    "inspector": _l("For those who inspect on site"),
    "confidential": _l("What is kept secret, and recusal"),
    "administrator": _l("For those who look after units and people"),
    "process_administrator": _l("For those who change and publish processes"),
    "public": _l("For the public, and for whoever explains the public pages to them"),
    "operator": _l("For those who run the system"),
    "machines": _l("Machines, backup and upgrade"),
    "keys": _l("Keys, drafts and files"),
}


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the pages."""
    return render_template("help/index.html", pages=PAGES)


@bp.get("/<page>")
def show(page: str) -> ResponseReturnValue:
    """Show one page."""
    if page not in PAGES:
        abort(404)
    return render_template("help/show.html", page=page, pages=PAGES, words=f"help/{language()}/{page}.html")
