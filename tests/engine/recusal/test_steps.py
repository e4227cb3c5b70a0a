"""Recusal from single steps: who did an earlier one, and who asks to be let out."""

from dataclasses import replace

import pytest

from engine import notifications, user_tasks
from engine.persistence.keys import new_key
from engine.user_tasks.errors import NobodyElse
from tests.engine.models import deploy, in_a_row, user_task


@pytest.fixture
def posted(engine, hire, ann, bob, pam):
    """Ann and Bob are managers of HQ, Pam plans."""
    hire(ann, bob, pam)

    def post(work):
        from engine.persistence.identity_records import UnitRow

        codes = ("HQ", "PLAN")
        work.units.add([UnitRow(c, c, c, "", "", None, None, False, [], 1, f"/{c}/", f"/{c}/", True, None, False) for c in codes])
        held = (("ann", "HQ", "manager"), ("bob", "HQ", "manager"), ("pam", "PLAN", "planner"))
        nothing = {"campaign": "pack", "title": "", "valid_from": None, "valid_to": None, "position": 1, "edited": False}
        work.posts.add([nothing | {"id": new_key(), "login": a, "unit": b, "role": c} for a, b, c in held])

    engine.run(post)


def names(rows):
    return [row.name for row in rows]


def test_whoever_drafted_neither_checks_nor_signs(engine, start, todo, complete, ann, bob):
    steps = user_task("draft"), user_task("check", notDoneBy="draft"), user_task("sign", notDoneBy="draft,check")
    deploy(engine, in_a_row(*steps))
    start()

    complete(ann, "Draft")
    checking = names(todo(ann)), names(todo(bob))
    complete(bob, "Check")

    assert checking == ([], ["Check"])
    assert (names(todo(ann)), names(todo(bob))) == ([], [])


def test_whoever_drafted_on_somebodys_behalf_keeps_both_out(engine, start, todo, complete, ann, bob, stands_in):
    deploy(engine, in_a_row(user_task("draft"), user_task("check", notDoneBy="draft")))
    start()

    complete(stands_in(ann, "bob"), "Draft")

    assert (names(todo(ann)), names(todo(bob))) == ([], [])


def test_a_person_with_a_stake_gives_the_step_to_the_others_and_never_sees_it_offered_again(
    engine, posted, start, todo, ann, bob
):
    deploy(engine, in_a_row(user_task("act")))
    instance = start()
    task = todo(ann)[0].id

    engine.run(lambda work: user_tasks.recuse(work, task, "My brother works there"), ann)

    assert (names(todo(ann)), names(todo(bob))) == ([], ["Act"])
    with engine.work() as work:
        last = work.audit.of_instance(instance.id)[-1]
    assert (last.action, last.facts["reason"]) == ("task.recused", "My brother works there")


def test_where_nobody_else_is_left_the_one_who_names_somebody_gets_it_and_is_told(engine, posted, start, todo, pam, ann):
    deploy(engine, in_a_row(user_task("act", assignee="ann", recusalTo="planner@PLAN")))
    start()
    task = todo(ann)[0].id

    engine.run(lambda work: user_tasks.recuse(work, task, "My brother"), ann)

    assert (names(todo(ann)), names(todo(pam))) == ([], ["Act"])
    with engine.work(pam) as work:
        assert notifications.count_unread(work) == 1
    engine.run(lambda work: user_tasks.hand_over(work, task, "bob", "You have none"), replace(pam, scope=ann.scope))
    with engine.work() as work:
        assert work.user_tasks.find(task).assignee == "bob"


def test_without_anybody_to_take_it_the_step_stays_where_it_is(engine, posted, start, todo, ann):
    deploy(engine, in_a_row(user_task("act", assignee="ann")))
    start()
    task = todo(ann)[0].id

    with pytest.raises(NobodyElse):
        engine.run(lambda work: user_tasks.recuse(work, task, "My brother"), ann)

    assert names(todo(ann)) == ["Act"]
