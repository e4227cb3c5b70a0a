import io
import re

import pytest

from engine import changes, packs

FILE = packs.files("demo-leave")["leave.bpmn"].decode()
RENAMED = FILE.replace('name="审批请假"', 'name="审批请假(新)"')
OTHER = FILE.replace('name="登记请假"', 'name="登记"').encode()
MANAGER = "部门负责人"
EDIT = "/processes/demo-leave/edit/leave.bpmn"


@pytest.fixture
def editor(desk):
    return desk("zhaomin")


@pytest.fixture
def publisher(desk):
    return desk("pam")


@pytest.fixture
def call(leave_app):
    """Send what the page's script sends."""
    leave_app.config["WTF_CSRF_ENABLED"] = False

    def call(browser, what, **values):
        return browser.client.post(
            f"/processes/demo-leave/{what}/leave.bpmn", json=values, headers={"Accept": "application/json"}
        )

    return call


@pytest.fixture
def submitted(editor, call):
    """A change of the leave request waits for its publication; gives its address."""
    call(editor, "keep", xml=RENAMED, base="", revision=0)
    editor.get("/processes/demo-leave/submit")
    editor.post("/processes/demo-leave/submit", note="名称更清楚")
    return re.search(r"/processes/changes/[0-9a-f-]+", editor.text)[0]


def steps(desk):
    """Name the steps that wait for the manager."""
    manager = desk("ann", MANAGER)
    manager.get("/inbox/todo")
    return sorted(re.findall(r">(审批请假(?:（新）)?)<", manager.text))


def revision(browser):
    return re.search(r'name="revision" value="(\d+)"', browser.text)[1]


def test_the_list_shows_versions_and_what_is_under_way(ask, editor):
    ask()
    editor.get("/processes/")

    assert "请假" in editor.text and "第 1 版：1 件" in editor.text


def test_only_editors_and_publishers_come_in(desk):
    browser = desk("wangfang")

    assert (browser.get("/processes/"), browser.get(EDIT)) == (403, 403)
    assert "流程配置" not in browser.text


def test_a_post_opens_the_files_of_its_own_pack_only(editor):
    assert editor.get("/processes/anshan-2022/edit/p10_rectify.bpmn") == 403


def test_a_publisher_cannot_save(publisher, call):
    publisher.get(EDIT)
    assert "保存草稿" not in publisher.text
    assert call(publisher, "keep", xml=RENAMED, base="", revision=0).status_code == 403


def test_the_engine_says_what_is_wrong_with_what_is_drawn(editor, call):
    broken = FILE.replace('<bpmn:sequenceFlow id="to_decision" sourceRef="leave_requested" targetRef="decide_leave" />', "")
    answer = call(editor, "check", xml=broken).json

    found = [(one["kind"], one["name"], one["sentence"]) for one in answer["findings"] if one["element"] == "decide_leave"]
    assert ("problem", "审批请假", "没有路径通到这个元素。请连上或删去。") in found
    assert (answer["state"], call(editor, "check", xml=FILE).json["state"]) == ("problem", "good")


def test_a_draft_is_kept_and_opened_again(editor, call):
    saved = call(editor, "keep", xml=RENAMED, base="", revision=0)

    assert saved.json["revision"] == 1
    assert "审批请假(新)" in editor.client.get("/processes/demo-leave/file/leave.bpmn?at=mine").text
    assert "审批请假(新)" not in editor.client.get("/processes/demo-leave/file/leave.bpmn?at=now").text


def test_a_state_saved_in_another_window_is_not_overwritten(editor, call):
    call(editor, "keep", xml=RENAMED, base="", revision=0)
    answer = call(editor, "keep", xml=FILE, base="", revision=0)

    assert (answer.status_code, "另一窗口" in answer.json["message"]) == (409, True)


def test_another_person_publishes_and_only_new_matters_follow(submitted, publisher, desk, ask):
    ask()
    publisher.get(submitted)
    publisher.post(f"{submitted}/publish", revision=revision(publisher))
    ask()

    publisher.get("/processes/")
    assert "第 2 版：1 件" in publisher.text and "第 1 版：1 件" in publisher.text
    assert steps(desk) == ["审批请假", "审批请假（新）"]


def test_who_may_publish_is_told_of_it_and_the_editor_is_not(submitted, publisher, editor):
    publisher.get("/messages/")
    editor.get("/messages/")

    assert "提交了流程修改，请核对后发布" in publisher.text
    assert "提交了流程修改" not in editor.text
    link = re.search(r"/messages/[0-9a-f-]{36}", publisher.text)[0]
    publisher.get(link)
    assert "名称更清楚" in publisher.text


def test_the_editor_is_told_of_a_return(submitted, publisher, editor):
    publisher.get(submitted)
    publisher.post(f"{submitted}/return", reason="名称请与表单一致")

    editor.get("/messages/")

    assert "退回了您提交的流程修改" in editor.text and "名称请与表单一致" in editor.text


def test_the_editor_sees_that_somebody_else_has_to_publish(submitted, editor):
    editor.get(submitted)

    assert "须由另一名有发布权限的人发布" in editor.text
    assert editor.post(f"{submitted}/publish", revision=1) == 403


def test_a_returned_change_comes_back_with_its_reason(submitted, publisher, editor):
    publisher.get(submitted)
    publisher.post(f"{submitted}/return", reason="名称不必改")
    editor.get("/processes/")

    assert "名称不必改" in editor.text and "提交发布" in editor.text


def test_a_change_that_cannot_be_deployed_is_not_submitted(editor, call):
    call(editor, "keep", xml=FILE.replace('formId="leave_decision"', 'formId="nothing"'), base="", revision=0)
    editor.get("/processes/demo-leave/submit")

    assert editor.post("/processes/demo-leave/submit", note="x") == 422
    assert "nothing" in editor.text


def test_what_differs_is_said_in_words(submitted, publisher):
    publisher.get(submitted)

    assert "用户任务" in publisher.text and "审批请假" in publisher.text and "名称：" in publisher.text


def test_the_second_of_two_editors_is_told_and_keeps_the_draft(leave_app, editor, publisher, call):
    call(editor, "keep", xml=RENAMED, base="", revision=0)
    engine = leave_app.extensions["engine"]
    engine.run(lambda work: changes.save(work, "demo-leave", "leave.bpmn", OTHER))
    other = engine.run(lambda work: changes.submit(work, "demo-leave", "别的修改"))
    publisher.get(f"/processes/changes/{other.id}")
    publisher.post(f"/processes/changes/{other.id}/publish", revision=other.revision)

    editor.get(EDIT)
    assert "您的草稿仍然保留" in editor.text
    assert editor.post("/processes/demo-leave/submit", note="我的") == 409
    editor.get("/processes/demo-leave/compare/leave.bpmn?old=now&new=mine")
    assert "登记请假" in editor.text
    editor.get(EDIT)
    editor.post("/processes/demo-leave/settle/leave.bpmn")
    assert editor.post("/processes/demo-leave/submit", note="我的") == 200


def test_an_uploaded_file_becomes_a_draft(editor):
    editor.get("/processes/")
    form = {"csrf_token": editor.token, "file": (io.BytesIO(RENAMED.encode()), "leave.bpmn")}
    editor.client.post("/processes/demo-leave/upload", data=form, content_type="multipart/form-data")

    assert "审批请假(新)" in editor.client.get("/processes/demo-leave/file/leave.bpmn?at=mine").text


def test_an_older_version_is_put_in_force_again(submitted, publisher, ask, desk):
    publisher.get(submitted)
    publisher.post(f"{submitted}/publish", revision=revision(publisher))
    publisher.get("/processes/demo-leave/versions/leave.bpmn")
    publisher.post("/processes/demo-leave/activate/leave/1")
    ask()

    assert steps(desk) == ["审批请假"]


def test_a_file_that_never_was_is_compared_with_nothing(editor):
    assert editor.get("/processes/demo-leave/compare/nothing.bpmn") == 404
