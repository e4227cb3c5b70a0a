"""Issuing letters: number, file and hash are frozen in the transaction that issues them, and never change again."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from engine import attachments, definitions, hiding, process_instances, unmasking
from engine.clock import ZONE
from engine.documents.letter_facts import facts_of, file_name, number_facts, with_unit
from engine.documents.letters import letter
from engine.documents.model import Document, Rendered
from engine.documents.printing import printed
from engine.documents.rendering import definition, rendered
from engine.errors import EngineError
from engine.forms.validators import doc_number
from engine.persistence.keys import new_key
from engine.persistence.repositories.files import AttachmentRecord
from engine.persistence.repositories.letters import IssuedRecord
from engine.persistence.work import UnitOfWork
from engine.workers.number import take

Variables = Mapping[str, object]


class NumberTaken(EngineError):
    """The number {number} has been given to another paper. Put in the right one."""


class NotToBeIssued(EngineError):
    """{document} is not declared as a paper that is issued: freeze = true."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter that has gone out: its number, and its files as they will always be."""

    record: IssuedRecord
    docx: AttachmentRecord
    pdf: AttachmentRecord


@dataclass(frozen=True, slots=True)
class Damage:
    """A frozen file that is gone or is not what was issued."""

    title: str
    number: str
    gone: bool


def issue(work: UnitOfWork, document_id: str, variables: Variables, instance_id: UUID | None, element_key: str = "") -> Issued:
    """Give a letter its number and freeze it, with its slip, as files of the instance."""
    document = definition(work, document_id)
    if not document.issuing.freeze:
        raise NotToBeIssued(document=document.name)
    today = work.now.astimezone(ZONE).date()
    known = {**with_unit(work, document, _clear(work, document, variables, instance_id)), "issued_on": today.isoformat()}
    known["doc_no"] = _number(work, document, known)
    facts = facts_of(work, document, known, instance_id)
    title, unit = file_name(work, document, known), str(known["unit"] or "") or None

    made = _made(work, document, facts, title)
    docx, pdf = (_keep(work, paper, instance_id, document.id, unit) for paper in made)
    told = {"doc_no": known["doc_no"], "issued_on": known["issued_on"], "paper_title": facts.get("title") or title}
    told |= {name: facts[name] for name in ("issuer_name", "to", "cc") if facts.get(name)}
    slip = _slip(work, document, {**with_unit(work, document, variables), **told}, instance_id, unit)

    record = IssuedRecord(
        new_key(), document.pack, document.id, title, str(known["doc_no"] or "") or None, str(facts["issuer_name"]), unit,
        instance_id, element_key or None, docx.id, pdf.id, slip, docx.sha256, pdf.sha256, work.now, work.actor.login,
    )  # fmt: skip
    work.letters.add(record)
    return Issued(record, docx, pdf)


def _clear(work: UnitOfWork, document: Document, variables: Variables, instance_id: UUID | None) -> Variables:
    """Put in the clear what the letter must say in the clear; the trail keeps that it did."""
    if not document.issuing.reveal or instance_id is None:
        return variables
    instance = process_instances.get(work, instance_id)
    names = [name for name in document.issuing.reveal if name not in hiding.of_instance(work, instance)]
    shown = unmasking.reveal(work, instance, names, purpose=document.name) if names else {}
    return {**variables, **{name: shown[name] for name in names if shown.get(name) is not None}}


def _number(work: UnitOfWork, document: Document, variables: Variables) -> str:
    """Take the number that was brought along, if it is one and free, or the next free one of the series."""
    own = str(variables.get("own_doc_no") or "").strip()
    if own:
        number = doc_number(own, work.now.date())
        if work.letters.is_used(document.pack, number):
            raise NumberTaken(number=number)
        return number
    if not document.issuing.number:
        return ""
    series = definitions.pack(work, document.pack).series(document.issuing.number)
    facts = number_facts(work, document, variables)
    while work.letters.is_used(document.pack, number := take(work, series, facts)):
        continue  # it came in from outside, so the count goes on behind it
    return number


def _made(work: UnitOfWork, document: Document, facts: Mapping[str, object], title: str) -> tuple[Rendered, Rendered]:
    content = letter(document.template, facts, title, str(facts["unit_name"]), work.now)
    return rendered(title, "docx", content), rendered(title, "pdf", printed(content, work.settings.fonts, work.now))


def _keep(work: UnitOfWork, paper: Rendered, instance_id: UUID | None, field: str, unit: str | None) -> AttachmentRecord:
    return attachments.store(work, io.BytesIO(paper.content), paper.filename, instance_id, field=field, unit=unit)


def _slip(work: UnitOfWork, document: Document, known: Variables, instance_id: UUID | None, unit: str | None) -> UUID | None:
    if not document.issuing.slip:
        return None
    slip = definition(work, document.issuing.slip)
    title = f"{slip.name}-{known['paper_title']}"
    content = letter(slip.template, facts_of(work, slip, known, instance_id), title, str(known["unit_name"]), work.now)
    return _keep(work, rendered(title, "docx", content), instance_id, slip.id, unit).id


def issued(work: UnitOfWork, instance_id: UUID) -> list[IssuedRecord]:
    """Give the letters that an instance issued, oldest first."""
    return work.letters.of_instance(instance_id)


def verify(work: UnitOfWork) -> Iterator[Damage]:
    """Compare every frozen file with the hash that was written down when it was issued."""
    for record in work.letters.all():
        for attachment_id, sha256 in ((record.docx_id, record.docx_sha256), (record.pdf_id, record.pdf_sha256)):
            content = _content(work, attachment_id)
            if content is None or hashlib.sha256(content).hexdigest() != sha256:
                yield Damage(record.title, record.doc_no or "", content is None)


def _content(work: UnitOfWork, attachment_id: UUID) -> bytes | None:
    try:
        _, stream = attachments.open_(work, attachment_id, granted=True)
    except attachments.NoSuchAttachment:
        return None
    with stream:
        return stream.read()
