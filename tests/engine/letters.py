"""A small pack that issues letters: written, checked, signed, numbered and frozen."""

import io
import json

from docx import Document as WordDocument
from docx.shared import Mm

from tests.engine.models import HEAD, flow, user_task

PACK = """
[pack]
key = "post"
name = "Letters"
version = "1"
issuer = "Office"

[[roles]]
code = "manager"
name = "Manager"
scope = "all"

[[numbering]]
series = "letter"
pattern = "鞍司{mark}〔{year}〕{n}号"
per = ["year", "mark"]
"""
DOCUMENTS = """
[[documents]]
id = "notice"
name = "Notice"
kind = "letter"
template = "notice.docx"
file = "Notice {matter}"
format = "letter"
issuer = "=if matter = \\"own\\" then \\"Group\\" else \\"Bureau\\""
number = "letter"
freeze = true
slip = "slip"
reveal = ["asked_by"]
[documents.number_facts]
mark = "函"
[documents.facts]
matter = "=matter"
asked_by = "=asked_by"

[[documents]]
id = "slip"
name = "Slip"
kind = "letter"
template = "slip.docx"
file = "Slip"
[documents.steps]
drafted = ["write"]
signed = ["sign"]
[documents.facts]
paper_title = "=paper_title"
"""
NOTICE = ("{{ issuer_name }}", "{{ doc_no }}", "{{ matter }}{{ asked_by }}", "{{ issue_date }}")
SLIP = ("{{ paper_title }}", "{% for s in drafted %}{{ s.person }}{% endfor %}",
        "{% for s in signed %}{{ s.person }}: {{ s.opinion }} {{ s.day }}{% endfor %}")  # fmt: skip
ISSUE = (
    '<serviceTask id="issue" name="Issue"><extensionElements><zeebe:taskDefinition type="issue_letter" retries="3"/>'
    '<zeebe:taskHeaders><zeebe:header key="document" value="notice"/></zeebe:taskHeaders></extensionElements></serviceTask>'
)
WRITE = user_task("write").replace("<zeebe:userTask/>", '<zeebe:userTask/><zeebe:formDefinition formId="asked"/>')
STEPS = f'<startEvent id="start"/>{WRITE}{user_task("sign")}{ISSUE}{user_task("send")}<endEvent id="end"/>'
PROCESS = (
    f'{HEAD}<process id="post" name="post" isExecutable="true">{STEPS}'
    f"{flow('start', 'write', 'sign', 'issue', 'send', 'end')}</process></definitions>"
)


def template(*lines, top=37):
    """Make a Word file on the standard's page."""
    document, target = WordDocument(), io.BytesIO()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = map(Mm, (top, 28, 35, 26))
    for line in lines:
        document.add_paragraph(line)
    document.save(target)
    return target.getvalue()


FORM = {
    "type": "default",
    "id": "asked",
    "schemaVersion": 19,
    "components": [
        {
            "id": "f",
            "type": "textfield",
            "key": "asked_by",
            "label": "From",
            "properties": {"bpm:sensitive": "true", "bpm:mask": "name"},
        }
    ],
}
FILES = {
    "forms/asked.form": json.dumps(FORM).encode(),
    "pack.toml": PACK.encode(),
    "post.bpmn": PROCESS.encode(),
    "forms/documents/documents.toml": DOCUMENTS.encode(),
    "forms/documents/notice.docx": template(*NOTICE),
    "forms/documents/slip.docx": template(*SLIP),
}


def lines_of(content):
    """Read the paragraphs of a Word file."""
    return [paragraph.text for paragraph in WordDocument(io.BytesIO(content)).paragraphs]
