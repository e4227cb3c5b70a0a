"""Pressing for work in a browser without scripts: Zhao Min of the personnel office looks after everybody."""

import re
from datetime import timedelta

import pytest

WORDS = "请抓紧办理。"


@pytest.fixture
def office(ask, desk):
    ask()
    ask(leave_type="事假", days="1")
    return desk("zhaomin")


def ticks(browser, address="/urging/"):
    browser.get(address)
    return re.findall(r'name="task" value="([^"]+)"', browser.text)


def first_task(browser):
    browser.get("/inbox/todo")
    return re.search(r'data-href="(/tasks/[^"]+)"', browser.text)[1]


def test_what_waits_is_listed_with_whom_it_is(office):
    office.get("/urging/")

    assert office.text.count("data-href=") == 2
    assert "部门负责人" in office.text


def test_whoever_has_it_hears_and_sees_it_on_the_task(office, desk):
    [task, _other] = ticks(office)

    office.post("/urging/", task=task, text=WORDS)

    assert "已催办 1 件，通知 2 人。" in office.text
    ann = desk("ann", "部门负责人")
    ann.get("/messages/")
    assert f"赵敏：{WORDS}" in ann.text
    ann.get(f"/tasks/{task}")
    assert "已催办 1 次" in ann.text
    assert WORDS in ann.text


def test_everything_in_the_list_is_pressed_for_at_once(office):
    office.get("/urging/?q=事假")

    office.post("/urging/?q=事假", all="1", text=WORDS)

    assert "已催办 1 件，通知 2 人。" in office.text
    assert len(ticks(office, "/urging/")) == 2


def test_pressing_twice_within_the_hour_is_refused_with_the_reason(office, clock):
    [task, _other] = ticks(office)
    office.post("/urging/", task=task, text=WORDS)
    clock.move_to(clock.now() + timedelta(minutes=30))

    office.post("/urging/", task=task, text=WORDS)

    assert "赵敏已于 09:00 催办过，请一小时后再催办。" in office.text
    assert "1 次，最近 7月18日" in office.text


@pytest.mark.parametrize(("values", "reason"), [({"text": WORDS}, "请先选择要催办的事项"), ({"text": " "}, "请填写催办内容")])
def test_without_words_or_ticks_nothing_happens_and_what_was_typed_stays(office, values, reason):
    [task, _other] = ticks(office)

    status = office.post("/urging/", **(values if values["text"] == WORDS else values | {"task": task}))

    assert (status, reason in office.text) == (422, True)
    assert values["text"].strip() in office.text


def test_whoever_may_not_press_has_no_such_page(ask, desk):
    ask()

    assert desk("wangfang").get("/urging/") == 403
