"""Papers: workbooks, letters, prints for signing and bundles, as a pack declares them."""

from engine.documents.facts import Basis, FactsMissing, NothingToTell, UnitNotSaid, basis, ready
from engine.documents.letters import LetterFault
from engine.documents.model import Document, Rendered
from engine.documents.reader import DocumentReading, read_documents
from engine.documents.rendering import NoSuchDocument, SigningSheet, definition, fillable, offered, render, signing, signing_sheet
from engine.documents.workbook_reading import bring_back

__all__ = [
    "Basis", "Document", "DocumentReading", "FactsMissing", "LetterFault", "NoSuchDocument", "NothingToTell", "Rendered",
    "SigningSheet", "UnitNotSaid", "basis", "bring_back", "definition", "fillable", "offered", "read_documents", "ready",
    "render", "signing", "signing_sheet",
]  # fmt: skip
