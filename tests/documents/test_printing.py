import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdfium2
from docx import Document as WordDocument

from engine.documents.printing import printed

AT = datetime(2022, 7, 26, 15, 10, 47, 972609, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_paper_issued_at_any_moment_becomes_a_pdf_with_its_words():
    word, file = WordDocument(), io.BytesIO()
    word.add_paragraph("关于督办事项的通知")
    word.save(file)

    made = pypdfium2.PdfDocument(printed(file.getvalue(), None, AT))

    assert "关于督办事项的通知" in made[0].get_textpage().get_text_range()
