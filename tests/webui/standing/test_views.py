"""Somebody is away: a colleague decides a request of leave for them."""

import re

import pytest

from tests.webui.conftest import first_task

WEEK = {"deputy": "bob", "first": "2022-07-18", "last": "2022-07-22", "reason": "出差"}


@pytest.fixture
def manager(desk):
    browser = desk("ann")
    browser.get("/standing-in/")
    return browser


def test_a_colleague_is_told_and_decides_on_behalf(desk, ask, manager):
    ask()
    manager.post("/standing-in/", **WEEK)
    assert "可由对方代办" in manager.text

    other = desk("bob")
    other.get("/messages/")
    assert "授权您代办" in other.text
    other.get("/posts")
    post = re.findall(r'value="([^"]+)"[^>]*><span><b>[^<]*</b> （代', other.text)[0]
    other.post("/posts", post=post)

    other.get(first_task(other))
    assert "代安宁" in other.text and "审批" in other.text


WRONG_DAYS = [("", "2022-08-20", "请选择起止日期"), ("2022-08-20", "2022-08-10", "不能早于")]


@pytest.mark.parametrize(("first", "last", "said"), WRONG_DAYS)
def test_what_is_wrong_is_said_and_nothing_is_lost(manager, first, last, said):
    status = manager.post("/standing-in/", **{**WEEK, "first": first, "last": last})

    assert status == 422 and said in manager.text and 'value="出差"' in manager.text


def test_it_is_ended_from_the_page(manager):
    manager.post("/standing-in/", **WEEK)
    manager.post(re.search(r'action="(/standing-in/[^"]+/end)"', manager.text)[1])

    assert "已终止" in manager.text
