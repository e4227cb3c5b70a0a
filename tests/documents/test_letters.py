import io
import zipfile

import pytest
from docx import Document as WordDocument

from engine import documents
from engine.documents.letters import LetterFault, asked_in, balanced, day, letter, numeral
from engine.documents.reader import read_documents
from engine.forms import read
from engine.ledgers import read_ledgers
from tests.documents.conftest import DOCUMENTS, PAPERS, template
from tests.ledgers.conftest import FILES, saved

REMARKS = {"unit": "NORTH", "remarks": "一是加强巡查,及时维修。\n二是公开电话:0412-1234567。"}


def lines_of(content):
    return [paragraph.text for paragraph in WordDocument(io.BytesIO(content)).paragraphs]


def problems_of(files):
    forms = read(files).forms
    return [
        problem.message for problem in read_documents(files, read_ledgers(files, forms, "housing").ledgers, "housing").problems
    ]


def test_a_letter_says_what_the_ledger_says(papers, norah):
    saved(papers, norah, {}, {}, {"trade": ["R"]})

    with papers.work(norah) as work:
        rendered = documents.render(work, "report", REMARKS)

    assert rendered.filename == "NORTH estate report.docx"
    assert lines_of(rendered.content) == [
        "NORTH estate has 3 defects: Water 2 Roof 1",
        "一是加强巡查，及时维修。",
        "二是公开电话：0412-1234567。",
        "2022年7月18日",
    ]


def test_a_template_with_a_name_that_nothing_fills_in_is_refused():
    files = FILES | PAPERS | {"forms/documents/report.docx": template("{{ total }} {{ secret }}")}

    assert problems_of(files) == ["The template uses secret, which is declared nowhere."]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('template = "report.docx"', 'template = "letter.docx"', "no template"),
        ('view = "list"\nfilter', 'view = "wish"\nfilter', "has no view wish"),
        ('view = "list"\nfilter', 'view = "open"\nfilter', "no paper layout"),
        ('kind = "bundle"', 'kind = "parcel"', "kind of a paper"),
        ('"list_print", "report"', '"list_print", "wish"', "wish"),
        ('by = "trade"', 'by = "colour"', "colour is no column"),
        ('name = "Report"', 'name = "Report"\ncolour = "red"', "colour is not known"),
        ('remarks = "=remarks"', 'remarks = "=remarks +"', "cannot be read"),
    ],
)
def test_every_fault_of_a_declaration_is_said(old, new, said):
    files = FILES | PAPERS | {"forms/documents/documents.toml": DOCUMENTS.replace(old, new).encode()}

    assert any(said in message for message in problems_of(files))


def test_a_template_reaches_nothing_but_its_facts():
    hostile = template("{{ total.__class__.__mro__ }}")

    with pytest.raises(LetterFault):
        letter(hostile, {"total": 1}, "", "", _moment())


@pytest.mark.parametrize("place", ["table", "header", "first_page_header", "even_page_footer", "property"])
def test_an_unknown_field_is_named_wherever_it_stands(place):
    files = FILES | PAPERS | {"forms/documents/report.docx": with_field(place, "{{ secret }}")}

    assert problems_of(files) == ["The template uses secret, which is declared nowhere."]


def test_an_unknown_part_of_a_lists_items_is_named():
    content = template("{% for t in by_trade %}{{ t.label }}{{ t.colour }}{% endfor %}")

    assert problems_of(FILES | PAPERS | {"forms/documents/report.docx": content}) == [
        "The template uses by_trade.colour, which is declared nowhere."
    ]


def test_a_page_that_is_not_the_standards_is_refused():
    declared = {
        "forms/documents/documents.toml": DOCUMENTS.replace('name = "Report"', 'name = "Report"\nformat = "letter"').encode()
    }

    said = problems_of(FILES | PAPERS | declared)
    assert "The template's margin (top) is 25.4 mm; the standard for official papers asks for 37 mm." in said


@pytest.mark.parametrize(("given", "line"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (100, "100")])
def test_papers_count_in_chinese(given, line):
    assert numeral(given) == line


def test_a_long_title_is_broken_behind_a_word_that_may_end_a_line():
    assert balanced("关于行政处罚案卷不规范问题的行政执法监督函") == "关于行政处罚案卷不规范问题的\n行政执法监督函"
    assert balanced("关于落实整改要求的通知") == "关于落实整改要求的通知"


@pytest.mark.parametrize(
    ("given", "said"), [("2022-08-03", "2022年8月3日"), ("2022-08-03T09:00:00+08:00", "2022年8月3日"), (None, "")]
)
def test_days_are_written_as_papers_write_them(given, said):
    assert day(given) == said


def test_a_template_that_is_no_document_is_refused():
    with pytest.raises(LetterFault):
        asked_in(b"not a document")


def test_what_people_write_cannot_break_the_document():
    content = letter(template("{{ text }}"), {"text": "</w:t> <b> & {{ x }}"}, "", "", _moment())

    assert lines_of(content) == ["</w:t> <b> & {{ x }}"]


def test_a_bundle_holds_every_paper(papers, norah):
    saved(papers, norah, {})

    with papers.work(norah) as work:
        rendered = documents.render(work, "bundle", REMARKS)

    names = zipfile.ZipFile(io.BytesIO(rendered.content)).namelist()
    assert names == ["Water defects of NORTH estate.xlsx", "NORTH estate report.docx"]


def test_papers_are_offered_to_the_roles_they_are_for(papers, norah, olga):
    with papers.work(norah) as work:
        assert [document.id for document in documents.offered(work)] == ["list_xlsx"]
    with papers.work(olga) as work:
        assert documents.offered(work) == []


def with_field(place, field):
    document, target = WordDocument(), io.BytesIO()
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    section.different_first_page_header_footer = True
    if place == "table":
        document.add_table(1, 1).rows[0].cells[0].text = field
    elif place == "property":
        document.core_properties.title = field
    else:
        getattr(section, place).paragraphs[0].text = field
    document.save(target)
    return target.getvalue()


def _moment():
    from tests.conftest import MORNING

    return MORNING
