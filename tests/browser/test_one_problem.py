"""One problem's way: found by the bureau itself, put right, verified by two others, struck off, and looked at again."""

import pytest

from tests.browser.moves import HEADING, PASTE, attach, begin_row, choose, hand_in, open_work, said, shows, sign_for
from tests.browser.stage import PASSWORD

pytestmark = pytest.mark.browser
PLAYED = "july"
FIELD = "网络营销监管执法领域问题清单"
TOLD = "对直播带货化妆品虚假宣传监测覆盖不足，2022年上半年只监测直播间42个。"
OTHER = "网络交易投诉举报处置超期，2022年上半年有6件未在法定期限内办结。"
NUMBERS = ("WT-SCJG-2022-1-001", "WT-SCJG-2022-1-002")
PROOF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
ROW = ("执法不作为", "A1", "扩大监测范围至200个直播间，配备取证工具。", "佟建国", "网络交易监管科", "张伟", "2022-07-29")


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def someone(enter):
    return lambda login, post="": enter(login, post, (1366, 768), PASSWORD)


def write_down(page, *told):
    """Paste a row for each problem into the list, answer the check, and hand the list in."""
    sign_for(page, FIELD)
    begin_row(page)
    page.keyboard.press("Escape")
    page.evaluate(PASTE, "\n".join([HEADING, *("\t".join((*ROW[:2], text, *ROW[2:])) for text in told)]))
    said(page, "已保存")
    for number in range(page.locator("[data-field=phrase_checks] tbody tr").count()):
        page.select_option(f"[name='phrase_checks.{number}.verdict']", "不涉及" if number else "存在")
    hand_in(page)


def answer(page, title, **answers):
    """Open a piece of work, give its answers, and hand it in."""
    open_work(page, title)
    for name, value in answers.items():
        if page.locator(f"[name='{name}'][value='{value}']").count():
            choose(page, name, value)
        else:
            page.fill(f"[name='{name}']", value)
    hand_in(page)


def hand_over_to_the_office(someone, limin):
    """Take the list through review, signature and receipt, so that its problem is handed over to be put right."""
    answer(someone("mayanhong"), FIELD, decision="通过")
    answer(limin, FIELD, signing_mode="线上签署")
    answer(someone("wuxuesong"), FIELD, decision="签署")
    answer(someone("liujing"), FIELD, decision="接收")


def put_right(page, number):
    """Put a problem right, with evidence."""
    sign_for(page, number)
    choose(page, "work_result", "已完成")
    page.fill("[name=progress]", "已监测直播间210个，立案3件。")
    page.fill("[name=result]", "监测范围已扩大到210个直播间，取证工具已配备到位。")
    attach(page, "evidence", "整改前后对比.pdf", PROOF)
    hand_in(page)


def propose(page, number):
    choose(open_work(page, number), "decision", "申请销号")
    for standard in ("solved", "carried_out", "accountable", "regulated", "recognised"):
        page.check(f"[name='{standard}']")
    page.fill("[name=apply_reason]", "监测范围已扩大，佐证齐全。")
    hand_in(page)


def verify(page, number, verifiers):
    """Record what *verifiers* found, and give what is said of it."""
    open_work(page, number)
    for name in verifiers:
        page.check(f"[name=verifier_names][value={name}]")
    page.check("[name=methods][value=现场]")
    page.select_option("[name=verify_result]", "同意销号")
    page.fill("[name=verify_note]", "现场查看监测记录，整改属实。")
    page.click("button:has-text('提交 →')")
    page.wait_for_load_state()
    return page.inner_text("main")


def approve(page, numbers):
    """Approve what was verified, all of it with one decision, and give what the page says."""
    page.goto("/inbox/todo")
    for number in numbers:
        page.locator(f"tbody tr:has-text('{number}') input[name=task]").check()
    page.click(".bulk-bar button")
    with page.expect_response("**/look"):
        page.check("[name=decision][value=同意]")
    page.click(".actions .btn-primary")
    page.wait_for_url("**/done**")
    return page.inner_text("main")


def look_again(page, number):
    choose(open_work(page, number), "review_result", "巩固")
    hand_in(page)


def test_a_problem_goes_from_the_self_check_to_being_struck_off_and_looked_at_again(someone, stage):
    limin, zhangwei = someone("limin"), someone("zhangwei")
    write_down(limin, TOLD, OTHER)
    hand_over_to_the_office(someone, limin)
    number, other = NUMBERS
    tongjianguo, liujing = someone("tongjianguo"), someone("liujing")
    for each in NUMBERS:
        put_right(zhangwei, each)
        propose(tongjianguo, each)
    assert "核查人不少于两人" in verify(liujing, number, ["韩丹"])
    assert liujing.locator("[name=verifier_names][value=张伟]").count() == 0
    verify(liujing, number, ["韩丹", "邓莉"])
    verify(liujing, other, ["刘静", "徐家明"])

    assert "已办理 2 件" in approve(someone("wangjianguo", "领导小组办公室主任"), NUMBERS)
    assert shows(zhangwei, f"/ledgers/problems?q={number}", "已销号")
    stage.move_to("2022-08-22T09:00")
    look_again(liujing, number)

    assert shows(limin, f"/ledgers/problems?q={number}&view=closure", "巩固")
