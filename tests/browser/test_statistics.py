"""附件3 from a slip of the pen to the report to the city: refused at its field, corrected, signed, added up, quoted."""

import io

import pytest
from docx import Document

from engine import documents, ledgers, process_instances
from engine.identity import posts
from tests.browser.moves import choose, hand_in, open_work, shows
from tests.browser.stage import PASSWORD

pytestmark = pytest.mark.browser
PLAYED = "july"
TITLE, PAPER = "附件3统计台账", "年度责任制落实情况统计台账"
FIGURES = {
    "powers_total": 30, "powers_licence": 10, "powers_penalty": 20, "powers_exercised": 12, "powers_unused": 18,
    "penalties_total": 43, "penalties_warning": 3, "penalties_fine": 40, "penalties_amount": "12.50", "penalties_simple": 3,
    "penalties_ordinary": 40, "cases_filed": 44, "penalties_disclosed": 43, "inspections_total": 90, "inspections_random": 60,
    "inspections_plain": 30, "officers": 40, "officers_certified": 40, "on_duty": 60, "legal_reviewers": 4,
}  # fmt: skip
REPORT = {
    "report_kind": "年度工作报告", "report_title": "整改工作报告", "report_year": 2022, "report_due": "2022-12-20",
    "meeting_from": "2022-12-15", "report_letter": "annual_report", "issuer": "市司法局",
}  # fmt: skip


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def someone(enter):
    return lambda login: enter(login, "", (1440, 900), PASSWORD)


def fill_in(page, figures):
    """Open every group, type the figures in and hand them in."""
    page.wait_for_selector("[name=penalties_total]")
    page.evaluate("document.querySelectorAll('details.group').forEach(group => { group.open = true })")
    for name, value in figures.items():
        page.fill(f"[name='{name}']", str(value))
    page.click("button:has-text('提交 →')")


def signed_and_received(limin, someone):
    """Let the leader sign the frozen table and the office receive it."""
    choose(open_work(limin, PAPER), "signing_mode", "线上签署")
    hand_in(limin)
    for login, answer in (("wuxuesong", "签署"), ("liujing", "接收")):
        page = open_work(someone(login), PAPER)
        choose(page, "decision", answer)
        hand_in(page)


def drafted(stage):
    """Let the office begin the report, and give its instance once the figures are drawn."""
    with stage.engine.work() as work:
        liujing = posts.actor_for(work, "liujing")
    begun = stage.engine.run(lambda work: process_instances.start(work, "city_report", REPORT), liujing)
    stage.move_to("2022-12-20T09:00:00")
    with stage.engine.work() as work:
        return work.process_instances.find(begun.id).variables


def test_a_wrong_sum_is_refused_then_signed_received_added_up_and_quoted_in_the_report(stage, someone):
    stage.move_to("2022-11-22T09:00:00")
    limin = open_work(someone("limin"), TITLE)
    fill_in(limin, FIGURES | {"penalties_total": 44})
    limin.wait_for_selector("#errors")
    assert "处罚合计应等于13类处罚之和" in limin.inner_text("#errors")

    fill_in(limin, {"penalties_total": 43})
    limin.wait_for_url("**/inbox/**")
    signed_and_received(limin, someone)
    assert shows(limin, "/ledgers/annual_stats?view=filing", "已接收")

    variables = drafted(stage)
    with stage.engine.work() as work:
        [row] = ledgers.rows(work, "annual_stats", "rollup").rows
        letter = documents.render(work, "annual_report", variables)
    text = "\n".join(part.text for part in Document(io.BytesIO(letter.content)).paragraphs)
    assert (row.values["penalties_total"], "行政处罚43件" in text, "罚没金额12.50万元" in text) == (43, True, True)
