"""A list laid out for paper: what the workbook, the signing print and its snapshot have in common."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from engine.forms.model import Setting, look_up
from engine.ledgers import upright
from engine.ledgers.catalogue import environment, formal_name, pack_of
from engine.ledgers.filters import fixed
from engine.ledgers.model import Column, Ledger, Sheet, View, Wording
from engine.ledgers.presenting import Presenter
from engine.ledgers.reading import Filter, presenter, records
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork
from engine.punctuation import full_width

_WIDE = 150
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """One column on paper; *kind* tells dates and numbers from texts."""

    id: str
    label: str
    width: float
    align: str
    kind: str
    total: bool = False


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One row on paper; *values* are the numbers and dates behind some cells."""

    id: str
    revision: int
    key: str
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """One list on paper."""

    title: str
    file: str
    paper: str
    landscape: bool
    head: tuple[str, ...]
    columns: tuple[PaperColumn, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[PaperRow, ...]
    totals: dict[str, str]
    foot: tuple[str, ...]
    notes: tuple[str, ...]
    empty: str
    issuer: str
    unit_name: str

    def to_json(self) -> dict[str, Any]:
        """Give the list as plain JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Paper":
        """Read a list back from JSON."""
        told = dict(found) | {name: tuple(found[name]) for name in ("head", "foot", "notes")}
        told["columns"] = tuple(PaperColumn(**{**column, "width": float(column["width"])}) for column in found["columns"])
        told["rows"] = tuple(PaperRow(**row) for row in found["rows"])
        told["groups"] = tuple((label, tuple(names)) for label, names in found["groups"])
        return cls(**told)


def lay_out(
    work: UnitOfWork, ledger: Ledger, view: View, filter: Filter | None = None, variables: Mapping[str, object] | None = None
) -> Paper:
    """Lay out every row of a view that the actor may see; nothing is masked on a unit's own paper."""
    found, _ = records(work, ledger, view, filter)
    return compose(
        work,
        ledger,
        view,
        view.sheet or plain_sheet(view),
        found,
        {**(variables or {}), **fixed(view.filter), **fixed(filter or {})},
    )


def plain_sheet(view: View) -> Sheet:
    """Give the layout of a view that declares none: its name above its table."""
    name = Wording((Setting(view.name),))
    wide = sum(column.width for column in view.columns) > _WIDE
    return Sheet("A3" if wide else "A4", True, name, name)


def compose(
    work: UnitOfWork, ledger: Ledger, view: View, sheet: Sheet, found: Sequence[LedgerRecord], given: Mapping[str, object]
) -> Paper:
    """Lay out these records."""
    worded = presenter(work, ledger)
    worded.clear = True
    context = words(work, ledger, worded, found, given)
    functions = environment(work, ledger.pack)
    columns, rows = (_upright if sheet.upright else _across)(worded, sheet, view.columns, found)

    def said(line: Wording) -> str:
        return full_width(line.of(context, functions))

    lines = {name: tuple(map(said, getattr(sheet, name))) for name in ("head", "foot", "notes")}
    title, file = said(sheet.title), sheet.file.of(context, functions)
    groups = () if sheet.upright else tuple((group.label, group.columns) for group in sheet.groups)
    issuer, unit_name = pack_of(work, ledger).issuer, str(context["unit_name"] or "")
    return Paper(
        title=title, file=file, paper=sheet.paper, landscape=sheet.landscape, columns=columns, groups=groups, rows=rows,
        totals=_totals(columns, rows), empty=said(sheet.empty), issuer=issuer, unit_name=unit_name, **lines,
    )  # fmt: skip


def words(
    work: UnitOfWork, ledger: Ledger, worded: Presenter, found: Sequence[LedgerRecord], given: Mapping[str, object]
) -> dict[str, object]:
    """Give what titles and foot lines may speak of: variables, what all rows share, the unit, the day."""
    own = work.actor.unit if work.actor.scope.units is not None else None
    unit = given.get("unit") or given.get(ledger.unit) or _only([record.unit for record in found]) or own
    row = work.units.find(str(unit)) if unit else None
    context: dict[str, object] = {**dict.fromkeys(ledger.columns), **given}
    for name in ledger.columns:
        if context[name] is None:
            context[name] = _only([look_up(record.values, name) for record in found])
    named = {
        "unit": unit,
        "unit_name": formal_name(work, ledger.pack, str(unit)) if row else None,
        "unit_short_name": row.short_name if row else None,
    }
    today = work.now.date()
    day = {"today": f"{today.year}年{today.month}月{today.day}日", "year": today.year}
    return context | named | day | {"count": len(found), "label": worded.labels(context)}


def _only(values: object) -> object:
    """Give the one value they all are, else nothing."""
    found = list(values) if isinstance(values, list | set) else []
    return found[0] if found and all(value == found[0] for value in found) and not isinstance(found[0], list | dict) else None


def _across(
    worded: Presenter, sheet: Sheet, columns: Sequence[Column], found: Sequence[LedgerRecord]
) -> tuple[tuple[PaperColumn, ...], tuple[PaperRow, ...]]:
    rows = tuple(_row(worded, columns, record, number) for number, record in enumerate(found, 1))
    return tuple(_column(column) for column in columns), rows


def _upright(
    worded: Presenter, sheet: Sheet, columns: Sequence[Column], found: Sequence[LedgerRecord]
) -> tuple[tuple[PaperColumn, ...], tuple[PaperRow, ...]]:
    labels = (worded.ledger.columns[upright.NUMBER].label, *sheet.upright)
    named = zip(upright.WIDTHS.items(), labels, strict=True)
    laid = tuple(
        PaperColumn(name, label, width, upright.ALIGNED[name], "number" if name == upright.FIGURE else "text")
        for (name, width), label in named
    )
    lines = upright.lines(worded, sheet, columns, found)
    return laid, tuple(PaperRow(line.id, 1, line.cells[upright.NAME], line.cells, line.values) for line in lines)


def _column(column: Column) -> PaperColumn:
    kind = column.kind if column.kind in ("number", "date") and not column.show else "text"
    return PaperColumn(column.id, column.label, column.width, column.align, kind, column.total)


def _row(worded: Presenter, columns: Sequence[Column], record: LedgerRecord, number: int) -> PaperRow:
    context = worded.context(record) | {"seq": number}
    cells = {column.id: worded.cell(column, context) for column in columns}
    plain = [column.id for column in columns if column.kind in ("number", "date") and not column.show and not column.value]
    values = {name: look_up(context, name) for name in plain if look_up(context, name) is not None}
    cells |= {name: day_in_figures(text) for name, text in cells.items()}
    return PaperRow(str(record.id), record.revision, record.business_key, cells, values)


def day_in_figures(text: str) -> str:
    """Write a cell that is a date as tables on paper have it: 2022/7/31."""
    if not _ISO_DAY.fullmatch(text):
        return text
    year, month, day = text.split("-")
    return f"{year}/{int(month)}/{int(day)}"


def _totals(columns: Sequence[PaperColumn], rows: Sequence[PaperRow]) -> dict[str, str]:
    summed = [column.id for column in columns if column.total]
    return {name: str(sum((Decimal(str(row.values.get(name) or 0)) for row in rows), Decimal(0))) for name in summed}
