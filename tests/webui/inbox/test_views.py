"""The lists of work."""

import re
from io import BytesIO

import openpyxl
import pytest

from tests.webui.conftest import first_task


@pytest.fixture
def manager(ask, desk):
    ask()
    ask(leave_type="事假", days="1")
    return desk("ann", "部门负责人")


def test_what_waits_is_listed_with_its_light(manager):
    manager.get("/inbox/todo")

    assert "王芳请年休假2天" in manager.text
    assert "临期 剩 2 个工作日" in manager.text


@pytest.mark.parametrize(("question", "found"), [("q=事假", 1), ("light=near", 2), ("light=over", 0), ("process=leave", 2)])
def test_the_list_is_narrowed_by_its_address(manager, question, found):
    manager.get(f"/inbox/todo?{question}")

    assert manager.text.count("data-href") == found


@pytest.mark.parametrize("question", ["tab=todo", "_scheme=ftp", "_external=1&q=年休假"])
def test_no_question_in_the_address_breaks_the_list_or_leads_elsewhere(manager, question):
    status = manager.get(f"/inbox/?{question}")

    assert status == 200
    assert f'href="/inbox/todo.xlsx?{question.split("&")[0]}' in manager.text


def test_whoever_hands_something_in_is_offered_the_next_piece_of_work(manager):
    first, second = re.findall(r'data-href="(/tasks/[^"]+)"', manager.text)[:2]

    manager.post(f"{first}/complete", decision="同意", _opinion="同意。")

    assert "提交成功" in manager.text
    assert f'class="next-work" href="{second}"' in manager.text


def test_an_empty_tab_says_what_would_be_there(manager):
    manager.get("/inbox/to_read")

    assert "没有待阅材料" in manager.text


def test_the_tab_is_given_as_a_spreadsheet(manager):
    answer = manager.client.get("/inbox/todo.xlsx")

    sheet = openpyxl.load_workbook(BytesIO(answer.data)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["王芳请年休假2天", "王芳请事假1天"]


def test_a_started_matter_is_followed_by_whoever_began_it(ask):
    wangfang = ask()

    wangfang.get("/inbox/started")

    assert "王芳请年休假2天" in wangfang.text
    assert "办理中" in wangfang.text


def test_signing_for_nothing_says_so(manager):
    manager.get("/inbox/to_sign")

    manager.post("/inbox/sign")

    assert "请先勾选" in manager.text


def test_a_copy_waits_to_be_read_and_tells_its_sender_when_it_was(manager, desk):
    matter = re.search(r'data-href="(/matters/[^"]+)"', page_of(manager, "/matters/"))[1]
    manager.get(f"{matter}/circulate")

    manager.post(f"{matter}/circulate", to="bob", note="供了解")

    bob = desk("bob", "部门负责人")
    assert "供了解" in page_of(bob, "/inbox/to_read")
    bob.get(matter)
    assert "没有待阅材料" in page_of(bob, "/inbox/to_read")
    assert "未阅" not in page_of(manager, f"{matter}/circulate")


def page_of(browser, path):
    browser.get(path)
    return browser.text


@pytest.mark.parametrize(("asked", "landing"), [(False, "/admin/units"), (True, "/inbox/todo")])
def test_whoever_watches_over_something_begins_there_unless_work_waits(asked, landing, ask, desk):
    if asked:
        ask()
        manager = desk("ann", "部门负责人")
        manager.post(f"{first_task(manager)}/complete", decision="同意", _opinion="同意。")
    browser = desk("zhaomin")

    browser.get("/")

    assert browser.answer.request.path == landing
