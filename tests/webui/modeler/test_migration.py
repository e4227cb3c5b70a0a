"""Migrating matters under way in the browser: tried out first, then done for a reason."""

import re

import pytest

from engine import changes, packs

FILE = packs.files("demo-leave")["leave.bpmn"].decode()
MORE = FILE.replace('name="审批请假"', 'name="审批请假(新)"')
PAGE = "/processes/demo-leave/migrate/leave/1"


@pytest.fixture
def publisher(desk):
    return desk("pam")


@pytest.fixture
def published(leave_app, ask):
    """A request is under way in the first version; a second one is in force."""
    ask()
    engine = leave_app.extensions["engine"]
    engine.run(lambda work: changes.save(work, "demo-leave", "leave.bpmn", MORE.encode()))
    return engine.run(lambda work: changes.submit(work, "demo-leave", "名称更清楚"))


@pytest.fixture
def two_versions(published, publisher):
    publisher.get(f"/processes/changes/{published.id}")
    publisher.post(f"/processes/changes/{published.id}/publish", revision=published.revision)
    return publisher


def test_what_would_happen_is_shown_first(two_versions):
    two_versions.get("/processes/demo-leave/versions/leave.bpmn")
    assert PAGE in two_versions.text

    two_versions.get(PAGE)

    assert "适合" in two_versions.text and "迁移 1 件到第 2 版" in two_versions.text


def test_matters_go_on_with_the_new_version_for_a_reason(two_versions, desk):
    two_versions.get(PAGE)
    two_versions.post(PAGE, new=2, reason="规则已修改")

    assert "1 件改按第 2 版继续办理" in two_versions.text
    manager = desk("ann", "部门负责人")
    manager.get("/inbox/todo")
    assert re.search("审批请假（新）", manager.text)


def test_a_reason_is_needed(two_versions):
    two_versions.get(PAGE)

    assert two_versions.post(PAGE, new=2, reason=" ") == 422


def test_whoever_edits_cannot_migrate(two_versions, desk):
    editor = desk("zhaomin")

    assert editor.get(PAGE) == 403
