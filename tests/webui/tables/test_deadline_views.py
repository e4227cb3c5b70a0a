"""Deadlines and their ladder as grids."""

import tomllib

SLA = {"code": "LEAVE", "name": "审批", "amount": "2", "unit": "working_days", "roll": "false", "extensions": "",
       "extension_days": "", "enabled": "", "source": "design"}  # fmt: skip
STEP = {"sla": "LEAVE", "offset": "-1", "kind": "remind", "to": "assignee、manager", "title": "{subject}将到期", "body": "",
        "message": "", "enabled": "", "source": ""}  # fmt: skip


def post(browser, sla=None, step=None):
    browser.get("/tables/deadlines")
    values = {f"sla.{key}": [value] for key, value in (SLA | (sla or {})).items()}
    values |= {f"step.{key}": [value] for key, value in (STEP | (step or {})).items()}
    return browser.post("/tables/deadlines", **values, revision="0")


def test_a_deadline_and_a_step_of_its_ladder_are_written_into_the_pack(editor, draft):
    post(editor)

    [written] = tomllib.loads(draft("pack.toml"))["sla"]
    step = {"offset": -1, "kind": "remind", "to": ["assignee", "manager"], "title": "{subject}将到期"}
    assert written == {
        "code": "LEAVE", "name": "审批", "amount": 2, "unit": "working_days", "roll": False, "source": "design", "ladder": [step]
    }  # fmt: skip


def test_what_is_no_number_is_said_at_its_cell_and_nothing_is_kept(editor, draft):
    assert post(editor, sla={"amount": "两"}) == 422

    assert "第 1 行，数量 : “两”不是整数。" in editor.words
    assert 'value="两"' in editor.text
    assert draft("pack.toml") is None


def test_what_the_pack_reader_refuses_is_said_at_the_step_of_the_ladder(editor):
    post(editor, step={"to": "nobody"})

    assert "催办阶梯 · 第 1 行，收件人 : 角色 nobody 没有定义。" in editor.words


def test_a_step_without_its_deadline_is_not_kept(editor, draft):
    assert post(editor, step={"sla": "OTHER"}) == 422

    assert "上表没有这个代码的期限。" in editor.words
    assert draft("pack.toml") is None
