"""The grid: cells typed into where they stand, rows saved one by one, blocks pasted at the cursor, the last change taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from flask import abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from engine import ledgers
from engine.errors import EngineError
from engine.forms import write_text
from engine.ledgers import Column, RowChange, Saving
from engine.ledgers.errors import RowGone
from engine.persistence.work import UnitOfWork
from engine.punctuation import full_width
from webui.i18n import translated
from webui.ledgers import rows
from webui.ledgers.blueprint import bp
from webui.ledgers.grant import Grant, grant
from webui.punctuation import widened
from webui.tasks.desk import typed
from webui.work import change, unit_of_work

T = TypeVar("T")
MOST_AT_ONCE = 200
AT_ONCE = frozenset({"textfield", "textarea", "number", "date"})
ELSEWHERE = frozenset({"dynamiclist", "filepicker", "expression"})


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a change: the rows as they are saved now, what is wrong with the others, and how to take it back."""

    held: Grant
    changes: Sequence[RowChange]
    saving: Saving
    undo: Sequence[RowChange]
    rows: Mapping[UUID, ledgers.Row]


@bp.post("/<ledger_id>/grid/cell")
def cell(ledger_id: str) -> ResponseReturnValue:
    """Give the control that one cell is typed into."""
    row_id, column = request.form.get("_row", type=UUID), request.form.get("_column", "")
    with unit_of_work() as work:
        held = grant(work, ledger_id)
        held.require()
        part = rows.control(work, held, row_id, typed(request.form), column)
    if part is None:
        raise RowGone
    return render_template("ledgers/_cell.html", part=part)


@bp.post("/<ledger_id>/grid/row")
def save(ledger_id: str) -> ResponseReturnValue:
    """Save what was typed into one row."""
    wanted = RowChange(typed(request.form), request.form.get("_row", type=UUID), request.form.get("_revision", type=int))
    told = change(lambda work: _save(work, ledger_id, [wanted]))
    return jsonify(rows=[_one(told, 0)], undo=_packed(told.undo))


@bp.post("/<ledger_id>/grid/block")
def block(ledger_id: str) -> ResponseReturnValue:
    """Put a block of cells from a spreadsheet in at the cursor; rows without a fault are saved, the others are to be mended."""
    text, column = request.form.get("text", ""), request.form.get("_column", "")
    targets = _readable(lambda: [_target(mark) for mark in request.form.getlist("_row")])
    told, lines, places = change(lambda work: _put(work, ledger_id, text, column, targets))
    answer: list[dict[str, Any] | None] = [None] * len(lines)
    for position, place in enumerate(places):
        answer[place] = _one(told, position) | {"texts": lines[place]}
    saved, left = len(told.saving.saved), len(told.saving.faults)
    said = [ngettext("One row is saved.", "%(num)s rows are saved.", saved)] if saved else []
    said += [ngettext("One row is to be mended first.", "%(num)s rows are to be mended first.", left)] if left else []
    return jsonify(rows=answer, undo=_packed(told.undo), said=" ".join(said))


@bp.post("/<ledger_id>/grid/undo")
def undo(ledger_id: str) -> ResponseReturnValue:
    """Make rows what they were before the last change, unless somebody else changed them since."""
    wanted = _readable(lambda: [_unpacked(part) for part in request.get_json()])
    told = change(lambda work: _save(work, ledger_id, wanted, partial=False))
    for faults in told.saving.faults.values():
        raise next(iter(faults.values()))
    gone = [str(part.id) for part in wanted if part.delete]
    kept = [_one(told, position) for position, part in enumerate(wanted) if not part.delete]
    return jsonify(rows=kept, removed=gone, said=_("The last change is taken back."))


def _save(work: UnitOfWork, ledger_id: str, wanted: Sequence[RowChange], partial: bool = True) -> Told:
    held = grant(work, ledger_id)
    held.require()
    known = ledgers.before(work, held.ledger, wanted)
    saving = ledgers.save_rows(work, ledger_id, wanted, held.filter, held.by_task, partial)
    back = ledgers.inverse(work, held.ledger, wanted, known, saving)
    worded, view = ledgers.presenter(work, held.ledger), ledgers.view_of(held.ledger, held.view_id)
    now = work.ledger_rows.get_many(held.ledger.id, saving.saved.values())
    return Told(held, wanted, saving, back, {key: worded.row(record, view.columns) for key, record in now.items()})


def _put(
    work: UnitOfWork, ledger_id: str, text: str, column: str, targets: Sequence[tuple[UUID | None, int | None]]
) -> tuple[Told, list[dict[str, str] | None], list[int]]:
    """Spread the block over the rows from the cursor on, and over new ones below them."""
    held = grant(work, ledger_id)
    held.require()
    view = ledgers.view_of(held.ledger, held.view_id)
    lines = ledgers.block(held.ledger, view, text, column, MOST_AT_ONCE)
    takes = {one.id: one for one in editable(held, view.columns)}
    wanted, places = [], []
    for place, line in enumerate(lines):
        if line is not None:
            row_id, revision = targets[place] if place < len(targets) else (None, None)
            cells = [ledgers.texts(takes[name].field, raw) for name, raw in line.items() if name in takes]  # type: ignore[arg-type]
            wanted.append(RowChange({name: texts for part in cells for name, texts in part.items()}, row_id, revision))
            places.append(place)
    return _save(work, ledger_id, wanted), lines, places


def editable(held: Grant, columns: Sequence[Column]) -> list[Column]:
    """Give the columns whose cells are typed into here; what the list itself gives is not."""
    given = ledgers.fixed(held.filter)
    return [one for one in ledgers.typed(held.ledger, columns) if one.id not in given and one.kind not in ELSEWHERE]


def _one(told: Told, position: int) -> dict[str, Any]:
    """Give one row as the page puts it in: as it is saved now, or what is wrong with it."""
    faults = told.saving.faults.get(position)
    if faults:
        return {"faults": [_fault(told.held, name, error) for name, error in faults.items()],
                "pending": dict(told.changes[position].submitted)}  # fmt: skip
    row = told.rows[told.saving.saved[position]]
    view = ledgers.view_of(told.held.ledger, told.held.view_id)
    return {"id": str(row.id), "html": widened(render_template("ledgers/_row.html", held=told.held, view=view, row=row))}


def _fault(held: Grant, name: str, error: EngineError) -> dict[str, str]:
    column = held.ledger.columns.get(name) or held.ledger.columns.get(name.split(".", 1)[0])
    return {
        "column": column.id if column else "",
        "label": column.label if column else "",
        "message": full_width(translated(error)),
    }


def _readable(read: Callable[[], T]) -> T:
    """Read what only our own script sends; anything else is a request that makes no sense."""
    try:
        return read()
    except (KeyError, TypeError, ValueError):
        abort(400)


def _target(mark: str) -> tuple[UUID | None, int | None]:
    row_id, _colon, revision = mark.partition(":")
    return (UUID(row_id), int(revision)) if row_id else (None, None)


def _packed(parts: Sequence[RowChange]) -> list[dict[str, Any]]:
    return [{"id": str(part.id), "revision": part.revision, "submitted": part.submitted, "delete": part.delete} for part in parts]


def _unpacked(part: Mapping[str, Any]) -> RowChange:
    return RowChange(part["submitted"], UUID(part["id"]), int(part["revision"]), bool(part["delete"]))


@bp.app_template_global()
def grid_columns(held: Grant, columns: Sequence[Column]) -> dict[str, str]:
    """Say how the cells of each column are typed into: at once, or through the control that the form has for it."""
    if not held.may_edit:
        return {}
    return {one.id: one.kind if one.kind in AT_ONCE else "control" for one in editable(held, columns)}


@bp.app_template_global()
def raw_text(row: ledgers.Row | None, column: Column) -> str:
    """Give the text that an input of this cell starts with."""
    return write_text(row.values.get(column.id)) if row else ""
