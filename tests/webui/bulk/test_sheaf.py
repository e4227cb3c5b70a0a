"""One form over several matters, each bound on its own variables."""

import json

import pytest

from engine import process_instances
from tests.engine.models import deploy, in_a_row, user_task
from tests.webui.bulk.test_views import hand_in, open_, ticks

FORM = {
    "type": "default", "schemaVersion": 19, "id": "grant",
    "components": [
        {"id": "a", "type": "number", "key": "wanted", "label": "申请金额", "readonly": True},
        {"id": "b", "type": "number", "key": "granted", "label": "批准金额", "validate": {"required": True},
         "properties": {"bpm:rule": "=granted <= wanted", "bpm:ruleMessage": "批准金额不能超过申请金额。"}},
        {"id": "c", "type": "textfield", "key": "use", "label": "用途", "validate": {"required": True}},
        {"id": "d", "type": "select", "key": "fund", "label": "科目", "valuesExpression": "=funds"},
    ],
}  # fmt: skip


@pytest.fixture
def grants(leave_app, desk):
    """Two applications that wait for Ann: 100 for chairs, 300 for desks."""
    engine = leave_app.extensions["engine"]
    task = user_task("grant", "manager@YWK", bulk="true").replace(
        "<zeebe:userTask/>", '<zeebe:userTask/><zeebe:formDefinition formId="grant"/>'
    )
    deploy(engine, in_a_row(task, process_id="g", title='="拨款" + string(wanted)'), grant__form=json.dumps(FORM).encode())
    for wanted, use, funds in ((100, "椅子", ["一", "二"]), (300, "桌子", ["二", "三"])):
        values = {"wanted": wanted, "use": use, "funds": funds}
        engine.run(lambda work, values=values: process_instances.start(work, "g", values))
    return desk("ann", "部门负责人")


def uses(app):
    with app.extensions["engine"].work() as work:
        found = process_instances.search(work, process_instances.InstanceFilters(process_id="g")).rows
        known = [process_instances.get(work, row.id).variables for row in found]
    return [(values["granted"], values["use"]) for values in sorted(known, key=lambda values: values["wanted"])]


def test_a_fault_of_one_matter_names_its_row(grants, leave_app):
    hand_in(grants, ticks(grants), granted="200", use="")

    assert grants.answer.status_code == 422
    assert "第 1 行 拨款100" in grants.words
    assert grants.words.count("批准金额不能超过申请金额。") == 2
    assert grants.text.count('class="faulty"') == 1


def test_an_untouched_field_keeps_what_each_matter_begins_with(grants, leave_app):
    hand_in(grants, ticks(grants), granted="50", use="")

    assert uses(leave_app) == [(50, "椅子"), (50, "桌子")]


def test_what_is_typed_holds_for_all(grants, leave_app):
    hand_in(grants, ticks(grants), granted="50", use="设备")

    assert uses(leave_app) == [(50, "设备"), (50, "设备")]


def test_only_choices_that_all_matters_have_are_offered(grants):
    open_(grants, ticks(grants))

    assert 'value="二"' in grants.text
    assert 'value="一"' not in grants.text
    assert "原有内容不同" in grants.text
