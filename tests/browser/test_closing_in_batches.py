"""19 August: the office takes what is complete, sends two back with a reason, and the director strikes the rest off at once."""

import pytest

from tests.browser.moves import shows
from tests.browser.stage import PASSWORD

pytestmark = pytest.mark.browser
PLAYED = "deadline"
STEP = "领导小组办公室核查"


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def someone(enter):
    return lambda login: enter(login, "", (1440, 900), PASSWORD)


def tick_all(page, step):
    page.goto("/inbox/todo?size=100")
    for line in page.locator(f"table.list tbody tr:has-text('{step}')").all():
        line.locator("input[name=task]").check()
    page.click(".bulk-bar button")
    page.wait_for_selector("#bulk-form")


def verify(page, result, **more):
    """Fill in the form for all that are ticked, and hand it in."""
    for name, value in (("verifier_names", "徐家明"), ("verifier_names", "邓莉"), ("methods", "书面")):
        page.check(f"[name={name}][value={value}]")
    with page.expect_response("**/look"):
        page.select_option("[name=verify_result]", result)
    page.fill("[name=verify_note]", "已查看整改前后的材料。")
    for name, value in more.items():
        field = page.locator(f"[name={name}]")
        field.select_option(value) if name == "return_code" else field.fill(value)
    return submit(page)


def submit(page):
    page.click(".actions .btn-primary")
    page.wait_for_url("**/bulk/done**")
    return page.locator(".notice-good").inner_text()


def test_the_office_sees_at_once_which_matters_are_complete(someone):
    page = someone("liujing")
    tick_all(page, STEP)

    assert page.locator("nav.tabs >> nth=0").inner_text().split() == ["全部", "16", "材料齐全", "14", "有缺项", "2"]


def test_two_go_back_with_a_reason(someone):
    page = someone("liujing")
    tick_all(page, STEP)
    page.click("nav.tabs a:has-text('有缺项')")

    said = verify(page, "不同意", return_code="佐证不足", note="请补充当事人回访记录。")

    assert "已办理 2 件" in said
    assert shows(page, "/ledgers/problems?unit=GAJ", "整改中")


def test_the_director_strikes_fourteen_off_at_once(someone):
    office = someone("liujing")
    tick_all(office, STEP)
    assert "已办理 14 件" in verify(office, "同意销号")

    director = someone("wangjianguo")
    tick_all(director, "销号审批")
    director.check("[name=decision][value=同意]")

    assert "已办理 14 件" in submit(director)


def test_what_was_struck_off_is_in_the_ledger_though_others_are_late(someone):
    page = someone("wangjianguo")

    assert shows(page, "/ledgers/problems?state=已销号", "共 14 条")
    assert shows(page, "/ledgers/problems?unit=ZRZY", "整改中")
