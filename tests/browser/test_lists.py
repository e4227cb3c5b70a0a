"""Lists and what is around them: heads stay in sight, rows have menus, the menu stays as it was left, cards turn on a phone."""

import pytest

from tests.browser.test_pages import serious

pytestmark = pytest.mark.browser
ROWS = 14
REQUEST = {"leave_type": "事假", "days": "1", "from_date": "2022-08-15", "to_date": "2022-08-15", "reason": "办理房产过户手续"}
PHONE = (390, 844)


@pytest.fixture(scope="module")
def many(chromium, server):
    """More requests than one screen holds."""
    context = chromium.new_context(base_url=server, locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    page.fill("[name=login]", "wangfang")
    page.fill("[name=password]", "Qjia@2022demo")
    page.press("[name=password]", "Enter")
    page.wait_for_selector("meta[name=csrf-token]", state="attached")
    page.goto("/start/leave")
    token = page.get_attribute("meta[name=csrf-token]", "content")
    for _ in range(ROWS):
        page.request.post("/start/leave", form={**REQUEST, "csrf_token": token}, headers={"Referer": server})
    context.close()


def test_the_head_of_a_long_list_stays_in_sight(enter, many):
    page = enter("zhaomin", size=(1366, 560))
    page.goto("/matters/")
    page.wait_for_selector(".list-wrap.fits")

    page.evaluate("scrollTo(0, document.body.scrollHeight)")

    assert page.locator(".list thead th").first.bounding_box()["y"] == page.locator(".top").bounding_box()["height"]


def test_a_row_has_a_menu_that_keys_open_and_close(enter, many):
    page = enter("ann", post="部门负责人")
    page.goto("/inbox/todo")

    page.keyboard.press("j")
    page.keyboard.press("m")
    offered = page.locator(".in-row[open] a").all_inner_texts()
    focus = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Escape")

    assert (offered[:3], focus) == (["打开", "查看全部情况", "传阅"], "打开")
    assert page.locator(".in-row[open]").count() == 0


def test_a_folded_group_of_the_menu_stays_folded(enter, many):
    page = enter("zhaomin")
    page.goto("/messages/")
    page.click(".nav-group >> nth=0 >> summary")
    group = page.locator(".nav-group").first.get_attribute("data-group")

    page.goto("/help/")

    assert page.locator(f".nav-group[data-group='{group}']").get_attribute("open") is None


def test_a_menu_that_was_put_away_stays_away_until_it_is_fetched_back(enter, many):
    page = enter("zhaomin")
    page.click(".nav-handle")
    page.goto("/matters/")
    away = page.locator(".nav-side").is_visible()
    page.click(".nav-handle")

    page.goto("/help/")

    assert (away, page.locator(".nav-side").is_visible()) == (False, True)


def test_cards_are_turned_and_decided_with_a_thumb(enter, many):
    page = enter("ann", post="部门负责人", size=PHONE)
    page.click("text=逐件办理")
    page.wait_for_selector(".deck-card")
    waiting = page.inner_text(".deck-head .quiet")
    page.click("#card-1 >> text=下一件")
    page.wait_for_function("() => Math.abs(document.querySelector('#card-2').getBoundingClientRect().left) < 30")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert page.locator("#card-2 .deck-answers .btn").first.bounding_box()["height"] >= 44

    page.click("#card-2 [data-phrase] >> nth=0")
    page.click("#card-2 [name=answer][value=同意]")

    page.wait_for_selector("text=已提交：同意")
    assert page.inner_text(".deck-head .quiet") != waiting
    assert serious(page) == []


def test_a_printed_list_has_a_head_and_no_buttons(enter, many):
    page = enter("zhaomin")
    page.goto("/matters/")

    page.emulate_media(media="print")

    assert "打印：赵敏" in page.inner_text(".print-head")
    assert page.locator("main .btn:visible, .top:visible, .nav-side:visible, .row-menu:visible").count() == 0
