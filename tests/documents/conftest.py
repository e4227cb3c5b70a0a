"""Papers of the housing pack: a workbook, a signing print, a letter and a bundle of them."""

import io

import pytest
from docx import Document as WordDocument

from tests.ledgers.conftest import FILES, deploy, ed, housing, norah, olga, saved, unit  # noqa: F401

DOCUMENTS = """
[[documents]]
id = "list_xlsx"
name = "List"
kind = "sheet"
ledger = "defects"
view = "list"
filter = "={unit: unit}"
split = "trade"
roles = ["caretaker"]

[[documents]]
id = "list_print"
name = "List to sign"
kind = "signing"
ledger = "defects"
view = "list"
filter = "={unit: unit}"

[[documents]]
id = "report"
name = "Report"
kind = "letter"
template = "report.docx"
file = "{unit_name} report"
[documents.facts]
remarks = "=remarks"
[documents.counts]
total = { ledger = "defects", filter = { unit = "=unit" } }
[documents.tables]
by_trade = { ledger = "defects", by = "trade", filter = { unit = "=unit" } }

[[documents]]
id = "bundle"
name = "Bundle"
kind = "bundle"
parts = ["list_print", "report"]
"""
LINES = (
    "{{ unit_name }} has {{ total }} defects:{% for t in by_trade %} {{ t.label }} {{ t.count }}{% endfor %}",
    "{%p for line in remarks|paragraphs %}",
    "{{ line }}",
    "{%p endfor %}",
    "{{ today }}",
)


def template(*lines):
    document, target = WordDocument(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(target)
    return target.getvalue()


PAPERS = {"forms/documents/documents.toml": DOCUMENTS.encode(), "forms/documents/report.docx": template(*LINES)}


@pytest.fixture
def papers(engine, monkeypatch):
    """The housing pack with its papers, and two units."""
    with engine.work() as work:
        deploy(work, FILES | PAPERS)
        work.units.add([unit("NORTH", 1), unit("EAST", 2)])
    return engine
