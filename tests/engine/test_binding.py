"""Bindings: an element means the latest version, the one it was deployed with, or the newest one with a tag."""

import json

import pytest

from engine import deployments, user_tasks
from tests.dmn.models import decision, literal, xml
from tests.engine.models import deploy, flow, process, user_task

PLAIN = '<startEvent id="start"/><endEvent id="end"/>'
BINDINGS = {"latest": "", "deployment": ' bindingType="deployment"', "versionTag": ' bindingType="versionTag" versionTag="v1"'}
EXPECTED = [("latest", "new"), ("deployment", "old"), ("versionTag", "old")]


def told(text: str, tag: str = "v1") -> bytes:
    """A decision that says *text*."""
    extension = (
        f'<extensionElements><z:versionTag xmlns:z="http://camunda.org/schema/zeebe/1.0" value="{tag}"/></extensionElements>'
    )
    return xml(decision(literal(f'"{text}"'), "d").replace('name="d">', f'name="d">{extension}', 1))


def form(label: str, tag: str = "v1") -> bytes:
    """A form with one field."""
    field = {"type": "textfield", "key": "a", "id": "F1", "label": label}
    outline = {"type": "default", "id": "f", "schemaVersion": 16, "versionTag": tag, "components": [field]}
    return json.dumps(outline).encode()


def asking(binding: str) -> bytes:
    called = f'<zeebe:calledDecision decisionId="d" resultVariable="found"{BINDINGS[binding]}/>'
    rule = f'<businessRuleTask id="ask"><extensionElements>{called}</extensionElements></businessRuleTask>'
    return process(PLAIN + rule + user_task("act") + flow("start", "ask", "act", "end"))


def showing(binding: str) -> bytes:
    shown = f'<zeebe:formDefinition formId="f"{BINDINGS[binding]}/>'
    task = user_task("act").replace("<zeebe:userTask/>", f"<zeebe:userTask/>{shown}")
    return process(PLAIN + task + flow("start", "act", "end"))


def calling(binding: str) -> bytes:
    called = f'<extensionElements><zeebe:calledElement processId="child"{BINDINGS[binding]}/></extensionElements>'
    return process(PLAIN + f'<callActivity id="call">{called}</callActivity>' + flow("start", "call", "end"))


def child(task: str, tag: str) -> bytes:
    versioned = (
        f'<process id="child" isExecutable="true"><extensionElements><zeebe:versionTag value="{tag}"/></extensionElements>'
    )
    plain = process(PLAIN + user_task(task) + flow("start", task, "end"), "child").decode()
    head = plain[plain.index("<process") : plain.index(">", plain.index("<process")) + 1]
    return plain.replace(head, versioned).encode()


@pytest.mark.parametrize(("binding", "expected"), EXPECTED)
def test_a_decision_is_the_one_that_is_bound(engine, start, binding, expected):
    deploy(engine, asking(binding), m__dmn=told("old"))
    deploy(engine, asking(binding), m__dmn=told("new", "v2"))

    assert start().variables["found"] == expected


@pytest.mark.parametrize(("binding", "expected"), EXPECTED)
def test_a_form_is_the_one_that_is_bound(engine, start, todo, ann, binding, expected):
    deploy(engine, showing(binding), f__form=form("old"))
    deploy(engine, showing(binding), f__form=form("new", "v2"))
    start()

    [row] = todo(ann)
    with engine.work(ann) as work:
        task = user_tasks.view(work, row.task_id).task

    assert task.form_version == {"old": 1, "new": 2}[expected]


@pytest.mark.parametrize(("binding", "expected"), EXPECTED)
def test_a_called_process_is_the_one_that_is_bound(engine, start, todo, ann, binding, expected):
    deploy(engine, calling(binding), child("old", "v1"))
    deploy(engine, calling(binding), child("new", "v2"))
    start()

    assert [row.name for row in todo(ann)] == [expected.title()]


def test_what_was_not_deployed_anew_is_still_what_it_was_deployed_with(engine, start, todo, ann):
    deploy(engine, child("old", "v1"), calling("latest"))
    deploy(engine, child("old", "v1"), calling("deployment"))
    deploy(engine, child("new", "v2"), calling("deployment"))
    start()

    assert [row.name for row in todo(ann)] == ["Old"]


@pytest.mark.parametrize("asks", [asking, showing, calling])
def test_a_tag_that_nothing_has_is_refused(engine, asks):
    with pytest.raises(deployments.DeploymentRefused, match="has the tag v1"):
        deploy(engine, asks("versionTag"), child("old", "v2"), m__dmn=told("old", "v2"), f__form=form("old", "v2"))
