"""The board: one page, the lists behind its cells, and the board as a spreadsheet."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, g, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine import ledgers, process_instances, user_tasks
from engine.errors import EngineError
from engine.packs import Board, Column, Tile
from engine.persistence.identity_records import UnitRow
from engine.persistence.repositories.inbox import InboxFilters
from engine.persistence.work import UnitOfWork
from engine.process_instances import InstanceFilters
from webui.campaign import board, export
from webui.campaign.news import news
from webui.campaign.timeline import line
from webui.deadlines import deadlines
from webui.formatting import day, origin
from webui.ledgers.filtering import address_of
from webui.naming import unit_name
from webui.navigation import Item
from webui.sessions import needs_right
from webui.work import unit_of_work

bp = Blueprint("campaign", __name__, url_prefix="/campaign", template_folder="templates")
MENU = (Item("campaign.index", _l("Campaign"), "grid-3x3", order=5, right="watch_campaign"),)
WAITING = 6


@bp.get("/")
@needs_right("watch_campaign")
def index() -> ResponseReturnValue:
    """Show the board of the pack the post belongs to."""
    with unit_of_work() as work:
        found = _gather(work)
    return render_template("campaign/index.html", **found)


@bp.get("/board.xlsx")
@needs_right("watch_campaign")
def save() -> ResponseReturnValue:
    """Give the matrix as a spreadsheet."""
    with unit_of_work() as work:
        found = _gather(work)
    head = [_("No."), _("Unit"), *(column.name for column in found["board"].columns)] if found["board"] else [_("No."), _("Unit")]
    name = f"{g.pack.name}"
    return send_file(export.workbook(name, head, found["rows"]), export.XLSX, as_attachment=True, download_name=f"{name}.xlsx")


@bp.get("/<milestone>/<unit>")
@needs_right("watch_campaign")
def cell(milestone: str, unit: str) -> ResponseReturnValue:
    """Show what is behind a cell of a milestone."""
    found = g.pack.milestone(milestone)
    if not g.actor.scope.includes(unit):
        raise process_instances.InstanceNotFound()
    with unit_of_work() as work:
        reached = work.milestones.of_code(milestone, unit)
        running = process_instances.search(work, InstanceFilters(unit=unit, state="active"))
        light = deadlines(work.now).of(found.date)
    return render_template(
        "campaign/milestone.html", milestone=found, unit_name=unit_name(unit), reached=reached, running=running, deadline=light
    )


def _gather(work: UnitOfWork) -> dict[str, Any]:
    judge, declared = deadlines(work.now), g.pack.board
    reached = board.reached_by(work.milestones.reached(scope=process_instances.scope(work)))
    matrix = board.Matrix(g.pack, judge, reached, _counted(work, declared), _link)
    units = _units(work, declared)
    rows = [(unit, [matrix.cell(column, unit.code) for column in declared.columns]) for unit in units] if declared else []
    return {
        "pack": g.pack,
        "board": declared,
        "line": line(g.pack.milestones, g.pack.stages, judge.today),
        "rows": rows,
        "tiles": [_tile(work, tile) for tile in declared.tiles if _may_see(tile)] if declared else [],
        "news": news(rows, declared.columns if declared else ()),
        "waiting": user_tasks.inbox(work, "todo", InboxFilters(), size=WAITING),
        "deadline": judge.of,
        "heading": _heading,
    }


def _units(work: UnitOfWork, declared: Board | None) -> list[UnitRow]:
    wanted = declared.unit_types if declared else ()
    return [
        unit
        for unit in work.units.all()
        if unit.active and g.actor.scope.includes(unit.code) and (not wanted or unit.type in wanted)
    ]


def _counted(work: UnitOfWork, declared: Board | None) -> dict[str, tuple[Mapping[str, int], Mapping[str, int]]]:
    """Count rows per unit for every column that shows a share of a ledger: two statements a column, whatever the units."""
    columns = [column for column in declared.columns if column.ledger] if declared else []
    return {
        column.name: (_tally(work, column.ledger, column.filter), _tally(work, column.ledger, column.of)) for column in columns
    }


def _tally(work: UnitOfWork, ledger_id: str, filter: Mapping[str, object]) -> dict[str, int]:
    try:
        by = ledgers.definition(work, ledger_id).unit
        return {str(unit): count for unit, count in ledgers.tally(work, ledger_id, by, filter).items()}
    except EngineError:
        return {}


def _tile(work: UnitOfWork, tile: Tile) -> dict[str, Any]:
    n, total = sum(_tally(work, tile.ledger, tile.filter).values()), sum(_tally(work, tile.ledger, tile.of or {}).values())
    note = tile.note.format(n=n, of=total) if tile.note else (f"{n} / {total}" if tile.of is not None else "")
    href = url_for("ledgers.show", ledger_id=tile.ledger, **address_of(tile.filter))  # type: ignore[arg-type]
    return {"name": tile.name, "n": n, "note": note, "href": href}


def _may_see(tile: Tile) -> bool:
    return tile.scope != "all" or g.actor.scope.units is None


def _link(column: Column, unit: str) -> str:
    if column.milestone:
        return url_for(".cell", milestone=column.milestone, unit=unit)
    return url_for("ledgers.show", ledger_id=column.ledger, unit=unit, **address_of(column.of))  # type: ignore[arg-type]


def _heading(column: Column) -> str:
    if not column.milestone:
        return column.name
    found = g.pack.milestone(column.milestone)
    return f"{found.name} · {day(found.date)}" + (f" · {origin(found.source)}" if found.source else "")
