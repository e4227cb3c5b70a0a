"""The director's way into a number: its definition on hover and by keyboard, its list, a record, the file that proves it."""

import re

import pytest

pytestmark = pytest.mark.browser
PLAYED = "august"


@pytest.fixture(scope="module")
def office(chromium, stage):
    """Liu Jing of the office, signed in."""
    context = chromium.new_context(base_url=stage.url, viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto("/")
    page.fill("[name=login]", "liujing")
    page.fill("[name=password]", "Zgt@2022demo")
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    yield page
    context.close()


def test_a_numbers_definition_shows_on_hover_and_by_keyboard(office):
    office.goto("/campaign/")
    definition = office.locator("#definition-I06")
    assert not definition.is_visible()

    office.hover("#why-I06")
    definition.wait_for(state="visible")
    assert "不属实核销的不计入总数" in definition.inner_text()
    office.mouse.move(0, 0)
    definition.wait_for(state="hidden")

    office.focus("#why-I06")
    definition.wait_for(state="visible")


def test_a_number_leads_to_its_list_a_record_and_the_file_that_proves_it(office):
    office.goto("/campaign/")
    number = office.locator("#figure-I06-0-part")
    counted = int(number.inner_text())
    assert counted > 0

    number.click()
    office.wait_for_url("**/campaign/indicators/I06*")
    rows = office.locator("table[data-list] tbody tr")
    assert rows.count() == counted
    rows.first.locator("td a").first.click()
    office.wait_for_url("**/ledgers/problems/rows/*")
    file = office.locator("a[href^='/files/']").first.get_attribute("href")
    answer = office.request.get(file)

    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")


def test_the_board_refreshes_itself_and_focus_stays(office, stage):
    office.goto("/campaign/")
    office.focus("#figure-I05-0")
    before = office.locator(".refreshed").inner_text()
    stage.move_to("2022-08-10T11:30")

    office.evaluate("htmx.trigger(document.getElementById('live'), 'refresh')")
    office.wait_for_function("text => document.querySelector('.refreshed').innerText !== text", arg=before)

    assert re.search(r"更新于 11:3\d", office.locator(".refreshed").inner_text())
    assert office.evaluate("document.activeElement.id") == "figure-I05-0"


def test_the_office_presses_for_what_waits(office):
    office.goto("/urging/?light=over")
    office.locator("td.tick input").first.check()
    office.locator(".phrases button").first.click()

    office.click("text=催办所选")
    office.wait_for_selector(".notice-good")

    assert "已催办 1 件" in office.locator(".notice-good").inner_text()
    assert "1 次" in office.locator("table.list tbody tr td:last-child").first.inner_text()
