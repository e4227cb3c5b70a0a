"""Sealed entries on the pages: masked everywhere, opened for a reason, and the auditor sees who did."""

import io
import re

import openpyxl
import pytest

from tests.webui.conftest import first_task
from tests.webui.sealed.conftest import REASON


def opening(browser, matter):
    """Give where the entry of a matter's page is opened."""
    browser.get(matter)
    return re.search(r'href="(/sealed/matters/[^"]+field=reason)"', browser.text)[1]


def test_pages_show_the_masked_words_and_never_the_original(matter, ann):
    address = matter()

    for page in (address, first_task(ann), f"{address}?whole=1", "/inbox/todo"):
        ann.get(page)
        assert REASON not in ann.text
    ann.get(address)
    assert "回**" in ann.text


def test_the_right_and_a_reason_show_the_original_once(matter, ann):
    way = opening(ann, matter())

    ann.get(way)
    refused = ann.post(way.split("?")[0], field="reason", reason=" ")
    ann.get(way)
    shown = ann.post(way.split("?")[0], field="reason", reason="核对行程")
    text, keep = ann.text, ann.answer.headers["Cache-Control"]
    ann.get(way)

    assert (refused, shown, keep) == (422, 200, "no-store")
    assert REASON in text and REASON not in ann.text


def test_a_script_gets_the_part_of_the_page(matter, ann):
    way = opening(ann, matter())

    part = ann.client.get(way, headers={"HX-Request": "true"}).get_data(as_text=True)

    assert "<html" not in part and 'name="reason"' in part


def test_without_the_right_there_is_neither_a_way_nor_a_page(matter, ask, desk):
    address, key = matter(), ""
    wang = desk("wangfang")
    wang.get(address)
    key = address.rsplit("/", 1)[1]

    assert "/sealed/" not in wang.text
    assert wang.get(f"/sealed/matters/{key}?field=reason") == 403


def test_the_auditor_sees_who_opened_what_and_why_and_nobody_else_does(matter, ann, desk):
    way = opening(ann, matter())
    ann.get(way)
    ann.post(way.split("?")[0], field="reason", reason="核对行程")
    auditor = desk("zhaomin")

    auditor.get("/audit/?kind=opened")

    assert [word in auditor.text for word in ("核对行程", "查看原文", REASON)] == [True, True, False]
    assert ann.get("/audit/") == 403


def test_a_search_finds_by_the_original_only_for_those_who_may_read_it(matter, ann, desk):
    matter()

    ann.get(f"/matters/?q={REASON}")
    found = "王芳请年休假" in ann.text
    other = desk("zhaomin")
    other.get(f"/matters/?q={REASON}")

    assert (found, "王芳请年休假" in other.text) == (True, False)


def test_what_is_taken_away_says_who_took_it_and_when(matter, ann, desk):
    matter()

    answer = ann.client.get("/matters/matters.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    auditor = desk("zhaomin")
    auditor.get("/audit/?kind=exported")

    assert re.search(r"导出人 .+ 2022-07-18 09:00", sheet.oddHeader.right.text)
    assert "导出清单" in auditor.text


def test_what_is_printed_from_the_screen_bears_the_name_too(matter, ann):
    ann.get(matter())

    assert re.search(r'class="print-mark"[^>]*>导出人 \S+ +2022-07-18', ann.text)


LISTS = ("/inbox/todo", "/inbox/to_read", "/matters/", "/matters/?q=9", "/matters/?process=leave", "/notifications/", "/urging/")


def test_who_is_kept_out_finds_nothing_by_any_page(matter, ann, bob):
    address = matter(days="9", to_date="2022-08-25")
    title = "王芳请年休假9天"
    ann.get(address)
    assert title in ann.text

    for page in LISTS:
        bob.get(page)
        assert title not in bob.text, page
    sheet = openpyxl.load_workbook(io.BytesIO(bob.client.get("/matters/matters.xlsx").data)).active
    assert title not in {cell.value for row in sheet for cell in row}


@pytest.mark.parametrize("way", ["", "/diagram", "/circulate"])
def test_who_is_kept_out_gets_no_direct_link_either(matter, ann, bob, way):
    address = matter(days="9", to_date="2022-08-25")
    task = first_task(ann)
    key = address.rsplit("/", 1)[1]

    assert bob.get(address + way) == 404
    assert [bob.get(task + more) for more in ("", "/hand-over", "/return")] == [404, 404, 404]
    assert bob.get(f"/sealed/matters/{key}?field=reason") == 404
    bob.get("/inbox/todo")
    assert [bob.post(task + more) for more in ("/claim", "/complete", "/draft", "/sign")] == [404, 404, 404, 404]


def test_a_list_of_people_does_not_offer_who_is_kept_out(matter, ann):
    matter(days="9", to_date="2022-08-25")
    task = first_task(ann)
    ann.post(f"{task}/claim")

    ann.get(f"{task}/hand-over")

    assert 'value="bob"' not in ann.text
