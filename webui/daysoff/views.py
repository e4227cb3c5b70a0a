"""The working-day calendar by which deadlines are counted, for everybody to read."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from engine.calendar import Calendar
from webui.daysoff.year import breaks, months
from webui.work import unit_of_work

bp = Blueprint("daysoff", __name__, url_prefix="/holidays", template_folder="templates")
FIRST, LAST = 2004, 2099


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show a year, the present one unless another is asked for."""
    with unit_of_work() as work:
        today = work.now.date()
    year = min(max(request.args.get("year", today.year, type=int), FIRST), LAST)
    calendar = g.pack.calendar()
    return render_template(
        "daysoff/index.html", year=year, today=today, months=months(calendar, year), breaks=breaks(calendar, year),
        known=calendar.knows(year), source=source(year), unknown=not_known_soon(calendar, today.year),
    )  # fmt: skip


def source(year: int) -> str:
    """Give the notice that a deployed year names."""
    return next((found.source for found in g.pack.holidays if found.year == year), "")


def not_known_soon(calendar: Calendar, year: int) -> list[int]:
    """List this year and the next where their holidays are not known."""
    return [one for one in (year, year + 1) if calendar.notice(one)]
