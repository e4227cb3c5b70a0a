"""Leaving: a successor gets the work, the trail says from whom and why, and nobody gets what they are recused from."""

import pytest

from engine import audit
from engine.identity import accounts, leaving
from engine.identity.posts import NoPost
from engine.identity.rights import Forbidden, OutsideYourUnits
from tests import rows


@pytest.fixture
def desk(town, clock):
    """Pam has two tasks; Eve is kept out of the second."""
    with town.work() as work:
        place = rows.instance(work, clock.now())
        for number, excluded in ((1, []), (2, ["eve"])):
            rows.task(work, place, clock.now(), f"t#{number}", name=f"task {number}", assignee="pam", excluded=excluded)
    return place[0]


def on_desk(work, login):
    return [task.name for task in leaving.open_tasks(work, login)]


def test_the_work_of_whoever_leaves_goes_to_a_colleague(desk, acting):
    with acting("ann") as work:
        done = leaving.reassign(work, "pam", "bob", "调离")

    assert len(done.moved) == 2
    with acting("ann") as work:
        assert (on_desk(work, "pam"), on_desk(work, "bob")) == ([], ["task 1", "task 2"])
        assert work.user_tasks.open_of_assignee("bob")[0].origin_note == "调离"


def test_the_trail_says_from_whom_to_whom_and_why(desk, acting):
    with acting("ann") as work:
        leaving.reassign(work, "pam", "bob", "调离")

    with acting("ann") as work:
        trail = work.audit.of_instance(desk)
        assert [(entry.action, entry.actor, entry.facts["to"], entry.facts["reason"]) for entry in trail] == [
            ("task.reassigned", "ann", "bob", "调离"),
            ("task.reassigned", "ann", "bob", "调离"),
        ]
        assert audit.verify(work) == []


def test_nobody_gets_work_they_are_recused_from(desk, acting):
    with acting("ann") as work:
        done = leaving.reassign(work, "pam", "eve", "调离")

        assert [task.name for task in done.recused] == ["task 2"]
        assert on_desk(work, "pam") == ["task 2"]


def test_only_chosen_tasks_are_moved(desk, acting):
    with acting("ann") as work:
        chosen = leaving.open_tasks(work, "pam")[0].id
        leaving.reassign(work, "pam", "bob", "分担", [chosen])

        assert on_desk(work, "bob") == ["task 1"]


@pytest.mark.parametrize(
    ("to", "reason", "refusal"),
    [("pam", "调离", leaving.SamePerson), ("bob", " ", leaving.ReasonMissing), ("gone", "调离", NoPost)],
)
def test_a_successor_and_a_reason_are_needed(desk, acting, to, reason, refusal):
    with acting("ann") as work:
        accounts.create(work, "gone", accounts.Details("Gone"))

        with pytest.raises(refusal):
            leaving.reassign(work, "pam", to, reason)


def test_work_is_moved_by_those_who_look_after_both_people(desk, acting):
    with acting("pam") as work, pytest.raises(Forbidden):
        leaving.reassign(work, "pam", "bob", "调离")
    with acting("dan") as work, pytest.raises(OutsideYourUnits):
        leaving.reassign(work, "pam", "dan", "调离")
