"""A leave request from its form to its record, by three people in a real browser."""

import pytest

pytestmark = pytest.mark.browser


def ask_for_leave(page, days="2"):
    page.click("text=可以发起的事项")
    page.click("a.tile:has-text('请假')")
    page.select_option("[name=leave_type]", "年休假")
    page.fill("[name=days]", days)
    page.fill("[name=from_date]", "2022-08-15")
    page.fill("[name=to_date]", "2022-08-16")
    page.fill("[name=reason]", "回沈阳探望父母")


def test_a_leave_request_is_asked_for_approved_and_recorded(enter):
    wangfang = enter("wangfang")
    ask_for_leave(wangfang)
    wangfang.click(".actions >> text=发起")
    assert wangfang.locator("h1").inner_text() == "王芳请年休假2天"

    ann = enter("ann", post="部门负责人")
    ann.click("table.list >> text=王芳请年休假2天")
    ann.check("text=同意 >> nth=0")
    ann.click(".phrases >> text=同意。 >> nth=0")
    ann.click("text=提交 →")
    assert "提交成功" in ann.locator(".notice").inner_text()

    zhaomin = enter("zhaomin")
    zhaomin.click("table.list >> text=王芳请年休假2天")
    zhaomin.fill("[name=record_no]", "2022-031")
    zhaomin.click("text=提交 →")

    wangfang.reload()
    assert wangfang.locator(".tag >> text=已办结").is_visible()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(enter):
    page = enter("wangfang")
    ask_for_leave(page, days="三")
    page.fill("[name=to_date]", "2022-08-01")

    page.click(".actions >> text=发起")

    assert page.locator("#f-days-error").inner_text().startswith("“三”不是数字")
    assert page.locator("#f-to_date-error").inner_text() == "结束日期不能早于开始日期。"
    assert page.input_value("[name=reason]") == "回沈阳探望父母"


def test_what_is_typed_is_kept_and_the_next_question_appears(enter):
    page = enter("eve")
    page.goto("/start/leave")
    assert page.locator("[data-field=proof]").is_hidden()

    page.select_option("[name=leave_type]", "病假")
    page.wait_for_selector("#saved:has-text('已自动保存')")
    page.wait_for_selector("[data-field=proof]:visible")

    page.goto("/inbox/drafts")
    page.click("table.list >> text=请假")
    assert page.input_value("[name=leave_type]") == "病假"
