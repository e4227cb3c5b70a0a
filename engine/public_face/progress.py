"""Progress: what whoever filed something sees of it: time line, legal dates, who is responsible, papers, what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID

from engine import attachments, clocks, definitions, ledgers
from engine.clock import ZONE
from engine.packs import Pack
from engine.packs.public import NotPublic, PublicAction, PublicColumn, PublicRecord, PublicStep
from engine.persistence.records import Instance
from engine.persistence.repositories.files import AttachmentRecord
from engine.persistence.repositories.ledgers import LedgerRecord
from engine.persistence.work import UnitOfWork
from engine.public_face.acting import possible
from engine.public_face.matters import matter
from engine.public_face.persons import face


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage of the time line: when it was reached, and whether things stand there now."""

    name: str
    note: str
    at: datetime | None
    now: bool


@dataclass(frozen=True, slots=True)
class LegalDate:
    """A date that the law or the pack sets, and when it was met."""

    name: str
    due: date
    done: date | None
    waiting: bool
    source: str

    @property
    def is_kept(self) -> bool:
        """Whether it was met in time."""
        return self.done is not None and self.done <= self.due


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything the page of one record shows."""

    record: PublicRecord
    number: str
    state: str
    facts: list[tuple[str, str]]
    steps: list[Reached]
    dates: list[LegalDate]
    unit: str
    phone: str
    papers: list[tuple[str, AttachmentRecord]]
    actions: list[PublicAction]
    ended: bool


def progress(work: UnitOfWork, pack_key: str, code: str, number: str) -> Progress:
    """Give what the record with a number has come to; the caller has seen that its reader may open it."""
    record = face(work, pack_key).record(code)
    row, instance = matter(work, record, number)
    pack, family = definitions.pack(work, pack_key), work.process_instances.family(instance.id)
    unit = str(row.values.get(record.unit) or row.unit) if record.unit else ""
    found = work.units.find(unit) if unit else None
    return Progress(
        record, number, row.state, facts(work, record.ledger, row, record.columns), _steps(work, record, row.state, family),
        _dates(work, pack, record, instance), found.name if found else "", _phone(pack, record, unit),
        _papers(work, record, family), possible(work, record, number), instance.has_ended,
    )  # fmt: skip


def facts(work: UnitOfWork, ledger_id: str, row: LedgerRecord, columns: tuple[PublicColumn, ...]) -> list[tuple[str, str]]:
    """Word the declared columns of a row, and no other, with masks as for somebody without a role."""
    ledger = ledgers.definition(work, ledger_id)
    known = [(column, ledger.columns[column.id]) for column in columns if column.id in ledger.columns]
    cells = ledgers.presenter(work, ledger).row(row, [shown for _, shown in known]).cells
    return [(column.label or shown.label, cells[shown.id]) for column, shown in known]


def paper(work: UnitOfWork, pack_key: str, code: str, number: str, attachment_id: UUID) -> tuple[AttachmentRecord, BinaryIO]:
    """Open a paper of a record, if it is one that the pack gives out."""
    record = face(work, pack_key).record(code)
    papers = _papers(work, record, work.process_instances.family(matter(work, record, number)[1].id))
    if attachment_id not in {found.id for _, found in papers}:
        raise NotPublic
    return attachments.open_(work, attachment_id, granted=True)


def _steps(work: UnitOfWork, record: PublicRecord, now: str, family: Sequence[UUID]) -> list[Reached]:
    """Find when each stage was first reached, by the states that the elements passed declare, in called processes too."""
    first: dict[str, datetime] = {}
    for instance in work.process_instances.find_all(family):
        definition = definitions.loaded(work, instance.definition_id)
        for visit in work.process_instances.visits(instance.id):
            element = definition.process.elements.get(visit.element_id)
            value = element.properties.get("bpm:state") if element is not None else None
            state = definition.evaluate(value, instance.variables, work.now)
            if state is not None:
                first[str(state)] = min(visit.entered_at, first.get(str(state), visit.entered_at))
    return [_reached(step, first, now) for step in record.steps if not step.aside or step.states & first.keys()]


def _reached(step: PublicStep, first: Mapping[str, datetime], now: str) -> Reached:
    moments = [first[state] for state in step.states if state in first]
    return Reached(step.name, step.note, min(moments, default=None), now in step.states)


def _dates(work: UnitOfWork, pack: Pack, record: PublicRecord, instance: Instance) -> list[LegalDate]:
    rows = {clock.code: clock for clock in clocks.of_instance(work, instance.id)}
    known = [(pack.sla(code), rows[code]) for code in record.clocks if code in rows]
    return [
        LegalDate(
            sla.name, clock.due, clock.closed_at.astimezone(ZONE).date() if clock.closed_at else None,
            clock.paused_on is not None and clock.closed_at is None, sla.source,
        )
        for sla, clock in known
    ]  # fmt: skip


def _phone(pack: Pack, record: PublicRecord, unit: str) -> str:
    book = record.phones
    rows = pack.reference(book.table) if book else []
    return next((row[book.phone] for row in rows if book and row.get(book.unit) == unit and row.get(book.phone)), "")


def _papers(work: UnitOfWork, record: PublicRecord, family: Sequence[UUID]) -> list[tuple[str, AttachmentRecord]]:
    names = {paper.document: paper.name for paper in record.papers}
    files = [file for key in family for file in attachments.of_instance(work, key)] if names else []
    issued = sorted((file for file in files if file.field in names), key=lambda file: file.uploaded_at)
    as_printed = {file.field for file in issued if file.kind == "pdf"}
    return [(names[file.field], file) for file in issued if file.kind == "pdf" or file.field not in as_printed]
