"""Every list can be taken away as it is narrowed, and printed; the menu stays as it was left."""

from io import BytesIO

import openpyxl
import pytest

LISTS = {
    "/inbox/started": ("wangfang", "/inbox/started.xlsx"),
    "/matters/": ("zhaomin", "/matters/matters.xlsx"),
    "/urging/": ("zhaomin", "/urging/waiting.xlsx"),
}


def column_of(browser, address):
    answer = browser.client.get(address)
    return [row[0].value for row in openpyxl.load_workbook(BytesIO(answer.data)).active.iter_rows(min_row=2)]


@pytest.mark.parametrize("page", LISTS)
def test_a_list_is_taken_away_as_it_is_narrowed(ask, desk, page):
    ask(), ask(leave_type="事假", days="1")
    login, book = LISTS[page]
    browser = desk(login)

    browser.get(f"{page}?q=事假")

    assert f'href="{book}?q=' in browser.text
    assert "data-print" in browser.text
    assert column_of(browser, f"{book}?q=事假") == ["王芳请事假1天"]


def test_messages_are_taken_away(ask, desk):
    ask()
    ann = desk("ann", "部门负责人")
    ann.get("/messages/")

    assert len(column_of(ann, "/messages/messages.xlsx")) == ann.text.count("data-href=")


def test_a_printed_page_says_who_printed_it_and_when(desk):
    browser = desk("zhaomin")

    browser.get("/matters/")

    assert "打印：赵敏（" in browser.text


def test_a_group_of_the_menu_stays_folded_except_around_its_own_page(desk):
    browser = desk("zhaomin")
    browser.client.set_cookie("menu_folded", "%E7%9B%91%E7%9D%A3")

    browser.get("/messages/")
    folded = 'data-group="监督">' in browser.text
    browser.get("/matters/")

    assert (folded, 'data-group="监督" open>' in browser.text) == (True, True)


def test_a_menu_that_was_put_away_stays_away(desk):
    browser = desk("zhaomin")
    browser.client.set_cookie("menu_off", "1")

    browser.get("/messages/")

    assert '<body class="menu-off">' in browser.text
