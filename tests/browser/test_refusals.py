"""What bad input gets in the browser: every fault at its field, nothing lost; and a page that says who was faster."""

import pytest

from tests.browser.moves import attach, choose, hand_in, open_work
from tests.browser.stage import PASSWORD

pytestmark = pytest.mark.browser
PLAYED = "july"
MINUTES = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def someone(enter):
    return lambda login: enter(login, "", (1366, 768), PASSWORD)


def hand_in_refused(page):
    """Hand in, and give the status of the answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/complete" in answer.url) as answer:
        page.click("button:has-text('提交 →')")
    page.wait_for_selector("#errors")
    return answer.value.status


def meeting(page, **entries):
    """Open the registration of the party group's meeting and fill it in."""
    open_work(page, "部署组织")
    page.select_option("[name=meeting_kind]", "党组会议")
    for name, value in ({"meeting_on": "2022-07-20", "minutes_no": "党组会议纪要〔2022〕18号"} | entries).items():
        page.fill(f"[name={name}]", value)
    return page


def slip_in(page, name):
    """Put a field into the form that it does not have."""
    page.evaluate("""name => document.querySelector("#task-form").insertAdjacentHTML(
        "beforeend", `<input type="hidden" name="${name}" value="1">`)""", name)  # fmt: skip


def test_an_undeclared_field_is_named_and_nothing_is_handed_in(someone):
    page = meeting(someone("limin"))
    slip_in(page, "approved_by_mayor")

    assert hand_in_refused(page) == 422
    assert "approved_by_mayor" in page.inner_text("#errors")
    assert page.input_value("[name=minutes_no]") == "党组会议纪要〔2022〕18号"


def test_what_is_no_date_is_said_at_the_date(someone):
    page = meeting(someone("limin"))
    page.eval_on_selector("[name=meeting_on]", "field => (field.type = 'text', field.value = '昨天')")

    assert hand_in_refused(page) == 422
    assert page.inner_text("#f-meeting_on-error").startswith("“昨天”不是日期")
    assert page.input_value("[name=meeting_kind]") == "党组会议"


def test_what_is_missing_is_said_where_it_is_missing(someone):
    page = meeting(someone("limin"), minutes_no="")

    assert hand_in_refused(page) == 422
    assert "minutes_no" in page.get_attribute("#errors a >> nth=0", "href")
    assert "请填写" in page.inner_text("#f-minutes_no-error")
    assert page.input_value("[name=meeting_on]") == "2022-07-20"


def test_a_day_that_has_not_come_is_refused_and_the_draft_kept(someone):
    page = meeting(someone("limin"), meeting_on="2022-07-28")

    assert hand_in_refused(page) == 422
    assert page.inner_text("#f-meeting_on-error") == "会议日期不能晚于今天。"
    open_work(page, "部署组织")
    assert page.input_value("[name=meeting_on]") == "2022-07-28"


def filed(page):
    """Register the meeting, so that the office has the bureau's papers to check."""
    meeting(page).select_option("[name=meeting_result]", "通过")
    attach(page, "minutes_scan", "会议纪要.pdf", MINUTES)
    hand_in(page)


def test_somebody_faster_is_named_and_what_was_typed_is_kept(someone):
    filed(someone("limin"))
    faster, slower = (open_work(someone(login), "部署组织") for login in ("liujing", "xujiaming"))
    choose(slower, "decision", "补正")
    slower.fill("[name=note]", "任务分解表缺责任人，请补正。")
    for item in faster.locator("[name=complete_items]").all():
        item.check()
    choose(faster, "decision", "齐全")
    hand_in(faster)

    with slower.expect_response(lambda answer: "/complete" in answer.url) as answer:
        slower.click("button:has-text('提交 →')")
    assert answer.value.status == 409
    assert "刘静" in slower.inner_text("main")
    assert "7-21 09:00" in slower.inner_text("main")
    assert slower.input_value("[name=note]") == "任务分解表缺责任人，请补正。"
