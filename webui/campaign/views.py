"""The board: one page, the part of it that refreshes itself, the lists behind its cells, and the board as a spreadsheet."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from flask import g, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from engine import ledgers, process_instances, user_tasks
from engine.packs import Board, Column, Tile
from engine.persistence.identity_records import UnitRow
from engine.persistence.repositories.inbox import InboxFilters
from engine.persistence.work import UnitOfWork
from engine.process_instances import InstanceFilters
from webui.campaign import board, cards, charts, export, indicator_views
from webui.campaign.blueprint import RIGHT, bp
from webui.campaign.news import news
from webui.campaign.timeline import line
from webui.deadlines import deadlines, light_word
from webui.formatting import day, origin
from webui.ledgers.filtering import address_of
from webui.naming import unit_name
from webui.navigation import Item
from webui.sessions import needs_right
from webui.spreadsheet import taken
from webui.work import unit_of_work

MENU = (Item("campaign.index", _l("Campaign"), "grid-3x3", order=5, right=RIGHT),)
PARTS = (indicator_views,)
WAITING = 6
ANY_UNIT = "00-any-unit-00"


@bp.get("/")
@needs_right(RIGHT)
def index() -> ResponseReturnValue:
    """Show the board of the pack the post belongs to; a board that refreshes itself asks for its live part only."""
    with unit_of_work() as work:
        found = gather(work)
    return render_template("campaign/live.html" if request.headers.get("HX-Request") else "campaign/index.html", **found)


@bp.get("/board.xlsx")
@needs_right(RIGHT)
def save() -> ResponseReturnValue:
    """Give the board as a spreadsheet: the matrix, the indicators with their definitions, the charts."""
    with unit_of_work() as work:
        found = gather(work)
    mark = taken(g.pack.name, len(found["rows"]))
    return send_file(
        export.workbook(g.pack.name, found, mark), export.XLSX, as_attachment=True, download_name=f"{g.pack.name}.xlsx"
    )


@bp.get("/<milestone>/<unit>")
@needs_right(RIGHT)
def cell(milestone: str, unit: str) -> ResponseReturnValue:
    """Show what is behind a cell of a milestone."""
    found = g.pack.milestone(milestone)
    if not g.actor.scope.includes(unit):
        raise process_instances.InstanceNotFound()
    with unit_of_work() as work:
        reached = work.milestones.of_code(milestone, unit)
        running = process_instances.search(work, InstanceFilters(unit=unit, state="active"))
        light = deadlines(work.now).of(found.date)
    facts = {"milestone": found, "unit": unit, "unit_name": unit_name(unit), "deadline": light}
    return render_template("campaign/milestone.html", reached=reached, running=running, **facts)


def gather(work: UnitOfWork) -> dict[str, Any]:
    """Gather everything the board shows."""
    judge, declared = deadlines(work.now), g.pack.board
    columns = declared.columns_for(g.actor.role) if declared else ()
    found = cards.cards(work)
    rows = _rows(work, declared, columns, judge)
    return {
        "pack": g.pack,
        "board": declared,
        "columns": columns,
        "line": line(g.pack.milestones, g.pack.stages, judge.today),
        "rows": rows,
        "tiles": [_tile(work, tile) for tile in declared.tiles if _may_see(tile)] if declared else [],
        "highlights": [card for card in found if card.tile],
        "groups": cards.grouped(found),
        "charts": [charts.drawn(work, chart) for chart in declared.charts] if declared else [],
        "news": news(rows, columns),
        "waiting": user_tasks.inbox(work, "todo", InboxFilters(), size=WAITING),
        "deadline": judge.of,
        "heading": _heading,
        "light_word": light_word,
        "now": work.now,
    }


def _rows(work: UnitOfWork, declared: Board | None, columns: tuple[Column, ...], judge: Any) -> list[Any]:
    if declared is None:
        return []
    reached = board.reached_by(work.milestones.reached(scope=process_instances.scope(work)))
    matrix = board.Matrix(g.pack, judge, reached, _counted(work, columns), _said(work, columns), _linking())
    return [(unit, [matrix.cell(column, unit.code) for column in columns]) for unit in _units(work, declared)]


def _units(work: UnitOfWork, declared: Board) -> list[UnitRow]:
    wanted = declared.unit_types
    return [
        unit
        for unit in work.units.all()
        if unit.active and g.actor.scope.includes(unit.code) and (not wanted or unit.type in wanted)
    ]


def _counted(work: UnitOfWork, columns: tuple[Column, ...]) -> dict[str, tuple[Mapping[str, int], Mapping[str, int]]]:
    """Count rows per unit for every column that shows a share of a ledger: two statements a column, whatever the units."""
    shares = [column for column in columns if column.ledger and not column.value]
    return {
        column.name: (_tally(work, column.ledger, column.filter), _tally(work, column.ledger, column.of)) for column in shares
    }


def _said(work: UnitOfWork, columns: tuple[Column, ...]) -> dict[tuple[str, str], str]:
    """Read what each unit's row says, for every column that shows one: one statement a column."""
    found = {}
    for column in (column for column in columns if column.value):
        by = ledgers.definition(work, column.ledger).unit
        for values in ledgers.tally(work, column.ledger, (by, column.value), column.filter):
            unit, said = values  # type: ignore[misc]
            if said not in (None, ""):
                found[column.name, str(unit)] = str(said)
    return found


def _tally(work: UnitOfWork, ledger_id: str, filter: Mapping[str, object]) -> dict[str, int]:
    by = ledgers.definition(work, ledger_id).unit
    return {str(unit): count for unit, count in ledgers.tally(work, ledger_id, by, filter).items()}


def _tile(work: UnitOfWork, tile: Tile) -> dict[str, Any]:
    n, total = sum(_tally(work, tile.ledger, tile.filter).values()), sum(_tally(work, tile.ledger, tile.of or {}).values())
    note = tile.note.format(n=n, of=total) if tile.note else (f"{n} / {total}" if tile.of is not None else "")
    href = url_for("ledgers.show", ledger_id=tile.ledger, **address_of(tile.filter))  # type: ignore[arg-type]
    return {"name": tile.name, "n": n, "note": note, "href": href}


def _may_see(tile: Tile) -> bool:
    return tile.scope != "all" or g.actor.scope.units is None


def _linking() -> Callable[[Column, str], str]:
    """Give what links a cell: a column's address is put together once, whatever the number of units."""
    known: dict[str, str] = {}

    def link(column: Column, unit: str) -> str:
        if column.name not in known:
            known[column.name] = _link(column, ANY_UNIT)
        return known[column.name].replace(ANY_UNIT, quote(unit, safe=""))

    return link


def _link(column: Column, unit: str) -> str:
    if column.milestone:
        return url_for(".cell", milestone=column.milestone, unit=unit)
    narrowed = column.filter if column.value else column.of
    return url_for("ledgers.show", ledger_id=column.ledger, unit=unit, **address_of(narrowed))  # type: ignore[arg-type]


def _heading(column: Column) -> str:
    if not column.milestone:
        return column.name
    found = g.pack.milestone(column.milestone)
    said = f"{found.name} · {day(found.date)}" + (f" · {origin(found.source)}" if found.source else "")
    if found.planned is None:
        return said
    return f"{said} · {gettext('first set for %(day)s, moved by %(notice)s', day=day(found.planned), notice=found.notice)}"
