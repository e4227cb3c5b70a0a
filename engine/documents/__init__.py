"""Papers: workbooks, letters, prints for signing and bundles, as a pack declares them."""

from engine.documents.facts import Basis, FactsMissing, NothingToTell, UnitNotSaid, basis, ready
from engine.documents.issuing import Damage, Issued, NotToBeIssued, NumberTaken, issue, issued, verify
from engine.documents.letters import LetterFault
from engine.documents.model import Document, Rendered
from engine.documents.previewing import as_pdf, as_pictures, letter_named
from engine.documents.reader import DocumentReading, read_documents
from engine.documents.rendering import NoSuchDocument, SigningSheet, definition, fillable, offered, render, signing, signing_sheet
from engine.documents.workbook_reading import bring_back

__all__ = [
    "Basis", "Damage", "Document", "DocumentReading", "FactsMissing", "Issued", "LetterFault", "NoSuchDocument", "NotToBeIssued",
    "NothingToTell", "NumberTaken", "Rendered", "SigningSheet", "UnitNotSaid", "as_pdf", "as_pictures", "basis", "bring_back",
    "definition", "fillable", "issue", "issued", "letter_named", "offered", "read_documents", "ready", "render", "signing",
    "signing_sheet", "verify",
]  # fmt: skip
