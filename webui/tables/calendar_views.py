"""The calendar: a year's days off and worked weekend days, ticked in its months, from what the library knows."""

from collections.abc import Iterable
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.calendar import Calendar, as_day, holiday_of, published
from engine.errors import EngineError
from engine.packs import Pack, writing
from webui.daysoff.views import FIRST, LAST
from webui.daysoff.year import breaks, months
from webui.i18n import translated
from webui.sessions import needs_right
from webui.tables import books, sheets
from webui.tables.blueprint import RIGHT, bp
from webui.tables.grid import Column, Grid
from webui.tables.sheets import Sheet
from webui.work import change, unit_of_work

PATH = "pack.toml"
OFF, WORKED = "off", "worked"
KINDS = ((OFF, _l("a day off")), (WORKED, _l("a worked weekend day")))
DAYS = (
    Column("day", _l("Date"), width=12),
    Column("kind", _l("Kind of day"), KINDS, 14),
    Column("name", _l("Holiday"), width=12),
)


class NotADayOfTheYear(EngineError):
    """Row {row}, date: “{text}” is not a day of {year}. Write it like {year}-10-01."""


class NotAKindOfDay(EngineError):
    """Row {row}, kind: “{text}” is neither a day off nor a worked weekend day."""


@bp.route("/calendar", methods=["GET", "POST"])
@needs_right(RIGHT)
def calendar() -> ResponseReturnValue:
    """Show a year, or keep it as it was ticked."""
    with unit_of_work() as work:
        year = _year(work.now.year)
        sheet, pack = sheets.sheet(work, PATH), sheets.pack(work)
    if request.method == "GET":
        return _page(sheet, pack, year, pack.calendar(), _source(pack, year))
    off, worked = _ticked(year)
    if request.form.get("do") == "library":
        data, told = writing.without_holidays(sheet.content, year), _("The draft holds what the State Council announced.")
    else:
        data, told = (
            writing.holidays(sheet.content, year, off, worked, request.form.get("source", "").strip()),
            _("The draft is saved."),
        )
    try:
        change(lambda work: sheets.save(work, PATH, data))
    except EngineError as error:
        shown = Calendar({year: (frozenset(off), frozenset(worked))})
        status = 409 if error.kind == "conflict" else 422
        return _page(sheet, pack, year, shown, request.form.get("source", ""), translated(error)), status
    flash(told)
    return redirect(url_for(".calendar", year=year))


@bp.get("/calendar.xlsx")
@needs_right(RIGHT)
def calendar_book() -> ResponseReturnValue:
    """Give a year's days as a workbook."""
    with unit_of_work() as work:
        year = _year(work.now.year)
        off, worked = sheets.pack(work).calendar().table(year)
    rows = [[day.isoformat(), OFF if day in off else WORKED, holiday_of(day)] for day in sorted(off | worked)]
    return books.give(str(year), [Grid("day", str(year), DAYS, rows)])


@bp.post("/calendar/back")
@needs_right(RIGHT)
def calendar_back() -> ResponseReturnValue:
    """Tick a year as a workbook says; it is kept when that is confirmed."""
    with unit_of_work() as work:
        year = _year(work.now.year)
        sheet, pack = sheets.sheet(work, PATH), sheets.pack(work)
    grid = Grid("day", str(year), DAYS, [])
    try:
        books.take(request.files["file"].stream, [grid])
        shown = Calendar({year: _read(grid, year)})
    except EngineError as error:
        return _page(sheet, pack, year, pack.calendar(), _source(pack, year), translated(error)), 422
    return _page(sheet, pack, year, shown, _source(pack, year), brought=True)


def _page(sheet: Sheet, pack: Pack, year: int, shown: Calendar, source: str, error: str = "", brought: bool = False) -> str:
    library = Calendar()
    return render_template(
        "tables/calendar.html", sheet=sheet, year=year, months=months(shown, year), breaks=breaks(shown, year), source=source,
        own=pack.calendar().is_deployed(year), library=library.knows(year), known=pack.calendar().knows(year),
        error=error, brought=brought,
    )  # fmt: skip


def _year(now: int) -> int:
    return min(max(request.values.get("year", now, type=int), FIRST), LAST)


def _source(pack: Pack, year: int) -> str:
    return next((found.source for found in pack.holidays if found.year == year), "")


def _ticked(year: int) -> tuple[set[date], set[date]]:
    """Tell the days off besides weekends, and the worked weekend days, from every day that is ticked as off.

    A weekend day that the library counts to a public holiday stays with it.
    """
    ticked = {day for text in request.form.getlist("off") if (day := as_day(text)) and day.year == year}
    named = published(year)
    off = {day for day in ticked if day.weekday() < 5 or (named and day in named[0])}
    return off, {day for day in _weekends(year) if day not in ticked}


def _weekends(year: int) -> Iterable[date]:
    first = date(year, 1, 1).toordinal()
    days = (date.fromordinal(first + number) for number in range(366))
    return (day for day in days if day.year == year and day.weekday() >= 5)


def _read(grid: Grid, year: int) -> tuple[frozenset[date], frozenset[date]]:
    found: dict[str, set[date]] = {OFF: set(), WORKED: set()}
    for number, record in enumerate(grid.records(), start=2):
        day = as_day(record["day"])
        if day is None or day.year != year:
            raise NotADayOfTheYear(row=number, text=record["day"], year=year)
        if record["kind"] not in found:
            raise NotAKindOfDay(row=number, text=record["kind"])
        found[record["kind"]].add(day)
    return frozenset(found[OFF]), frozenset(found[WORKED])
