"""Behind a number: its definition, its course, and exactly the rows or units that were counted."""

from typing import Any, cast

from flask import g, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import indicators
from engine.indicators import Reading, Side
from engine.packs import OF_ROWS
from engine.persistence.work import UnitOfWork
from webui.campaign import cards, export
from webui.campaign.blueprint import RIGHT, bp
from webui.listing import page_number
from webui.naming import unit_name
from webui.sessions import needs_right
from webui.spreadsheet import taken
from webui.work import unit_of_work

COURSE_WIDTH, COURSE_HEIGHT = 640, 120


@bp.get("/indicators/<code>")
@needs_right(RIGHT)
def indicator(code: str) -> ResponseReturnValue:
    """Show an indicator with the list behind one of its figures."""
    with unit_of_work() as work:
        found = _gather(work, code)
    return render_template("campaign/indicator.html", **found)


@bp.get("/indicators/<code>.xlsx")
@needs_right(RIGHT)
def save_indicator(code: str) -> ResponseReturnValue:
    """Give the list behind a figure as a spreadsheet."""
    with unit_of_work() as work:
        found = _gather(work, code, whole_list=True)
    name = f"{found['figure'].name}({dict(found['sides'])[found['side']][0]})"
    mark = taken(name, len(found["page"].rows if "page" in found else found["standings"]))
    return send_file(export.list_of(name, found, mark), export.XLSX, as_attachment=True, download_name=f"{name}.xlsx")


def _gather(work: UnitOfWork, code: str, whole_list: bool = False) -> dict[str, Any]:
    measured = indicators.get(work, g.pack.key, code)
    place = request.args.get("figure", 0, type=int)
    figure = indicators.figure_of(measured.indicator, place)
    side = cast(Side, request.args.get("side", "part"))
    side = side if side in indicators.sides(figure) else "part"
    days = indicators.history(work, g.pack.key)
    course = [*days.get((code, place), ())]
    found = {
        "card": cards.card(measured, days),
        "place": place,
        "figure": figure,
        "side": side,
        "sides": _sides(measured.readings[place]),
        "course": course,
        "line": cards.points([day.number for day in course], COURSE_WIDTH, COURSE_HEIGHT),
        "width": COURSE_WIDTH,
        "height": COURSE_HEIGHT,
        "written": cards.written,
    }
    pool = "" if whole_list else indicators.shut_by(work, figure)
    if pool:
        return found | {"shut": next(one.name for one in g.pack.pools if one.code == pool), "sides": []}
    if figure.kind in OF_ROWS:
        page = indicators.rows(work, g.pack, figure, side, 1 if whole_list else page_number(), *([None] if whole_list else []))
        return found | {"page": page, "columns": indicators.columns(work, figure)}
    return found | {"standings": [_standing(one) for one in indicators.units(work, g.pack, figure, side)]}


def _sides(reading: Reading) -> list[tuple[Side, tuple[str, int]]]:
    """Name the lists behind a figure, with how many each holds."""
    whole = reading.whole or 0
    words: dict[Side, tuple[str, int]] = {
        "part": (_("counted"), reading.part),
        "rest": (_("not counted"), whole - reading.part),
        "whole": (_("all of them"), whole),
    }
    return [(side, words[side]) for side in indicators.sides(reading.figure)]


def _standing(one: indicators.Standing) -> dict[str, Any]:
    """Word a unit, and say where it leads."""
    milestone = g.pack.milestone(one.milestone) if one.milestone else None
    href = url_for(".cell", milestone=one.milestone, unit=one.unit) if milestone else url_for("cockpit.index", unit=one.unit)
    return {"unit": unit_name(one.unit), "milestone": milestone, "reached_on": one.reached_on, "counts": one.counts, "href": href}
