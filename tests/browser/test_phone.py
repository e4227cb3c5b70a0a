"""An inspector on a phone: verdicts recorded for one unit, with the line to the server cut in between."""

import pytest

from tests.browser.moves import attach, hand_in, open_work, shows
from tests.browser.stage import PASSWORD

pytestmark = pytest.mark.browser
PLAYED = "inspection"
TITLE = "第一次督导 市应急管理局"
PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
KEPT = "已保存在本机"


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def inspector(enter):
    """The record of a unit with four problems, on a screen of 390 pixels."""
    return open_work(enter("fangzhiyuan", "", (390, 844), PASSWORD), TITLE)


def said(page, words):
    """Wait until the line beside the buttons says *words*."""
    page.wait_for_function("words => document.querySelector('#saved').textContent.includes(words)", arg=words)


def judge(page, number, verdict, **more):
    """Choose a verdict with a thumb, and write what goes with it."""
    page.locator(f"[name='checks.{number}.verdict'][value='{verdict}']").check()
    for name, value in more.items():
        page.fill(f"[name='checks.{number}.{name}']", value)


def prove(page, number):
    """Take a photo where there is no line; it waits."""
    photo = {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    page.set_input_files(f"input[type=file][name='checks.{number}.evidence']", photo)
    page.wait_for_selector("tr[data-waiting]:has-text('等待网络恢复后发送')")


def all_in_place(page):
    """Judge every problem, and fill in what else the record asks for."""
    for number in range(page.locator("[data-field=checks] tbody > tr:has(> .cell-radio)").count()):
        judge(page, number, "到位")
    page.check("[name=recusal_promise]")
    page.fill("[name=place]", "市应急管理局二楼会议室")
    page.fill("[name=no_case_reason]", "2022年只有1件行政处罚案件。")
    page.check("[name=overall][value=较好]")
    page.fill("[name=feedback]", "整改总体有力，个别问题请按时限补齐。")


def test_each_problem_is_a_card_that_a_thumb_can_answer(inspector):
    choice = inspector.locator("[data-field=checks] .cell-radio label").first.bounding_box()

    assert inspector.evaluate("document.documentElement.scrollWidth") == 390
    assert (choice["height"] >= 44, choice["width"] >= 120) == (True, True)


def test_what_is_typed_without_a_line_outlives_the_page_and_is_sent_when_the_line_is_back(inspector):
    judge(inspector, 0, "到位")
    said(inspector, "自动保存")
    inspector.context.set_offline(True)
    judge(
        inspector,
        1,
        "虚假整改",
        found="所附处罚决定书与原始案卷不一致。",
        requirement="重新办理并补充佐证。",
        due_on="2022-08-15",
    )
    prove(inspector, 1)
    said(inspector, KEPT)
    inspector.click("button:has-text('提交 →')")
    said(inspector, "恢复后请再次提交")

    inspector.context.set_offline(False)

    inspector.wait_for_selector("tr[data-line]:has-text('现场.jpg')")
    said(inspector, "自动保存")
    inspector.reload()
    inspector.wait_for_selector("[name='checks.1.verdict'][value='虚假整改']:checked")
    inspector.wait_for_selector("tr[data-line]:has-text('现场.jpg')")
    assert inspector.locator("[data-waiting]").count() == 0


def test_what_was_kept_is_put_back_when_the_page_opens_again(inspector):
    page = inspector
    page.route("**/draft", lambda route: route.abort())
    judge(page, 0, "基本到位", found="送达手续不全。")
    said(page, KEPT)
    page.unroute("**/draft")
    page.reload()

    said(page, "已恢复并保存")
    assert page.input_value("[name='checks.0.found']") == "送达手续不全。"


def test_the_record_is_handed_in_and_the_verdicts_stand_in_the_ledger(inspector, enter):
    all_in_place(inspector)
    judge(inspector, 0, "基本到位", found="送达手续不全。", requirement="补齐送达回证。", due_on="2022-08-15")
    attach(inspector, "checks.0.evidence", "送达回证.jpg", PHOTO)
    assert "提交成功" in hand_in(inspector)

    office = enter("liujing", "", (1366, 768), PASSWORD)
    assert shows(office, "/ledgers/verdicts?q=WT-YJJ-2022-1-001", "基本到位")
