"""Deciding one matter after the other: Ann, head of a department, has two requests for leave before her."""

import re

import pytest


@pytest.fixture
def ann(ask, desk):
    ask()
    ask(leave_type="事假", days="1")
    browser = desk("ann", "部门负责人")
    browser.get("/inbox/signing/")
    return browser


def cards(browser):
    return re.findall(r'action="(/inbox/signing/[^"]+)"', browser.text)


def test_a_card_says_what_it_is_about_and_what_each_answer_leads_to(ann):
    assert "2 件待办" in ann.text
    assert "回沈阳探望父母" in ann.text
    assert re.findall(r'name="answer" value="([^"]+)"', ann.text)[:2] == ["不同意", "同意"]
    assert "→ 登记" in ann.text


def test_an_answer_is_handed_in_and_the_next_card_comes(ann):
    first, second = cards(ann)

    ann.post(first, answer="同意", opinion="同意。")

    assert "已提交：同意" in ann.text
    assert cards(ann) == [second]


def test_an_answer_without_the_reason_it_needs_is_not_taken(ann):
    [first, _second] = cards(ann)

    status = ann.client.post(first, data={"csrf_token": ann.token, "answer": "不同意", "opinion": ""}).status_code
    ann.get("/inbox/signing/")

    assert (status, len(cards(ann))) == (422, 2)


def test_an_answer_that_nobody_offers_changes_nothing(ann):
    [first, _second] = cards(ann)

    ann.post(first, answer="也许", opinion="想一想。")
    ann.get("/inbox/signing/")

    assert len(cards(ann)) == 2


def test_whoever_comes_second_hears_who_was_faster(ann, desk):
    [first, _second] = cards(ann)
    ann.post(first, answer="同意", opinion="同意。")

    status = ann.client.post(first, data={"csrf_token": ann.token, "answer": "同意", "opinion": "同意。"}).status_code

    assert status == 409


def test_where_nothing_waits_it_is_said_so(desk):
    browser = desk("ann", "部门负责人")

    browser.get("/inbox/signing/")

    assert "没有等待您办理的事项" in browser.text
