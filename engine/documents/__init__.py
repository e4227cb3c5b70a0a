"""Papers: workbooks, letters, prints for signing and bundles, as a pack declares them."""

from engine.documents.letters import LetterFault
from engine.documents.model import Document, Rendered
from engine.documents.reader import DocumentReading, read_documents
from engine.documents.rendering import NoSuchDocument, SigningSheet, definition, fillable, offered, render, signing, signing_sheet
from engine.documents.workbook_reading import bring_back

__all__ = [
    "Document", "DocumentReading", "LetterFault", "NoSuchDocument", "Rendered", "SigningSheet", "bring_back", "definition",
    "fillable", "offered", "read_documents", "render", "signing", "signing_sheet",
]  # fmt: skip
