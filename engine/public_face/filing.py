"""Filing: somebody without an account begins a process with a form that a pack declares public."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID

from engine import attachments, definitions, process_instances
from engine.definitions import Loaded
from engine.errors import EngineError
from engine.forms import Bound, bind, named_files
from engine.forms.model import Form
from engine.packs.public import NotPublic, PublicStart
from engine.persistence.records import Instance
from engine.persistence.repositories.files import AttachmentRecord
from engine.persistence.work import UnitOfWork
from engine.public_face import limits, receipts
from engine.public_face.drafts import Draft
from engine.public_face.persons import PUBLIC, face

MEGABYTE = 1024 * 1024


class TooManyFiles(EngineError):
    """At most {most} files can be added."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever filed something takes home."""

    number: str
    code: str
    filed_at: str
    name: str
    instance_id: UUID


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of it: a receipt, or a form with what is wrong at its fields."""

    bound: Bound
    receipt: Receipt | None = None


def start_form(work: UnitOfWork, pack_key: str, code: str) -> tuple[PublicStart, Loaded, Form]:
    """Give what is declared public under a code: the start, its process and its form."""
    start = face(work, pack_key).start(code)
    definition = definitions.active(work, start.process)
    if PUBLIC not in definition.row.startable_by or definition.row.pack != pack_key:
        raise NotPublic
    form_id = start.form or definition.row.start_form_id
    return start, definition, definitions.form(work, form_id) if form_id else Form("", "", ())


def attach(
    work: UnitOfWork, start: PublicStart, form: Form, kept: Draft, field: str, stream: BinaryIO, name: str
) -> AttachmentRecord:
    """Take a file into a draft: so many, so large, of the kinds that the field takes, by what is in them."""
    picker = form.field(field)
    if picker is None or picker.kind != "filepicker":
        raise NotPublic
    if len(kept.files) >= start.most_files:
        raise TooManyFiles(most=start.most_files)
    stream.seek(0)  # an action may be done again
    record = attachments.store(
        work, stream, name, field=field, accept=picker.accept, unit=work.actor.unit, largest=start.largest_file * MEGABYTE
    )
    kept.files[str(record.id)] = {"id": str(record.id), "name": record.name, "kind": record.kind, "size": record.size}
    kept.raw[field] = [*(kept.raw.get(field, []) if picker.multiple else ()), str(record.id)]
    return record


def detach(work: UnitOfWork, kept: Draft, key: str) -> None:
    """Take a file out of a draft."""
    if kept.files.pop(key, None):
        kept.raw = {name: [text for text in texts if text != key] for name, texts in kept.raw.items()}
        attachments.discard(work, UUID(key))


def file(work: UnitOfWork, pack_key: str, code: str, kept: Draft, address: str) -> Filed:
    """Begin the process with what was typed, and give number and code; not more often than the pack lets anybody."""
    start, definition, form = start_form(work, pack_key, code)
    bound = bind(form, kept.raw, {}, definition.at(work.now), kept.files)
    if not bound.valid:
        return Filed(bound)
    limits.spend(work, f"file.address.{code}", address, start.per_address, limits.DAY)
    files = named_files(form, kept.raw)
    return Filed(bound, begin(work, pack_key, start, bound.values, kept.raw, files, receipts.new_code()))


def take_down(
    work: UnitOfWork, process_id: str, values: Mapping[str, object], raw: Mapping[str, Sequence[str]]
) -> tuple[Instance, Receipt | None]:
    """Begin a process in an office; where the public may begin it too, its code is for whoever the office wrote it down for."""
    definition = definitions.active(work, process_id)
    start = _public_start(work, definition)
    if start is None:
        return process_instances.start(work, process_id, values), None
    record = face(work, definition.row.pack).record(start.record)
    instance = process_instances.start(work, process_id, {**values, record.secret: receipts.TOLD})
    number, code = str(instance.variables[record.number]), receipts.new_code()
    phone = receipts.digits(next(iter(raw.get(start.phone, ())), "")) if start.phone else ""
    receipts.note(work, definition.row.pack, record.ledger, number, instance.id, code, phone)
    return instance, Receipt(number, code, work.now.isoformat(), start.name, instance.id)


def _public_start(work: UnitOfWork, definition: Loaded) -> PublicStart | None:
    if PUBLIC not in definition.row.startable_by:
        return None
    starts = face(work, definition.row.pack).starts
    return next((start for start in starts if start.process == definition.process.id), None)


def begin(
    work: UnitOfWork,
    pack_key: str,
    start: PublicStart,
    values: Mapping[str, object],
    raw: Mapping[str, Sequence[str]],
    files: Sequence[str],
    code: str,
    more: Mapping[str, Any] | None = None,
    limited: bool = True,
) -> Receipt:
    """Begin a process from outside the house: its number is taken in the same transaction, and files go with it.

    The code goes home with whoever files; the matter itself only says that there is one.
    """
    phone = receipts.digits(next(iter(raw.get(start.phone, ())), "")) if start.phone else ""
    if phone and limited:
        limits.spend(work, f"file.phone.{start.code}", phone, start.per_phone, limits.DAY)
    record = face(work, pack_key).record(start.record)
    given: dict[str, Any] = {record.secret: receipts.TOLD} | ({start.moment: work.now.isoformat()} if start.moment else {})
    instance = process_instances.start(work, start.process, {**given, **start.fixed, **values, **(more or {})})
    number = str(instance.variables[record.number])
    receipts.note(work, pack_key, record.ledger, number, instance.id, code, phone)
    if files:
        work.attachments.attach([UUID(key) for key in files], instance.id)
    return Receipt(number, code, work.now.isoformat(), start.name, instance.id)
