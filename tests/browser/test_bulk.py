"""Several matters decided with one form: ticked by mouse or keyboard, on a desk and on a phone."""

import pytest

from tests.browser.test_pages import SIZES, serious

pytestmark = pytest.mark.browser
REQUEST = {"from_date": "2022-08-15", "to_date": "2022-08-15", "reason": "办理房产过户手续"}


@pytest.fixture(scope="module")
def requested(chromium, server):
    """Five requests that wait for the manager."""
    page = chromium.new_page(base_url=server)
    page.goto("/")
    page.fill("[name=login]", "wangfang")
    page.fill("[name=password]", "Qjia@2022demo")
    page.press("[name=password]", "Enter")
    for days in "12345":
        page.goto("/start/leave")
        page.select_option("[name=leave_type]", "事假")
        for name, text in {**REQUEST, "days": days}.items():
            page.fill(f"[name={name}]", text)
        page.click(".actions >> text=发起")
        page.wait_for_selector("h1:has-text('王芳')")
    page.close()


@pytest.fixture
def decide(enter, requested):
    """The manager's inbox, and the list of all that can be ticked there."""

    def decide(size):
        page = enter("ann", post="部门负责人", size=size)
        page.goto("/inbox/todo")
        for box in page.locator("tbody input[name=task]").all():
            box.check()
        page.click(".bulk-bar button")
        page.wait_for_selector("#bulk-form")
        return page

    return decide


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_the_list_is_sound_also_when_something_is_missing(decide, size):
    page = decide(size)
    assert serious(page) == []

    page.click(".actions .btn-primary")
    page.wait_for_selector("#errors")

    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert page.locator("#f-decision-error").count() == 1


def test_the_keyboard_ticks_and_opens_the_list(enter, requested):
    page = enter("ann", post="部门负责人")
    page.goto("/inbox/todo")

    for key in "jxjx":
        page.keyboard.press(key)
    assert page.inner_text("[data-bulk-count]") == "2"
    page.focus(".bulk-bar button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bulk-form")

    assert page.locator("[name=_task]").count() == 2


def test_one_tick_holds_other_steps_back(enter, requested):
    page = enter("ann", post="部门负责人")
    page.goto("/inbox/todo")
    page.evaluate("document.querySelector('[data-kind]').dataset.kind = 'another step'")

    page.locator("[data-kind]").nth(1).check()

    assert page.locator("[data-kind]").first.is_disabled()
    page.check("[data-tick-kind]")
    assert not page.locator("[data-kind]").first.is_checked()


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_what_is_ticked_is_decided_and_the_rest_is_left(decide, size):
    page = decide(size)
    others = page.locator("[name=_task]").all()[2:]
    for box in others:
        box.uncheck()

    with page.expect_response("**/look"):
        page.check("[name=decision][value=同意]")
    page.click("button:has-text('同意。')")
    assert "批量提交 (2) → 登记请假" in " ".join(page.inner_text(".actions .btn-primary").split())
    page.click(".actions .btn-primary")
    page.wait_for_url("**/done**")

    assert "已办理 2 件" in page.inner_text("main")
    assert f"还有 {len(others)} 件待办" in page.inner_text("main")
