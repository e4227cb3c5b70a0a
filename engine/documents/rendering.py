"""Making papers: what a declared paper says for these variables, now."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from engine import attachments, code_reading, exporting, ledgers, scans, snapshots
from engine.documents.citing import cited
from engine.documents.guides import guides
from engine.documents.letter_facts import environment, facts_of, file_name, with_unit
from engine.documents.letters import letter
from engine.documents.model import Document, Rendered
from engine.documents.reader import read_documents
from engine.documents.workbook import Extras, workbook
from engine.errors import EngineError
from engine.file_kinds import MEDIA_TYPES, safe_name
from engine.forms import read
from engine.ledgers.paper import Paper, lay_out
from engine.persistence.repositories.snapshots import SnapshotRecord
from engine.persistence.work import UnitOfWork

if TYPE_CHECKING:
    import segno

Variables = Mapping[str, object]
_QR_SCALE = 8


class NoSuchDocument(EngineError):
    """There is no paper {document}."""

    kind = "missing"


@dataclass(frozen=True, slots=True)
class SigningSheet:
    """One list to be printed and signed: the paper, its code, and the QR code as SVG for the page."""

    snapshot: SnapshotRecord
    paper: Paper
    code: str
    qr_svg: str
    cited: str = ""


def definition(work: UnitOfWork, document_id: str) -> Document:
    """Give the paper with this id."""
    found = work.cache.get("documents", lambda: _load(work)).get(document_id)
    if found is None:
        raise NoSuchDocument(document=document_id)
    return found


def offered(work: UnitOfWork) -> list[Document]:
    """Give the papers that the actor's role may take outside tasks."""
    return [
        document for document in work.cache.get("documents", lambda: _load(work)).values() if work.actor.role in document.roles
    ]


def _load(work: UnitOfWork) -> dict[str, Document]:
    documents: dict[str, Document] = {}
    for key in work.definitions.packs():
        deployment = work.definitions.last_deployment(key)
        files = work.definitions.files(deployment.id) if deployment else {}
        found = ledgers.read_ledgers(files, read(files).forms, key).ledgers
        documents |= read_documents(files, found, key).documents
    return documents


def render(work: UnitOfWork, document_id: str, variables: Variables | None = None, instance_id: UUID | None = None) -> Rendered:
    """Make a paper for these variables; several workbooks come as one zip."""
    document = definition(work, document_id)
    made = _make(work, document, with_unit(work, document, variables), instance_id)
    return made[0] if len(made) == 1 else zipped(made, file_name(work, document, variables))


def _make(work: UnitOfWork, document: Document, variables: Variables, instance_id: UUID | None) -> list[Rendered]:
    if document.kind == "letter":
        return [_letter(work, document, variables, instance_id)]
    if document.kind == "bundle":
        return [_bundle(work, document, variables, instance_id)]
    if document.kind == "signing":
        sheets = signing(work, document.id, variables, instance_id)
        return [_workbook(work, document, sheet.paper, _coded(sheet.snapshot)) for sheet in sheets]
    papers = [_paper(work, document, held, variables) for held in filters(work, document, variables)]
    exporting.note(work, document.id, document.name, sum(len(paper.rows) for paper in papers))
    return [_workbook(work, document, paper, Extras(mark=exporting.mark(work))) for paper in papers]


def filters(work: UnitOfWork, document: Document, variables: Variables) -> list[dict[str, Any]]:
    """Give the filter of each list that a paper falls into: one per value of the column it is split by."""
    base = document.filter.of(variables, environment(work, document))
    held = dict(base) if isinstance(base, Mapping) else {}
    if not document.split:
        return [held]
    ledger = ledgers.definition(work, document.ledger)
    view = ledger.view(document.view)
    found = ledgers.tally(work, document.ledger, document.split, {**view.filter, **held})
    return [{**held, document.split: value} for value in sorted(found, key=str)] or [held]


def signing(
    work: UnitOfWork, document_id: str, variables: Variables | None = None, instance_id: UUID | None = None
) -> list[SigningSheet]:
    """Freeze the lists of a paper and give them for printing, each with the code that ties its scan to it."""
    document = definition(work, document_id)
    known = with_unit(work, document, variables)
    held = filters(work, document, known)
    records = [snapshots.freeze(work, document.ledger, document.view, part, known, instance_id) for part in held]
    return [signing_sheet(work, record) for record in records]


def signing_sheet(work: UnitOfWork, record: SnapshotRecord) -> SigningSheet:
    """Give a frozen list for printing."""
    svg = _qr(record).svg_inline(scale=1, border=2, omitsize=True)
    return SigningSheet(record, snapshots.paper_of(record), record.code, svg, cited(work, record.ledger))


def _coded(record: SnapshotRecord) -> Extras:
    picture, code = io.BytesIO(), _qr(record)
    code.save(picture, kind="png", scale=_QR_SCALE, border=2, dpi=300)
    return Extras(code=record.code, qr=picture.getvalue(), qr_pixels=int(code.symbol_size(_QR_SCALE, 2)[0]))


def _qr(record: SnapshotRecord) -> "segno.QRCode":
    import segno  # slow to import, seldom needed

    return segno.make_qr(code_reading.payload(record.code, record.sha256), error="m")


def _paper(work: UnitOfWork, document: Document, held: Mapping[str, Any], variables: Variables) -> Paper:
    ledger = ledgers.definition(work, document.ledger)
    return lay_out(work, ledger, ledger.view(document.view), held, variables)


def _workbook(work: UnitOfWork, document: Document, paper: Paper, extras: Extras) -> Rendered:
    ledger = ledgers.definition(work, document.ledger)
    sheet = ledger.view(document.view).sheet
    told = guides(work, ledger, ledger.view(document.view))
    meta = {"ledger": ledger.id, "view": document.view, "version": ledger.version}
    full = replace(extras, cited=cited(work, ledger.id), instructions=sheet.instructions if sheet else (), guides=told, meta=meta)
    return rendered(paper.file or document.name, "xlsx", workbook(paper, full, work.now))


def fillable(work: UnitOfWork, ledger_id: str, view_id: str = "", list_filter: Mapping[str, Any] | None = None) -> Rendered:
    """Make a workbook of a list that can be filled in offline and brought back."""
    ledger = ledgers.definition(work, ledger_id)
    view = ledgers.view_of(ledger, view_id)
    paper = lay_out(work, ledger, view, list_filter)
    meta = {"ledger": ledger.id, "view": view.id, "version": ledger.version, "filter": dict(list_filter or {})}
    sheet = view.sheet
    blank = sheet.blank_rows if sheet else 0
    extras = Extras(sheet.instructions if sheet else (), guides(work, ledger, view), meta, blank, mark=exporting.mark(work))
    exporting.note(work, ledger.id, ledger.name, len(paper.rows))
    return rendered(paper.file or view.name, "xlsx", workbook(paper, extras, work.now))


def _letter(work: UnitOfWork, document: Document, variables: Variables, instance_id: UUID | None) -> Rendered:
    facts, title = facts_of(work, document, variables, instance_id), file_name(work, document, variables)
    return rendered(title, "docx", letter(document.template, facts, title, str(facts["unit_name"]), work.now))


def _bundle(work: UnitOfWork, document: Document, variables: Variables, instance_id: UUID | None) -> Rendered:
    """Put papers and accepted scans into one file for the mailbox."""
    made = [paper for part in document.parts for paper in _make(work, definition(work, part), variables, instance_id)]
    return zipped([*made, *_scans(work, instance_id)], file_name(work, document, variables))


def _scans(work: UnitOfWork, instance_id: UUID | None) -> list[Rendered]:
    if instance_id is None:
        return []
    found = []
    for attachment_id in _current(work, instance_id):
        record, stream = attachments.open_(work, attachment_id, granted=True)
        with stream:
            found.append(Rendered(record.name, record.media_type, stream.read()))
    return found


def _current(work: UnitOfWork, instance_id: UUID) -> list[UUID]:
    """Give the accepted scans; of one list that was handed in again only the last one counts."""
    accepted = [scan for scan in scans.of_instance(work, instance_id) if scan.decision == "accepted"]
    last: dict[object, UUID] = {}
    for scan in accepted:
        snapshot = work.snapshots.get(scan.snapshot_id) if scan.snapshot_id else None
        last.setdefault(str((snapshot.ledger, snapshot.view, snapshot.filter)) if snapshot else scan.id, scan.attachment_id)
    return sorted(set(last.values()))


def zipped(papers: list[Rendered], name: str) -> Rendered:
    """Put papers into one zip; equal names get a number."""
    target, taken = io.BytesIO(), set[str]()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            archive.writestr(_free(paper.filename, taken), paper.content)
    return rendered(name, "zip", target.getvalue())


def _free(name: str, taken: set[str]) -> str:
    stem, _, ending = name.rpartition(".")
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{stem}({number}).{ending}"
    taken.add(found)
    return found


def rendered(name: str, kind: str, content: bytes) -> Rendered:
    """Give a paper under a name that every system takes."""
    return Rendered(safe_name(f"{name}.{kind}", kind), MEDIA_TYPES[kind], content)
