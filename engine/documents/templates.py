"""Checking a letter's template when it is deployed: every field is known, the page is the standard's, the slip is one."""

import io
from collections.abc import Iterator, Mapping

from engine.documents.letters import Asked, LetterFault, asked_in
from engine.documents.model import Count, Document
from engine.ledgers.model import Ledger

GIVEN = frozenset(
    {
        "today",
        "year",
        "unit",
        "unit_name",
        "unit_short_name",
        "campaign",
        "issuer",
        "issuer_name",
        "doc_no",
        "issue_date",
        "cited",
    }
)
FORMATS = ("letter", "document")
MARGINS = {"top": 37, "left": 28, "bottom": 35, "right": 26}
_TOLERANCE = 1.0
_SIGNATURE = frozenset({"opinion", "person", "unit", "step", "day"})
_TALLY = frozenset({"value", "label", "count"})

Fault = tuple[str, dict[str, object]]


def faults_of(document: Document, ledgers: Mapping[str, Ledger]) -> Iterator[Fault]:
    """Give what is wrong with the template of a letter, as sentences with their facts."""
    try:
        asked = asked_in(document.template)
    except LetterFault as error:
        yield "The template cannot be read: {reason}.", {"reason": str(error)}
        return
    known = GIVEN | document.facts.keys() | document.counts.keys() | document.tables.keys() | document.rows.keys()
    for name in sorted(asked.names - known - document.issuing.steps.keys()):
        yield "The template uses {name}, which is declared nowhere.", {"name": name}
    yield from _parts(document, asked, ledgers)
    if document.issuing.format:
        yield from _page(document.template)


def _parts(document: Document, asked: Asked, ledgers: Mapping[str, Ledger]) -> Iterator[Fault]:
    """Refuse parts of a list's items that its items do not have."""
    lists: dict[str, frozenset[str]] = dict.fromkeys(document.tables, _TALLY) | dict.fromkeys(document.issuing.steps, _SIGNATURE)
    lists |= {name: _columns(count, ledgers) for name, count in document.rows.items()}
    for name, part in sorted(asked.parts):
        if name in lists and part not in lists[name]:
            yield "The template uses {name}, which is declared nowhere.", {"name": f"{name}.{part}"}


def _columns(count: Count, ledgers: Mapping[str, Ledger]) -> frozenset[str]:
    ledger = ledgers.get(count.ledger)
    view = ledger.views.get(count.view) if ledger else None
    return frozenset(column.id for column in (view.columns if view else ())) | {"number"}


def _page(template: bytes) -> Iterator[Fault]:
    """Compare the page with the standard's, for a margin is easily moved by the mouse."""
    from docx import Document as WordDocument  # slow to import, seldom needed

    section = WordDocument(io.BytesIO(template)).sections[0]
    page = section.page_width, section.page_height
    if any(given is None or abs(given.mm - mm) > _TOLERANCE for given, mm in zip(page, (210, 297), strict=True)):
        yield "The template's page is not A4 upright.", {}
    for side, wanted in MARGINS.items():
        found = getattr(section, f"{side}_margin").mm
        if abs(found - wanted) > _TOLERANCE:
            yield "The template's margin ({side}) is {found} mm; the standard for official papers asks for {wanted} mm.", {
                "side": side, "found": round(found, 1), "wanted": wanted,
            }  # fmt: skip
