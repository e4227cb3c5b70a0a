"""A task in a browser without scripts: filled in, refused, handed in, returned, handed over, taken back."""

import io
import re

import pytest

from engine import process_instances
from tests.engine.models import deploy, in_a_row, user_task
from tests.webui.conftest import REQUEST, first_task


@pytest.fixture
def ann(ask, desk):
    """Ann, with Wang Fang's request before her."""
    ask()
    return desk("ann", "部门负责人")


def test_a_task_shows_the_request_and_says_who_is_next(ann):
    ann.get(first_task(ann))

    assert "回沈阳探望父母" in ann.text
    assert "2022年8月15日" in ann.text
    assert "登记请假（人事科人事干部）" in ann.text


def test_an_incomplete_form_comes_back_with_each_message_at_its_field(ann):
    task = first_task(ann)
    ann.get(task)

    status = ann.post(f"{task}/complete", decision="不同意", decline_reason="忙", _opinion="")

    assert status == 422
    assert "请至少填写 4 个字" in ann.text
    assert "请填写意见后再提交。" in ann.text
    assert ">忙</textarea>" in ann.text


def test_an_undeclared_field_is_refused(ann):
    task = first_task(ann)
    ann.get(task)

    assert ann.post(f"{task}/complete", decision="同意", _opinion="同意。", salary="99999") == 422
    assert "表单中没有“salary”这一栏" in ann.text


def test_a_task_that_is_handed_in_goes_to_the_next_person(ann, desk):
    task = first_task(ann)
    ann.get(task)

    ann.post(f"{task}/complete", decision="同意", _opinion="同意。")

    assert "提交成功" in ann.text
    zhaomin = desk("zhaomin")
    zhaomin.get(first_task(zhaomin))
    assert "登记请假" in zhaomin.text


def test_who_comes_second_learns_who_was_faster_and_loses_no_word(ann, desk):
    task, bob = first_task(ann), desk("bob", "部门负责人")
    bob.get(task)
    ann.get(task)
    ann.post(f"{task}/complete", decision="同意", _opinion="同意。")

    status = bob.post(f"{task}/complete", decision="不同意", decline_reason="当周有检查任务", _opinion="再议。")

    assert status == 409
    assert "安宁已于" in bob.text
    assert "当周有检查任务" in bob.text
    assert "再议。" in bob.text


def test_a_draft_is_kept_as_it_was_typed(ann):
    task = first_task(ann)
    ann.get(task)

    ann.post(f"{task}/draft", decision="不同意", decline_reason="当周", _opinion="再")

    ann.get(task)
    assert ">当周</textarea>" in ann.text
    assert "已自动保存" in ann.text


def test_the_recorder_returns_the_request_with_a_reason(ann, desk):
    task = first_task(ann)
    ann.get(task)
    ann.post(f"{task}/complete", decision="同意", _opinion="同意。")
    zhaomin = desk("zhaomin")
    task = first_task(zhaomin)
    zhaomin.get(f"{task}/return")

    assert zhaomin.post(f"{task}/return", target="decide_leave", reason="") == 422
    zhaomin.post(f"{task}/return", target="decide_leave", reason="天数与日期不符")

    ann.get(first_task(ann))
    assert "天数与日期不符" in ann.text


def test_a_task_is_handed_over_to_a_colleague(ann, desk):
    task = first_task(ann)
    ann.get(f"{task}/hand-over")
    assert "鲍勃" in ann.text

    ann.post(f"{task}/hand-over", to="bob", reason="出差")

    bob = desk("bob", "部门负责人")
    bob.get(first_task(bob))
    assert "出差" in bob.text


def test_what_was_handed_in_by_mistake_is_taken_back_while_nobody_began(ann):
    task = first_task(ann)
    ann.get(task)
    ann.post(f"{task}/complete", decision="同意", _opinion="同意。")
    ann.get(task)
    assert f"{task}/withdraw" in ann.text

    ann.post(f"{task}/withdraw", reason="点错了")

    ann.get(first_task(ann))
    assert 'value="同意" checked' in ann.text


def test_what_has_ended_is_not_taken_back(ann):
    task = first_task(ann)
    ann.get(task)
    ann.post(f"{task}/complete", decision="不同意", decline_reason="当周有检查任务", _opinion="再议。")
    ann.get(task)

    assert f"{task}/withdraw" not in ann.text
    assert ann.post(f"{task}/withdraw", reason="点错了") in (409, 422)


def test_an_outsider_finds_no_such_task(ann, desk):
    task, eve = first_task(ann), desk("eve")

    assert eve.get(task) == 404
    assert "没有该事项" in eve.text


def test_whoever_asks_does_not_decide(desk):
    bob = desk("bob", "职工")
    bob.get("/start/leave")
    bob.post("/start/leave", **REQUEST)

    manager = desk("bob", "部门负责人")
    manager.get("/inbox/todo")

    assert "没有等待您办理的事项" in manager.text


def test_a_file_is_taken_in_and_given_out_as_an_attachment(desk):
    eve = desk("eve")
    eve.get("/start/leave")
    picture = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452000000010000000108060000001f15c489") + b"\0" * 60

    answer = eve.client.post(
        "/start/leave/files", data={"csrf_token": eve.token, "field": "proof", "file": (io.BytesIO(picture), "证明.png")}
    )

    href = re.search(r'href="(/files/[^"]+)"', answer.text)[1]
    sent = eve.client.get(href)
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.data == picture
    sent.close()


def test_a_step_without_an_earlier_one_is_not_offered_to_be_returned(leave_app, desk):
    """A process of one step that says nothing of what may be done there."""
    engine = leave_app.extensions["engine"]
    deploy(engine, in_a_row(user_task("look", "manager@YWK"), user_task("mend", "manager@YWK")))
    engine.run(lambda work: process_instances.start(work, "p", {}))
    ann = desk("ann", "部门负责人")
    task = first_task(ann)
    ann.get(task)
    assert "Look" in ann.text
    assert f"{task}/return" not in ann.text

    ann.post(f"{task}/complete", _opinion="")
    ann.get(first_task(ann))

    assert "Mend" in ann.text
    assert "/return" in ann.text


def test_an_upload_to_a_field_for_signed_paper_asks_for_the_verdict_at_its_line(ann):
    task = first_task(ann)
    ann.get(task)
    key = task.removeprefix("/tasks/")
    sent = {"csrf_token": ann.token, "field": "scan", "check": key, "file": (io.BytesIO(b"%PDF-1.7\n%%EOF"), "scan.pdf")}

    line = ann.client.post(f"{task}/files", data=sent).get_data(as_text=True)

    assert re.search(rf'hx-get="/papers/check/[^"]+\?task={key}" hx-trigger="load"', line)
