"""The page of one matter: what each step handed in, and stopping it where that is allowed."""

import re

import pytest


@pytest.fixture
def matter(ask):
    """Wang Fang's request for leave; give its address."""
    browser = ask()
    browser.get("/inbox/started")
    return re.search(r'data-href="(/matters/[^"]+)"', browser.text)[1]


@pytest.fixture
def personnel(matter, desk):
    browser = desk("zhaomin")
    browser.get(matter)
    return browser


def facts(text):
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text))


@pytest.fixture
def decided(matter, desk):
    """The head of the department has decided."""
    ann = desk("ann", "部门负责人")
    ann.get("/inbox/todo")
    task = re.search(r'data-href="(/tasks/[^"]+)"', ann.text)[1]
    ann.get(task)
    ann.post(f"{task}/complete", decision="同意", _opinion="同意。")
    return matter


def test_each_step_shows_what_it_handed_in(decided, desk):
    personnel = desk("zhaomin")

    personnel.get(decided)

    [step] = re.findall(r"<summary>1\. (.*?)</details>", personnel.text, re.DOTALL)
    assert ("审批请假" in step, "同意" in facts(step).values()) == (True, True)


def test_a_matter_is_paused_and_goes_on_for_a_reason(personnel, matter):
    personnel.post(f"{matter}/suspend", reason="材料待补")
    assert "已暂停办理。" in personnel.text

    personnel.post(f"{matter}/resume", reason="材料已补")

    assert "已恢复办理。" in personnel.text


def test_a_matter_is_withdrawn_with_its_reason_in_the_way(personnel, matter):
    personnel.post(f"{matter}/cancel", reason="本人申请撤回")

    assert "<blockquote>本人申请撤回</blockquote>" in personnel.text


@pytest.mark.parametrize("action", ["suspend", "cancel"])
def test_without_a_reason_nothing_is_stopped(personnel, matter, action):
    status = personnel.post(f"{matter}/{action}", reason=" ")
    personnel.get(matter)

    assert (status, f"{matter}/{action}" in personnel.text) == (422, True)


def test_whoever_may_not_mend_neither_sees_nor_uses_it(matter, desk):
    ann = desk("ann", "部门负责人")
    ann.get(matter)

    assert f"{matter}/cancel" not in ann.text
    assert ann.post(f"{matter}/cancel", reason="x") == 403


def test_what_waits_can_be_pressed_for_from_here(personnel):
    assert re.search(r'href="/urging/\?task=[0-9a-f-]+"', personnel.text)
