"""The calendar of a year, ticked day by day."""

import io
import re
import tomllib

from openpyxl import load_workbook

YEAR = "/tables/calendar?year=2027"


def ticked(browser):
    browser.get(YEAR)
    return re.findall(r'name="off" value="(2027-\d\d-\d\d)" checked', browser.text)


def save(browser, days, **more):
    return browser.post("/tables/calendar", off=days, year="2027", revision="0", **more)


def test_a_year_nobody_knows_begins_with_its_weekends_and_says_so(editor):
    days = ticked(editor)

    assert (len(days), days[0]) == (104, "2027-01-02")
    assert "2027 年的节假日安排尚未录入，目前只按周末休息计算。" in editor.words


def test_days_that_are_ticked_become_days_off_and_weekends_that_are_not_become_worked(editor, draft):
    days = [day for day in ticked(editor) if day != "2027-01-09"] + ["2027-01-01"]

    save(editor, days, source="国办发明电〔2026〕8号")

    assert tomllib.loads(draft("pack.toml"))["calendar"] == [
        {"year": 2027, "holidays": ["2027-01-01"], "workdays": ["2027-01-09"], "source": "国办发明电〔2026〕8号"}
    ]
    assert "本年度采用流程包中录入的安排。" in editor.words


def test_a_known_year_saved_as_it_is_says_what_the_library_says(editor, draft):
    editor.get("/tables/calendar?year=2022")
    days = re.findall(r'name="off" value="(2022-\d\d-\d\d)" checked', editor.text)

    editor.post("/tables/calendar", off=days, year="2022", revision="0", source="")

    [found] = tomllib.loads(draft("pack.toml"))["calendar"]
    assert found["holidays"][:2] == ["2022-01-01/2022-01-03", "2022-01-31/2022-02-06"]
    assert found["workdays"][:2] == ["2022-01-29", "2022-01-30"]


def test_a_year_is_brought_back_from_a_workbook_with_the_row_of_what_is_wrong(editor):
    book = load_workbook(io.BytesIO(editor.client.get("/tables/calendar.xlsx?year=2027").data))
    book.active.append(["2026-10-01", "休息日", ""])
    stream = io.BytesIO()
    book.save(stream)
    editor.get(YEAR)

    assert editor.post("/tables/calendar/back", year="2027", file=(io.BytesIO(stream.getvalue()), "y.xlsx")) == 422
    assert "第 2 行 日期：“2026-10-01”不是 2027 年的日期" in editor.words
