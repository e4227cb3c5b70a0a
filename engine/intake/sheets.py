"""Lists from a spreadsheet: each row is filed by itself, once; rows with faults stay behind and are named."""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from engine import definitions
from engine.errors import EngineError
from engine.forms import Field, Form, bind
from engine.intake.receiving import Received, start_of
from engine.ledgers.intake import texts
from engine.persistence.json import dumps
from engine.persistence.keys import new_key
from engine.persistence.repositories.intake import ItemRow
from engine.persistence.work import UnitOfWork
from engine.process_instances import MayNotStart
from engine.public_face.filing import begin
from engine.public_face.receipts import code_for

MOST = 2000
NOT_IN_A_CELL = ("filepicker", "dynamiclist", "expression")


class NotASheet(EngineError):
    """This is no workbook that can be read. Save it as xlsx and bring it again."""


class NoHeading(EngineError):
    """The first row must name the columns as the template does; missing: {columns}."""


class SheetTooLong(EngineError):
    """A list may have {most} rows. Divide it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list: its number there, what it says, and what is wrong with it, by the column's name."""

    number: int
    raw: dict[str, list[str]]
    faults: dict[str, EngineError]
    known: str = ""

    @property
    def says(self) -> str:
        """Give the row in short."""
        return " · ".join(text for texts_ in self.raw.values() for text in texts_)[:80]


def columns(work: UnitOfWork, process_id: str) -> list[Field]:
    """Give the fields of the start form that stand in a cell, for somebody who may begin the process."""
    return [field for field in _form(work, process_id).fields() if field.kind not in NOT_IN_A_CELL]


def read(work: UnitOfWork, process_id: str, stream: BinaryIO) -> list[Line]:
    """Read a list and check every row of it, without filing anything."""
    form = _form(work, process_id)
    environment = definitions.active(work, process_id).at(work.now)
    found = []
    for number, raw in _rows(form, stream):
        bound, (channel, external) = bind(form, raw, {}, environment), _place(work, process_id, raw)
        labels = {field.key: field.label for field in form.fields()}
        item = work.intake.item(channel, external)
        faults = {labels.get(name, name): error for name, error in bound.errors.items()}
        found.append(Line(number, raw, faults, item.number if item else ""))
    return found


def file_line(work: UnitOfWork, process_id: str, line: Line) -> Received:
    """File one row in the name of whoever brings the list, unless it came in before."""
    form = _form(work, process_id)
    channel, external = _place(work, process_id, line.raw)
    code, known = code_for(work, f"{channel}/{external}"), work.intake.item(channel, external)
    if known is not None:
        return Received(known.number, code, again=True)
    pack = work.actor.campaign
    start, _ = start_of(work, pack, process_id)
    bound = bind(form, line.raw, {}, definitions.active(work, process_id).at(work.now))
    receipt = begin(work, pack, start, bound.values, line.raw, (), code, limited=False)
    row = (channel, external, pack, start.record, receipt.number, receipt.instance_id, "", work.now)
    work.intake.add_item(ItemRow(new_key(), *row))
    return Received(receipt.number, code)


def _form(work: UnitOfWork, process_id: str) -> Form:
    definition = definitions.active(work, process_id)
    if work.actor.role not in definition.row.startable_by:
        raise MayNotStart(process=definition.row.name)
    return start_of(work, work.actor.campaign, process_id)[1]


def _place(work: UnitOfWork, process_id: str, raw: Mapping[str, list[str]]) -> tuple[str, str]:
    """Give the channel and the number by which a row is known; one without a number is known by what it says."""
    start, _ = start_of(work, work.actor.campaign, process_id)
    channel, external = ("".join(raw.get(name, ())) for name in (start.channel, start.external))
    return channel or "xlsx", external or hashlib.sha256(dumps(dict(raw)).encode()).hexdigest()[:40]


def _rows(form: Form, stream: BinaryIO) -> Iterator[tuple[int, dict[str, list[str]]]]:
    lines = _sheet(stream)
    fields = {field.label: field for field in form.fields() if field.kind not in NOT_IN_A_CELL}
    head = [_text(value).rstrip("*＊ ") for value in next(lines, ())]
    missing = [field.label for field in fields.values() if field.required and field.label not in head]
    if missing:
        raise NoHeading(columns="、".join(missing))
    for number, line in enumerate(lines, start=2):
        if number > MOST + 1:
            raise SheetTooLong(most=MOST)
        cells = {name: _text(value) for name, value in zip(head, line, strict=False) if name in fields and _text(value)}
        if cells:
            raw: dict[str, list[str]] = {}
            for name, text in cells.items():
                raw |= texts(fields[name], text)
            yield number, raw


def _sheet(stream: BinaryIO) -> Iterator[tuple[Any, ...]]:
    from openpyxl import load_workbook  # slow to import, seldom needed
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(stream, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError):
        raise NotASheet from None
    return iter(book.worksheets[0].iter_rows(values_only=True))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
