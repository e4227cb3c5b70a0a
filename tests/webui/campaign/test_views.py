"""The board in a browser without scripts."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from engine import dates, indicators
from tests.webui.campaign.conftest import DEFECTS


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def book_of(browser, path):
    return load_workbook(BytesIO(browser.client.get(path).data))


def test_a_number_stands_with_its_light_its_parts_and_its_definition(browser):
    ann = browser("ann")

    ann.get("/campaign/")

    assert re.search(r"Repaired Repairs .*repaired defects among all defects.* 33\.3 % 预警 1 / 3 目标 90%", words(ann.text))


def test_nothing_to_count_is_said_so_and_is_no_number(browser):
    ann = browser("ann")

    ann.get("/campaign/")

    assert "— no roof leaks" in words(ann.text)


@pytest.mark.parametrize(("side", "listed"), [("", ["D-1"]), ("rest", ["D-2", "D-3"]), ("whole", ["D-1", "D-2", "D-3"])])
def test_a_number_opens_the_list_of_what_it_counts(browser, side, listed):
    ann = browser("ann")

    ann.get(f"/campaign/indicators/DONE?side={side}")

    assert [key for key, *_rest in DEFECTS if key in words(ann.text)] == listed
    assert ann.text.count('data-href="/ledgers/defects/rows/') == len(listed)


@pytest.mark.parametrize(("figure", "other"), [(0, "Still open 2"), (1, "All of them 3")])
def test_a_figure_names_the_others_it_is_read_with(browser, figure, other):
    ann = browser("ann")

    assert ann.get(f"/campaign/indicators/FOUND?figure={figure or ''}") == 200
    assert other in words(ann.text)


def test_the_units_behind_a_date_lead_to_what_they_did(browser):
    ann = browser("ann")

    ann.get("/campaign/indicators/ONTIME?side=whole")

    assert re.findall(r'data-href="(/campaign/LIST/\w+)"', ann.text) == ["/campaign/LIST/PLAN", "/campaign/LIST/OUT"]


def test_a_column_can_show_what_a_units_row_says(browser):
    ann = browser("ann")

    ann.get("/campaign/")

    assert re.findall(r'class="cell cell-(\w+)" id="cell-\w+-3"[^>]*>(\w)<', ann.text) == [("near", "W"), ("none", "E")]


def test_a_chart_counts_and_leads_to_its_rows(browser):
    ann = browser("ann")

    ann.get("/campaign/")

    assert re.findall(r'href="(/ledgers/defects\?f\.trade=\w)">(\w+)<', ann.text) == [
        ("/ledgers/defects?f.trade=W", "Water"), ("/ledgers/defects?f.trade=E", "Electricity"),
    ]  # fmt: skip
    assert 'aria-label="done 1，draft 1"' in ann.text


def test_a_board_that_refreshes_itself_gets_its_live_part_only(browser):
    ann = browser("ann")

    text = ann.client.get("/campaign/", headers={"HX-Request": "true"}).get_data(as_text=True)

    assert (text.count("<html"), text.count('id="live"')) == (0, 1)
    assert "更新于 09:00" in text


def test_a_change_is_told_by_what_was_written_down(browser, watched, clock):
    watched.run(indicators.keep_day)
    clock.move_to(clock.now() + timedelta(days=1))
    with watched.work() as work:
        row = work.ledger_rows.find("defects", "D-2")
        work.ledger_rows.project("defects", "D-2", {}, "done", row.instance_id, work.now, "pam")
    ann = browser("ann")

    ann.get("/campaign/")

    assert "▲33.4 个百分点（较7月18日）" in words(ann.text)  # 2/3 = 66.7 after 1/3 = 33.3


def test_the_board_and_a_list_come_as_spreadsheets(browser):
    ann = browser("ann")

    board = book_of(ann, "/campaign/board.xlsx")
    listed = book_of(ann, "/campaign/indicators/DONE.xlsx?side=rest")

    assert [sheet.title for sheet in board] == ["单位与节点", "指标", "Defects by trade and state"]
    assert [cell.value for cell in board["指标"][2]][:5] == ["Repaired", "Repaired", "33.3%", 1, 3]
    assert [row[1].value for row in listed.active.iter_rows(min_row=3)] == ["D-2", "D-3"]


def test_whoever_may_not_watch_sees_no_number(browser):
    pam = browser("pam")

    assert pam.get("/campaign/indicators/DONE") == 403


def test_an_unknown_indicator_is_not_found(browser):
    assert browser("ann").get("/campaign/indicators/NOPE") == 404


@pytest.mark.parametrize("path", ["/campaign/", "/campaign/LIST/PLAN"])
def test_a_date_that_was_moved_stands_beside_the_first_one_with_its_notice(watched, browser, path):
    watched.run(lambda work: dates.move(work, "city", {"LIST": date(2022, 7, 20)}, "Notice 4"))
    ann = browser("ann")

    ann.get(path)

    assert "原定2022年7月15日，按Notice 4调整" in ann.text
