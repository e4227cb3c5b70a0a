"""A liaison fills the list in where it stands: typed, pasted at the cursor, mended, taken back; on a phone each row is a form."""

import pytest

from tests.browser.moves import HEADING, PASTE, begin_row, said, sign_for
from tests.browser.stage import PASSWORD

pytestmark = pytest.mark.browser
PLAYED = "july"
TOLD, MEASURES = "2021年以来第{}批举报线索中有3件超过90日未作出处理决定", "1.逐件倒排工期，限期办结；2.建立临期提示台账。"
PHONE = (390, 844)


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def someone(enter):
    return lambda login, size=(1366, 768): enter(login, "", size, PASSWORD)


def block(*days):
    rows = [f"执法不作为\tA3\t{TOLD.format(n)}\t{MEASURES}\t佟建国\t稽查支队\t李思远\t{day}" for n, day in enumerate(days, 1)]
    return "\n".join([HEADING, *rows])


def type_row(page, day):
    """Fill a new row in; each cell is left with Tab, which opens the next."""
    begin_row(page)
    for choice in ("执法不作为", "A3"):
        option = page.locator(f".cell-editor option:has-text('{choice}')")
        option.wait_for(state="attached")
        page.select_option(".cell-editor select", value=option.get_attribute("value"))
        page.keyboard.press("Tab")
    for text in (TOLD.format("十"), MEASURES, "佟建国", "稽查支队", "李思远"):
        page.wait_for_selector(".cell-editor :is(input, textarea)")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.fill("td[data-column=due_date] .cell-editor input", day)
    page.keyboard.press("Enter")


def faults(page):
    page.wait_for_selector("[data-grid-faults]:not([hidden])")
    return page.inner_text("[data-grid-faults]")


def lines(page):
    return page.locator("table.grid tbody tr").count()


def test_a_row_is_typed_by_keyboard_and_a_block_is_pasted_mended_and_taken_back(someone):
    page = sign_for(someone("limin"), "网络营销监管执法领域问题清单")
    type_row(page, "2022-08-15")
    said(page, "第 1 行已保存")

    begin_row(page)
    page.keyboard.press("Escape")
    page.evaluate(PASTE, block("2022-08-11", "8月底", "2022-08-13"))
    assert "第 3 行，整改时限：“8月底”不是日期" in faults(page)
    page.click("tr:nth-child(3) td[data-column=due_date]")
    page.fill(".cell-editor input", "2022-08-12")
    page.keyboard.press("Enter")
    said(page, "第 3 行已保存")
    assert page.is_hidden("[data-grid-faults]")
    page.reload()
    assert lines(page) == 4


def test_the_last_change_is_undone_and_escape_leaves_a_cell_as_it_was(someone):
    page = sign_for(someone("limin"), "知识产权保护执法领域问题清单")
    begin_row(page)
    page.keyboard.press("Escape")
    page.evaluate(PASTE, block("2022-08-11", "2022-08-12"))
    said(page, "已保存 2 行")

    leader = page.locator("tr:first-child td[data-column=resp_leader]")
    leader.focus()
    page.keyboard.type("王")
    page.keyboard.press("Escape")
    assert leader.inner_text() == "佟建国"
    page.keyboard.press("Control+z")
    said(page, "已撤销")
    assert lines(page) == 0


def test_a_fault_is_tied_to_its_cell_for_those_who_hear_the_page(someone):
    page = someone("limin")
    page.goto("/ledgers/problems?view=rectification")
    cell = page.locator("tr:first-child td[data-column=due_date]")
    cell.focus()
    page.keyboard.press("Delete")

    page.wait_for_selector("td[aria-invalid=true]")

    note = page.locator(f"#{cell.get_attribute('aria-describedby')}")
    assert "整改时限" in note.inner_text()
    assert page.locator("td[tabindex='0']").count() == 1


def test_on_a_phone_rows_are_cards_that_open_as_a_form(someone):
    page = someone("limin", PHONE)
    page.goto("/ledgers/problems?view=rectification")

    page.click("tr:first-child td[data-column=measures]")
    assert page.locator(".cell-editor").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.click("tr:first-child .grid-open")
    page.wait_for_selector("#row-form")
