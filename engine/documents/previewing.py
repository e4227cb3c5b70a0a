"""A letter as it will look: the same page as its PDF, as pictures for the screen."""

from uuid import UUID

from engine.documents.letter_facts import Variables, file_name, with_unit
from engine.documents.model import Rendered
from engine.documents.printing import pictures, printed
from engine.documents.rendering import NoSuchDocument, definition, render, rendered
from engine.persistence.work import UnitOfWork


def letter_named(work: UnitOfWork, document_id: str) -> str:
    """Give the name of a letter; a paper of another kind has no preview of this sort."""
    document = definition(work, document_id)
    if document.kind != "letter":
        raise NoSuchDocument(document=document_id)
    return document.name


def as_pdf(work: UnitOfWork, document_id: str, variables: Variables, instance_id: UUID | None) -> Rendered:
    """Make a letter as PDF."""
    document = definition(work, document_id)
    content = render(work, document_id, variables, instance_id).content
    title = file_name(work, document, with_unit(work, document, variables))
    return rendered(title, "pdf", printed(content, work.settings.fonts, work.now))


def as_pictures(work: UnitOfWork, document_id: str, variables: Variables, instance_id: UUID | None) -> list[bytes]:
    """Make the pages of a letter as PNG."""
    return pictures(render(work, document_id, variables, instance_id).content, work.settings.fonts)
