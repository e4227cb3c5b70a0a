"""Everybody can use it: no serious finding of axe, nothing wider than the phone, keys for the lists, no foreign word."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.stage import PASSWORD

pytestmark = pytest.mark.browser
PLAYED = "august"
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
PAGES = ["/inbox/todo", "/inbox/done", "/campaign/", "/matters/", "/ledgers/problems?view=rectification", "/papers/",
         "/help/", "/messages/"]  # fmt: skip
OWN = ["/inbox/todo", "/inbox/to_sign", "/inbox/to_read", "/inbox/done", "/inbox/started", "/inbox/drafts", "/inbox/overdue",
       "/start/", "/messages/", "/papers/", "/help/", "/ledgers/problems", "/ledgers/problems?view=annex2",
       "/ledgers/problems?view=closure", "/ledgers/submissions", "/password"]  # fmt: skip
SPOKEN = re.compile(r"[A-Za-z]{2,}")
KNOWN = {"pdf", "jpg", "png", "docx", "xlsx", "zip", "MB", "KB", "Enter", "Tab", "English", "Esc", "Ctrl", "Excel", "Word", "WPS"}


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def someone(enter):
    return lambda login, size="desk", post="": enter(login, post, SIZES[size], PASSWORD)


def serious(page):
    """Give what axe finds that keeps people out, with the places."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    bad = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{page.url} {one['id']} {one['nodes'][0]['html'][:160]}" for one in bad]


def too_wide(page):
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"{page.url} is {width} wide"] if width > page.viewport_size["width"] else []


def pages_of_work(page):
    """Give the addresses of a task and of its matter."""
    page.goto("/inbox/todo")
    task = page.locator("table.list tbody tr").first.get_attribute("data-href")
    page.goto(task)
    return [task, page.get_attribute("a[href*='/matters/']", "href")]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_serious_keeps_anybody_out(someone, size):
    page = someone("liujing", size)
    found = []
    for address in [*PAGES, *pages_of_work(page)]:
        page.goto(address)
        found += serious(page) + too_wide(page)

    assert found == []


@pytest.mark.parametrize("size", SIZES)
def test_the_door_is_open_to_everybody(chromium, server, size):
    page = chromium.new_context(
        base_url=server, locale="zh-CN", viewport=dict(zip(("width", "height"), SIZES[size], strict=True))
    ).new_page()
    page.goto("/sign-in")

    assert serious(page) + too_wide(page) == []
    page.context.close()


def test_the_list_of_work_is_walked_with_keys(someone):
    page = someone("zhangwei")
    page.goto("/inbox/todo")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("table.list tbody tr").first
    assert "selected" in first.get_attribute("class")

    address = first.get_attribute("data-href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_the_search_is_one_key_away(someone):
    page = someone("zhangwei")
    page.goto("/inbox/todo")

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.type") == "search"


def foreign(page):
    """Give the words in Latin letters that the page shows, besides codes, logins and kinds of files."""
    text = re.sub(r"[A-Z]+(-[\w]+)+|[A-Z]?\d[\w.]*|\b[A-Z0-9]{8}\b|\w+@\w+(\.\w+)*", " ", page.inner_text("body"))
    return [f"{page.url}: {word}" for word in sorted(set(SPOKEN.findall(text)) - KNOWN)]


@pytest.mark.parametrize("login", ["limin", "zhangwei", "wuxuesong"])
def test_no_foreign_word_is_shown_to_those_who_do_the_work(someone, login):
    page = someone(login)
    page.goto("/inbox/todo")
    own = pages_of_work(page) if page.locator("table.list tbody tr").count() else []
    found = []
    for address in [*OWN, *own]:
        page.goto(address)
        found += foreign(page)

    assert found == []
