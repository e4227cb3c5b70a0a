from uuid import uuid4

import pytest

from engine import history, process_instances, user_tasks
from engine.identity.recusal import Recused
from engine.persistence.counting import counting
from tests.engine.models import deploy, flow, in_a_row, process, user_task

CALLED = (
    '<startEvent id="start"/><callActivity id="call"><extensionElements><zeebe:calledElement processId="q"/>'
    "</extensionElements><multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics "
    'inputCollection="=[1,2,3]" inputElement="n"/></extensionElements></multiInstanceLoopCharacteristics></callActivity>'
    '<endEvent id="end"/>'
)


@pytest.fixture
def batch(engine):
    """A step that is done in bulk, and the one after it."""
    decide = user_task("decide", bulk="true", opinionRequired="true")
    return deploy(engine, in_a_row(decide, user_task("plan", "planner@PLAN"), title='="Plan " + name'))


@pytest.fixture
def hand_in(engine, todo):
    """Hand in all that waits for somebody, or what is named."""

    def hand_in(actor, ids=None, opinion="agreed", own=None, **variables):
        ids = [row.id for row in todo(actor)] if ids is None else ids
        return engine.run(lambda work: user_tasks.complete_many(work, ids, variables, opinion, own), actor)

    return hand_in


def names(rows):
    return sorted(row.title for row in rows)


def test_many_tasks_are_done_with_one_form(batch, start, todo, hand_in, ann, pam):
    for name in "ABC":
        start(name=name)

    found = hand_in(ann, verdict="yes")

    assert (len(found.done), found.refused, todo(ann)) == (3, {}, [])
    assert names(todo(pam)) == ["Plan A", "Plan B", "Plan C"]


def test_each_task_keeps_who_did_it_with_which_opinion(batch, engine, start, hand_in, ann):
    instances = [start(name=name) for name in "AB"]

    hand_in(ann, verdict="yes")

    with engine.work(ann) as work:
        [first, second] = [history.trail(work, instance.id)[-1] for instance in instances]
        assert [(entry.login, entry.opinion, entry.facts["together"]) for entry in (first, second)] == [("ann", "agreed", 2)] * 2
        assert work.process_instances.find(instances[1].id).variables["verdict"] == "yes"


def test_a_task_may_hand_in_values_of_its_own(batch, engine, start, todo, hand_in, ann):
    instances = [start(name=name) for name in "AB"]
    second = next(row for row in todo(ann) if row.instance_id == instances[1].id)

    hand_in(ann, own={second.id: {"verdict": "no"}}, verdict="yes")

    with engine.work() as work:
        verdicts = [process_instances.get(work, instance.id).variables["verdict"] for instance in instances]
    assert verdicts == ["yes", "no"]


def test_what_somebody_else_did_meanwhile_is_named_and_the_rest_is_done(batch, start, todo, complete, hand_in, ann, bob, pam):
    for name in "ABC":
        start(name=name)
    ids = [row.id for row in todo(ann)]
    complete(bob, "Decide", "mine")

    found = hand_in(ann, ids)

    assert len(found.done) == 2
    assert [type(reason) for reason in found.refused.values()] == [user_tasks.TaskGone]
    assert len(todo(pam)) == 3


def test_without_the_opinion_the_process_asks_for_nothing_is_done(batch, start, todo, hand_in, ann):
    start(name="A")
    start(name="B")

    found = hand_in(ann, opinion=" ")

    assert {type(reason) for reason in found.refused.values()} == {user_tasks.OpinionRequired}
    assert len(todo(ann)) == 2


def test_nobody_does_in_bulk_what_they_may_not_do_singly(batch, start, todo, hand_in, ann, eve):
    start(name="A")
    ids = [row.id for row in todo(ann)]

    found = hand_in(eve, ids)

    assert (found.done, [type(reason) for reason in found.refused.values()]) == ([], [user_tasks.TaskNotFound])
    assert len(todo(ann)) == 1


def test_recusal_holds_for_each_task(engine, start, todo, hand_in, ann, bob):
    deploy(engine, in_a_row(user_task("decide", bulk="true", excludedUsers="=[kept_out]")))
    start(kept_out="ann")
    start(kept_out="eve")

    found = hand_in(ann, [row.id for row in todo(bob)])

    assert len(found.done) == 1
    assert len(todo(bob)) == 1
    assert not any(isinstance(reason, Recused) for reason in found.refused.values())


def test_what_must_be_signed_for_first_is_left(engine, start, todo, hand_in, ann):
    deploy(engine, in_a_row(user_task("decide", bulk="true", signFor="true")))
    start()

    found = hand_in(ann, [row.id for row in todo(ann, "to_sign")])

    assert [type(reason) for reason in found.refused.values()] == [user_tasks.NotSignedFor]


def test_only_tasks_of_one_step_go_together(engine, start, todo, hand_in, ann):
    deploy(
        engine, in_a_row(user_task("one", bulk="true"), process_id="p"), in_a_row(user_task("two", bulk="true"), process_id="q")
    )
    start("p")
    start("q")

    found = hand_in(ann)

    assert len(found.done) == 1
    assert [type(reason) for reason in found.refused.values()] == [user_tasks.NotOfOneKind]


def test_a_step_that_is_not_meant_for_it_is_refused(engine, start, todo, hand_in, ann):
    deploy(engine, in_a_row(user_task("decide")))
    start()

    assert [type(reason) for reason in hand_in(ann).refused.values()] == [user_tasks.NotInBulk]


def test_too_many_at_once_are_refused(batch, engine, ann):
    with engine.work(ann) as work, pytest.raises(user_tasks.TooManyAtOnce):
        user_tasks.choose(work, [uuid4() for _ in range(101)])


def test_children_of_one_process_take_their_parent_on_together(engine, start, hand_in, ann):
    called = in_a_row(user_task("decide", bulk="true"), process_id="q")
    deploy(engine, process(CALLED + flow("start", "call", "end")), called)
    parent = start()

    found = hand_in(ann)

    with engine.work() as work:
        assert (len(found.done), process_instances.get(work, parent.id).state) == (3, "completed")


def test_a_task_ended_by_another_of_the_same_choice_is_named(engine, start, todo, hand_in, ann):
    ends = '<startEvent id="start"/><endEvent id="end"><terminateEventDefinition/></endEvent>'
    loop = (
        '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2]" '
        'inputElement="n"/></extensionElements><completionCondition>=true</completionCondition>'
        "</multiInstanceLoopCharacteristics>"
    )
    deploy(engine, process(ends + user_task("decide", inside=loop, bulk="true") + flow("start", "decide", "end")))
    start()

    found = hand_in(ann)

    assert len(found.done) == 1
    assert [reason.kind for reason in found.refused.values()] == ["conflict"]


def test_what_one_task_brought_about_can_be_taken_back_alone(batch, engine, start, todo, hand_in, ann, pam):
    start(name="A")
    start(name="B")
    ids = [row.id for row in todo(ann)]
    hand_in(ann)

    engine.run(lambda work: user_tasks.withdraw(work, ids[0], "too early"), ann)

    assert (len(todo(ann)), len(todo(pam))) == (1, 1)


def test_statements_do_not_grow_with_the_number_of_tasks(batch, start, todo, hand_in, ann):
    spent = []
    for many in (2, 20):
        for number in range(many):
            start(name=str(number))
        ids = [row.id for row in todo(ann)]
        with counting() as counted:
            hand_in(ann, ids)
        spent.append((counted.statements, counted.commits))

    assert spent[0] == spent[1]
