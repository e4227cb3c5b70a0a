"""The papers that actors hand in are real files of their kind."""

import io
from uuid import UUID

import docx
import pypdfium2
import pytest

from engine import attachments
from engine.rehearsal.papers import file_maker


@pytest.mark.parametrize(("kind", "stored"), [("pdf", "pdf"), ("docx", "docx"), ("png", "png"), ("scan", "jpg")])
def test_a_paper_is_stored_as_what_it_is(work, kind, stored):
    [key] = file_maker(work, {}, {"name": "方案"})({"file": kind, "name": "实施方案", "text": "一、总体要求"})

    assert attachments.facts(work, [key])[key]["kind"] == stored


def content(work, key: str) -> bytes:
    _, stream = attachments.open_(work, UUID(key), granted=True)
    with stream:
        return stream.read()


def test_a_pdf_carries_its_chinese_text(work):
    [key] = file_maker(work, {}, {})({"file": "pdf", "name": "会议纪要", "text": "会议审议通过。"})

    document = pypdfium2.PdfDocument(content(work, key))
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "会议审议通过" in text


def test_a_letter_opens_as_a_word_file(work):
    [key] = file_maker(work, {}, {})({"file": "docx", "name": "报告", "text": "第一行\n第二行"})

    paragraphs = docx.Document(io.BytesIO(content(work, key))).paragraphs
    assert [part.text for part in paragraphs] == ["报告", "第一行", "第二行"]
