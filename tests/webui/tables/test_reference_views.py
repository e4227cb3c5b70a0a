"""Reference tables as grids: saved as drafts, faults at their cells, workbooks out and in."""

import io
import re
from html import unescape

from openpyxl import Workbook, load_workbook

from engine import deployments

PEOPLE = "/tables/reference/people"
COLUMNS = ("login", "name", "phone", "title")


def rows(browser):
    """Give the grid's rows as the page holds them."""
    cells = re.findall(r'name="row\.(\w+)" value="(.*?)"', browser.text.split("<template>")[0])
    return [[unescape(value) for name, value in cells if name == column] for column in COLUMNS]


def grid(browser, change=lambda rows: rows):
    """Give what the browser would send after *change*."""
    browser.get(PEOPLE)
    lines = change([list(row) for row in zip(*rows(browser), strict=True)])
    return {f"row.{name}": [line[place] for line in lines] for place, name in enumerate(COLUMNS)}


def post(browser, values, revision="0"):
    return browser.post(PEOPLE, **values, revision=revision)


def test_only_those_who_may_edit_processes_see_the_tables(desk):
    assert desk("wangfang").get("/tables/") == 403


def test_a_changed_cell_is_kept_as_a_draft_and_the_rest_stays_as_it_was(editor, draft, engine):
    def older(rows):
        rows[0][3] = "调研员"
        return rows

    post(editor, grid(editor, older))

    before = engine_file(engine, "reference/people.csv")
    assert draft("reference/people.csv") == before.replace("ann,安宁,13800000001,科长", "ann,安宁,13800000001,调研员")
    assert "我的草稿" in editor.words


def engine_file(engine, path):
    with engine.work() as work:
        return deployments.files(work, "demo-leave")[path].decode()


def test_the_order_of_the_rows_is_what_is_kept_and_empty_rows_are_not(editor, draft):
    post(editor, grid(editor, lambda rows: [*reversed(rows), ["", "", "", ""]]))

    assert draft("reference/people.csv").splitlines()[1].startswith("zhaomin")
    assert len(draft("reference/people.csv").splitlines()) == 8


def test_what_is_wrong_is_said_at_its_row_and_column(editor):
    def doubled(rows):
        rows[3][0] = "bob"
        return rows

    post(editor, grid(editor, doubled))

    assert "第 4 行，登录名 login : login 的值“bob”重复。" in editor.words
    assert re.search(r'<td id="row-3-login" class="wrong"', editor.text)


def test_a_draft_saved_in_another_window_is_not_overwritten(editor, draft):
    first = grid(editor, lambda rows: [*rows[:-1], [*rows[-1][:3], "处长"]])
    post(editor, first)

    first["row.title"][0] = "调研员"
    status = post(editor, first, revision="0")

    assert status == 409
    assert "处长" in draft("reference/people.csv")


def test_a_workbook_is_taken_away_and_brought_back_without_being_kept_at_once(editor, draft):
    book = load_workbook(io.BytesIO(editor.client.get(f"{PEOPLE}.xlsx").data))
    book.active["D2"] = "副处长"
    stream = io.BytesIO()
    book.save(stream)
    editor.get(PEOPLE)

    status = editor.post(f"{PEOPLE}/back", file=(io.BytesIO(stream.getvalue()), "people.xlsx"))

    assert status == 200
    assert rows(editor)[3][0] == "副处长"
    assert "已从 Excel 读入 7 行，尚未保存。" in editor.words
    assert draft("reference/people.csv") is None


def test_a_workbook_without_a_column_is_refused_by_name(editor):
    book, stream = Workbook(), io.BytesIO()
    book.active.append(["login", "name", "phone"])
    book.save(stream)
    editor.get(PEOPLE)

    assert editor.post(f"{PEOPLE}/back", file=(io.BytesIO(stream.getvalue()), "p.xlsx")) == 422
    assert "缺少列：名称 title" in editor.words


def test_what_is_no_workbook_is_refused(editor):
    editor.get(PEOPLE)

    assert editor.post(f"{PEOPLE}/back", file=(io.BytesIO(b"login,name"), "p.xlsx")) == 422
    assert "这不是 Excel 工作簿" in editor.words
