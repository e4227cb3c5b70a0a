"""The pack's letters, opened with python-docx: page, grid, type and lines of GB/T 9704-2012, and in whose name they go out."""

import io
from datetime import UTC, datetime

import pymupdf
import pytest
from docx import Document as WordDocument
from docx.oxml.ns import qn

from engine import documents, forms, ledgers
from engine.documents.letters import letter
from engine.documents.printing import printed
from engine.feel import Environment
from tests.packs.stage import files, of_kind, pack

KEY, AUGUST = "anshan-2022", datetime(2022, 8, 1, tzinfo=UTC)
WANTED = [
    "supervision_letter", "supervision_order", "urge_note", "complaint_assignment",
    "acceptance_notice", "rejection_notice", "transfer_notice", "supplement_notice",
    "extension_notice", "disposal_opinion", "result_notice", "service_receipt",
    "reassignment_letter", "cert_suspension_decision", "cert_suspension_notice", "clue_transfer_letter",
    "clarification_letter", "circular", "closure_notice", "minutes",
    "case_collection", "casefile_binding", "dispatch_slip", "notice",
    "inspection_feedback", "admonition_letter", "training_notice", "cert_withdrawal_decision",
    "non_penalty_decision",
]  # fmt: skip


@pytest.fixture(scope="module")
def papers():
    found = ledgers.read_ledgers(files(), forms.read(of_kind(".form")).forms, KEY)
    return documents.read_documents(files(), found.ledgers, KEY).documents


def opened(papers, name):
    return WordDocument(io.BytesIO(papers[name].template))


def fonts_of(paragraph):
    shown = [run for run in paragraph.runs if run.text and not run.text.startswith("{%p")]
    return {(run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt) for run in shown}


def paragraph_with(document, text):
    return next(paragraph for paragraph in document.paragraphs if text in paragraph.text)


@pytest.mark.parametrize("name", WANTED)
def test_page_grid_and_body_are_the_standards(papers, name):
    section, grid = opened(papers, name).sections[0], opened(papers, name).sections[0]._sectPr.find(qn("w:docGrid"))
    margins = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    room = section.page_width.mm - section.left_margin.mm - section.right_margin.mm

    assert [round(margin.mm) for margin in margins] == [37, 28, 35, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm), round(room)) == (210, 297, 156)
    pitch, width = int(grid.get(qn("w:linePitch"))) / 20, 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert (int(225 / 25.4 * 72 / pitch), round(156 / 25.4 * 72 / width, 2)) == (22, 28)


@pytest.mark.parametrize(
    "name", [name for name in WANTED if name not in ("service_receipt", "casefile_binding", "dispatch_slip")]
)
def test_title_body_and_page_numbers_are_set_as_offices_expect(papers, name):
    document = opened(papers, name)
    bodies = [p for p in document.paragraphs if fonts_of(p) == {("仿宋_GB2312", 16.0)}]
    foot, even = document.sections[0].footer.paragraphs[0], document.sections[0].even_page_footer.paragraphs[0]

    assert any(("方正小标宋简体", 22.0) in fonts_of(p) or ("方正小标宋简体", 26.0) in fonts_of(p) for p in document.paragraphs)
    assert all(p.paragraph_format.line_spacing.pt == pytest.approx(28.95) for p in bodies)
    assert (fonts_of(foot), str(foot.alignment), str(even.alignment)) == ({("宋体", 14.0)}, "RIGHT (2)", "LEFT (0)")


def test_a_letter_has_its_mark_at_the_head_double_lines_and_no_number_on_the_first_page(papers):
    section = opened(papers, "supervision_letter").sections[0]
    mark, below = section.first_page_header.paragraphs[0], section.first_page_footer.paragraphs[0]
    lines = [p._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom")) for p in (mark, below)]

    assert (section.different_first_page_header_footer, round(section.header_distance.mm)) == (True, 30)
    assert str(mark.runs[0].font.color.rgb) == "FF0000"
    assert [line.get(qn("w:val")) for line in lines] == ["thickThinSmallGap", "thinThickSmallGap"]
    assert (round(section.footer_distance.mm), below.text) == (20, "")


def test_the_number_stands_at_the_right_in_a_letter_and_centred_over_a_red_line_in_a_document(papers):
    letters, circular = opened(papers, "supervision_letter"), opened(papers, "circular")
    line = paragraph_with(circular, "doc_no")._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))

    assert str(paragraph_with(letters, "doc_no").alignment) == "RIGHT (2)"
    assert str(paragraph_with(circular, "doc_no").alignment) == "CENTER (1)"
    assert line.get(qn("w:color")) == "FF0000"


def test_levels_are_in_their_types(papers):
    document = opened(papers, "result_notice")

    assert fonts_of(paragraph_with(document, "一、查明的事实")) == {("黑体", 16.0)}


@pytest.mark.parametrize(
    "name", ["rejection_notice", "transfer_notice", "acceptance_notice", "supervision_letter", "clue_transfer_letter"]
)
def test_remedies_stand_only_where_an_act_is_answered(papers, name):
    assert "remedies" not in papers[name].facts


@pytest.mark.parametrize("name", ["result_notice", "disposal_opinion"])
@pytest.mark.parametrize(("act", "reviewed", "printed_"), [(True, True, True), (True, False, False), (False, True, False)])
def test_remedies_need_a_reviewable_act_and_the_legal_review(papers, name, act, reviewed, printed_):
    said = (
        papers[name]
        .facts["remedies"]
        .of({"needs_remedies": act, "legal_review_passed": reviewed, "remedies": "可以申请复议。"}, Environment())
    )

    assert (said == "可以申请复议。") is printed_


def test_whoever_is_handed_a_complaint_reads_no_name(papers):
    sheet = papers["complaint_assignment"]

    assert not {"complainant_name", "phone", "id_no", "address"} & {*sheet.facts, *sheet.issuing.reveal}


def test_r050_every_measure_has_a_way_and_a_paper_that_is_issued(papers):
    measures = {row["name"]: row for row in pack().reference("accountability_measures")}
    issued = {name for name, paper in papers.items() if paper.issuing.freeze}
    without = {name for name, row in measures.items() if row["document"] not in issued}

    assert {row["way"] for row in measures.values()} == {"paper", "circular", "certificate", "transfer", "none"}
    assert (without, {"谈话提醒", "诫勉", "离岗培训", "收回执法证件"} <= set(measures)) == ({"不予问责"}, True)


@pytest.mark.parametrize("name", WANTED)
def test_every_template_can_be_filled_and_printed(papers, name):
    paper = papers[name]
    facts = dict.fromkeys([*paper.facts, "issuer_name", "doc_no", "issue_date", "unit_name"], "")
    facts |= {key: [] for key in (*paper.rows, *paper.issuing.steps)}
    content = letter(paper.template, facts, "t", "a", datetime(2022, 8, 1, tzinfo=UTC))

    assert len(pymupdf.open(stream=printed(content, None, datetime(2022, 8, 1, 9, 30, 1, 5, tzinfo=UTC)))) >= 1


@pytest.mark.parametrize("copied", ["市集中整治行政执法突出问题领导小组", ""])
def test_a_letter_names_at_its_foot_who_gets_a_copy_and_leaves_no_empty_page(papers, copied):
    facts = dict.fromkeys([*papers["supervision_letter"].facts, "issuer_name", "doc_no", "issue_date", "unit_name"], "一")
    facts |= {"issues": [], "requirements": [], "contact": "", "legal_basis": "", "cc": copied}
    content = letter(papers["supervision_letter"].template, facts, "t", "a", AUGUST)

    [page] = pymupdf.open(stream=printed(content, None, AUGUST))

    found = page.search_for("抄送")
    assert [round(297 - place.y1 / 72 * 25.4) in range(35, 45) for place in found] == [True] * bool(copied)
