"""Every page of a handler, wide and narrow: nothing overflows, nothing is logged, axe finds nothing serious."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
SIZES = [(1366, 768), (390, 844)]
PAGES = [
    "/inbox/todo", "/inbox/done", "/inbox/drafts", "/start/", "/start/leave", "/matters/", "/messages/", "/help/",
    "/help/liaison", "/password", "/posts",
]  # fmt: skip


def serious(page):
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in found if one["impact"] in ("serious", "critical")]


@pytest.fixture(scope="module")
def requested(chromium, server):
    """One request that waits, so that the lists are not empty."""
    page = chromium.new_page(base_url=server)
    page.goto("/")
    page.fill("[name=login]", "wangfang")
    page.fill("[name=password]", "Qjia@2022demo")
    page.press("[name=password]", "Enter")
    page.goto("/start/leave")
    page.select_option("[name=leave_type]", "事假")
    for name, text in {"days": "1", "from_date": "2022-08-15", "to_date": "2022-08-15", "reason": "办理房产过户手续"}.items():
        page.fill(f"[name={name}]", text)
    page.click(".actions >> text=发起")
    page.wait_for_selector("h1:has-text('王芳')")
    page.close()


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_a_handlers_pages_are_sound(enter, requested, size):
    page, said = enter("ann", post="部门负责人", size=size), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto("/inbox/todo")
    task = page.locator("[data-href]").first.get_attribute("data-href")

    for path in [*PAGES, task, f"{task}/return", f"{task}/hand-over"]:
        page.goto(path)
        assert (path, serious(page)) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, size[0])
    assert [text for text in said if "403" not in text] == []


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_the_door_is_sound(chromium, server, size):
    page = chromium.new_page(base_url=server, viewport={"width": size[0], "height": size[1]})
    page.goto("/sign-in")

    assert serious(page) == []
    page.close()


def test_a_matter_shows_its_diagram_with_what_is_done_and_current(enter, requested):
    page = enter("zhaomin")
    page.goto("/matters/")
    page.click("table.list >> text=王芳请事假1天")

    page.wait_for_selector("[data-drawn]")

    assert page.locator("g.current[data-element-id=decide_leave]").count() == 1
    assert page.locator("g.done[data-element-id=leave_requested]").count() == 1
    assert page.locator(".bjs-powered-by").is_visible()


def test_a_list_is_walked_by_keyboard(enter, requested):
    page = enter("ann", post="部门负责人")
    page.wait_for_selector("html.js")

    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks/*")
    page.go_back()
    page.wait_for_selector("html.js")
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.name") == "q"


def test_the_face_works_without_scripts(chromium, server, requested):
    context = chromium.new_context(base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("[name=login]", "wangfang")
    page.fill("[name=password]", "Qjia@2022demo")
    page.click("button >> text=登录")

    page.goto("/start/leave")
    page.click(".actions >> text=发起")

    assert "有 5 处需要修改" in page.locator("#errors").inner_text()
    context.close()
