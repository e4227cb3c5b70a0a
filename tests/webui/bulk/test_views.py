"""Several matters at one step, read as a list and handed in with one form, in browsers without scripts."""

import re

import pytest

AGREED = {"decision": "同意", "_opinion": "同意。"}


@pytest.fixture
def manager(ask, desk):
    for days in ("1", "2", "3"):
        ask(days=days)
    return desk("ann", "部门负责人")


def ticks(browser):
    """Give the tasks of the inbox that can be ticked."""
    browser.get("/inbox/todo")
    return re.findall(r'name="task" value="([^"]+)"', browser.text)


def open_(browser, ids):
    browser.get("/inbox/bulk/?" + "&".join(f"task={key}" for key in ids))
    return browser


def hand_in(browser, ids, ticked=None, **answers):
    open_(browser, ids)
    browser.post("/inbox/bulk/", _listed=ids, _task=ids if ticked is None else ticked, **answers)
    return browser


def test_matters_at_a_step_that_allows_it_can_be_ticked(manager):
    assert len(ticks(manager)) == 3
    assert "批量办理" in manager.text


def test_a_matter_alone_at_its_step_needs_no_tick(ask, desk):
    ask()

    assert ticks(desk("ann", "部门负责人")) == []


def test_the_list_shows_what_the_decision_rests_on(manager):
    open_(manager, ticks(manager))

    assert manager.words.count("回沈阳探望父母") == 3
    assert "批量办理：审批请假 3 件" in manager.words
    assert "登记请假" in manager.text


def test_one_form_decides_all_that_are_ticked(manager, desk):
    hand_in(manager, ticks(manager), **AGREED)

    assert "已办理 3 件" in manager.words
    assert ticks(manager) == []
    zhaomin = desk("zhaomin")
    zhaomin.get("/inbox/todo")
    assert zhaomin.text.count("data-href") == 3


def test_what_is_not_ticked_stays_and_is_named(manager):
    ids = ticks(manager)

    hand_in(manager, ids, ids[:2], **AGREED)

    assert "已办理 2 件" in manager.words
    assert "还有 1 件待办" in manager.words


def test_a_fault_in_all_stands_at_the_shared_field(manager):
    hand_in(manager, ticks(manager), decision="不同意", decline_reason="", _opinion="不同意。")

    assert manager.answer.status_code == 422
    assert 'id="f-decline_reason-error"' in manager.text
    assert "第 1 行" not in manager.words


def test_nothing_is_lost_by_an_error(manager):
    hand_in(manager, ticks(manager), decision="不同意", decline_reason="太忙", _opinion="请改期。")

    assert manager.answer.status_code == 422
    assert "请改期。</textarea>" in manager.text
    assert "太忙</textarea>" in manager.text
    assert len(ticks(manager)) == 3


def test_an_opinion_the_process_asks_for_is_asked_for(manager):
    hand_in(manager, ticks(manager), decision="同意", _opinion=" ")

    assert manager.answer.status_code == 422
    assert 'id="opinion-error"' in manager.text


def test_with_nothing_ticked_the_page_says_so(manager):
    hand_in(manager, ticks(manager), [], **AGREED)

    assert manager.answer.status_code == 422
    assert "请至少勾选一件" in manager.text


def test_what_a_colleague_did_meanwhile_is_named_and_the_rest_is_done(manager, desk):
    ids = ticks(manager)
    bob = desk("bob", "部门负责人")
    bob.get(f"/tasks/{ids[0]}")
    bob.post(f"/tasks/{ids[0]}/complete", **AGREED)

    hand_in(manager, ids, **AGREED)

    assert "已办理 2 件" in manager.words
    assert "有 1 件未办理" in manager.words
    assert "鲍勃" in manager.words


def test_whoever_has_no_part_in_them_is_shown_nothing(manager, desk):
    ids = ticks(manager)
    eve = desk("eve")

    hand_in(eve, ids, **AGREED)

    assert "王芳请年休假" not in eve.text
    assert len(ticks(manager)) == 3


def test_an_undeclared_field_is_refused(manager):
    hand_in(manager, ticks(manager), salary="10000", **AGREED)

    assert manager.answer.status_code == 422


def test_while_filling_in_the_page_learns_what_comes_next(manager):
    ids = ticks(manager)
    open_(manager, ids)

    manager.post("/inbox/bulk/look", _listed=ids, _task=ids, decision="不同意")

    assert "decline_reason" not in manager.answer.json["hidden"]
    assert manager.answer.json["unsaved"] is True
    manager.post("/inbox/bulk/look", _listed=ids, _task=ids, decision="同意")
    assert "decline_reason" in manager.answer.json["hidden"]
    assert "登记请假" in manager.answer.json["next"]


@pytest.fixture
def two_with_gaps(ask, desk):
    """Three requests: two of them ask for sick leave without a certificate."""
    for kind in ("年休假", "病假", "病假"):
        ask(leave_type=kind)
    return desk("ann", "部门负责人")


def test_what_is_lacking_is_said_and_counted(two_with_gaps):
    open_(two_with_gaps, ticks(two_with_gaps))

    assert two_with_gaps.words.count("缺：证明材料") == 2
    assert "材料齐全 1" in two_with_gaps.words and "有缺项 2" in two_with_gaps.words


@pytest.mark.parametrize(("only", "left"), [("complete", 1), ("lacking", 2), ("", 3)])
def test_the_list_is_narrowed_to_what_is_complete_or_not(two_with_gaps, only, left):
    ids = ticks(two_with_gaps)

    two_with_gaps.get("/inbox/bulk/?" + "&".join([*(f"task={key}" for key in ids), f"only={only}"]))

    assert two_with_gaps.text.count('name="_task"') == left


def test_the_task_itself_says_what_is_lacking(two_with_gaps):
    two_with_gaps.get("/inbox/todo")
    pages = set(re.findall(r'data-href="(/tasks/[^"]+)"', two_with_gaps.text))

    lacking = [path for path in pages if two_with_gaps.get(path) and "材料缺项：证明材料" in two_with_gaps.words]
    assert len(lacking) == 2
