"""The pages of whoever mends: what failed over all matters, and moving one by hand."""

import re
from dataclasses import replace

import pytest

from engine import history, jobs, process_instances
from tests.engine.models import deploy, in_a_row, user_task
from tests.engine.test_jobs import served

FAILURES = "/matters/incidents"


@pytest.fixture
def office(leave_app):
    """The engine behind the pages."""
    return leave_app.extensions["engine"]


@pytest.fixture
def failed(office):
    """Two matters of a process whose worker nobody is."""
    deploy(office, served("nobody"))
    for _ in range(2):
        office.run(lambda work: process_instances.start(work, "p", {}))
    jobs.run_due(office)


@pytest.fixture
def personnel(desk):
    return desk("zhaomin")


def ticks(browser):
    return re.findall(r'name="incident" value="([^"]+)"', browser.text)


def test_what_failed_is_listed_and_tried_again_together(failed, office, personnel):
    personnel.get(FAILURES)
    found = ticks(personnel)

    personnel.post(FAILURES, incident=found)

    assert (len(found), "已重新执行 2 项。" in personnel.text, ticks(personnel)) == (2, True, [])


def test_whoever_only_keeps_the_system_going_mends_without_reading_what_it_is_about(failed, office, desk):
    def look_after_accounts_only(work):
        ours = [role for role in work.roles.all() if role.pack == "demo-leave"]
        work.roles.replace("demo-leave", [replace(role, scope="accounts") if role.code == "hr" else role for role in ours])

    office.run(look_after_accounts_only)
    operator = desk("zhaomin")
    operator.get(FAILURES)
    first, *_rest = found = ticks(operator)
    text = operator.text

    assert (len(found), "nobody" in text, "/matters/0" in text, "…" in text) == (2, False, False, True)
    operator.post(FAILURES, incident=[first])
    assert "已重新执行 1 项。" in operator.text


def test_what_somebody_else_mended_is_named(failed, personnel):
    personnel.get(FAILURES)
    [first, second] = ticks(personnel)
    personnel.post(FAILURES, incident=[first])

    personnel.post(FAILURES, incident=[first, second])

    assert ("已重新执行 1 项。" in personnel.text, "1 项未执行" in personnel.text) == (True, True)


def test_whoever_may_not_mend_does_not_see_what_failed(desk):
    ann = desk("ann", "部门负责人")

    assert (ann.get(FAILURES), FAILURES in ann.text) == (403, False)


@pytest.fixture
def matter(office):
    deploy(office, in_a_row(user_task("first"), user_task("second")))
    return office.run(lambda work: process_instances.start(work, "p", {})).id


def test_a_matter_is_moved_to_another_step_for_a_reason(office, matter, personnel):
    personnel.get(f"/matters/{matter}/move")
    [here] = re.findall(r'name="cancel" value="([^"]+)"', personnel.text)

    personnel.post(f"/matters/{matter}/move", cancel=here, start="second", reason="走错环节")

    assert "已调整环节。" in personnel.text
    with office.work() as work:
        assert history.trail(work, matter)[-1].reason == "走错环节"
        assert [row.element_id for row in process_instances.active_elements(work, matter)] == ["second"]


@pytest.mark.parametrize("given", [{"reason": "x"}, {"start": "second", "reason": " "}, {"start": "gone", "reason": "x"}])
def test_what_cannot_be_moved_is_said_and_what_was_chosen_stays(matter, personnel, given):
    personnel.get(f"/matters/{matter}/move")

    status = personnel.post(f"/matters/{matter}/move", **given)

    assert (status, f'value="{given["reason"]}"' in personnel.text) == (422, True)
