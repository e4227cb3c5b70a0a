import re

import pytest


@pytest.fixture
def editor(desk):
    return desk("zhaomin")


@pytest.fixture
def publisher(desk):
    return desk("pam")


def hand_on(editor, publisher):
    """Submit what the editor has and publish it as another person."""
    editor.get("/processes/demo-leave/submit")
    editor.post("/processes/demo-leave/submit", note="调整")
    address = re.search(r"/processes/changes/[0-9a-f-]+", editor.text)[0]
    publisher.get(address)
    shown = publisher.text
    publisher.post(f"{address}/publish", revision=re.search(r'name="revision" value="(\d+)"', shown)[1])
    return shown


def begin(editor, **form):
    editor.get(f"/processes/demo-leave/new?kind={form['kind']}")
    return editor.post("/processes/demo-leave/new", **form)


def test_a_new_process_is_published_by_another_person_and_begun_by_its_role(editor, publisher, desk):
    begin(editor, kind="process", name="外出登记", key="going_out", role="employee", like="")
    shown = hand_on(editor, publisher)
    employee = desk("wangfang")
    employee.get("/start/")

    assert "新文件" in shown and "外出登记已发起" in shown
    assert "外出登记" in employee.text


def test_a_copy_of_a_form_lies_beside_its_original(editor):
    begin(editor, kind="form", name="登记", key="leave_again", like="forms/leave_record.form")
    editor.get("/processes/")

    assert "forms/leave_again.form" in editor.text and "放弃新建" in editor.text


def test_a_key_that_is_taken_is_said_where_it_was_typed(editor):
    assert begin(editor, kind="process", name="请假", key="leave", role="employee", like="") == 422
    assert "标识“leave”已被使用" in editor.text and 'value="请假"' in editor.text


def test_what_something_runs_on_stays_with_a_sentence(editor, ask):
    ask()
    editor.get("/processes/demo-leave/edit/leave.bpmn")

    assert editor.post("/processes/demo-leave/remove/leave.bpmn") == 422
    assert "leave.bpmn 不能移除" in editor.text


def test_a_file_that_goes_is_compared_with_nothing_and_can_be_kept(editor, publisher):
    begin(editor, kind="process", name="外出登记", key="going_out", role="employee", like="")
    hand_on(editor, publisher)
    editor.get("/processes/demo-leave/edit/going_out.bpmn")
    editor.post("/processes/demo-leave/remove/going_out.bpmn")
    assert "保留文件" in editor.text
    editor.get("/processes/demo-leave/edit/going_out.bpmn")
    assert "data-side" in editor.text and 'data-kind="removed"' in editor.text

    shown = hand_on(editor, publisher)
    assert "移除" in shown
    editor.get("/processes/demo-leave/versions/going_out.bpmn")
    assert "已从流程包中移除" in editor.text
    editor.get("/processes/")
    assert "going_out" in editor.text and "edit/going_out" not in editor.text


def test_only_editors_begin_and_remove(publisher, leave_app):
    leave_app.config["WTF_CSRF_ENABLED"] = False

    for what in ("new", "remove/leave.bpmn"):
        form = {"kind": "form", "name": "x", "key": "some_form"}
        answer = publisher.client.post(f"/processes/demo-leave/{what}", data=form)
        assert answer.status_code == 403
