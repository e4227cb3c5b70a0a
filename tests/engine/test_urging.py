"""Pressing for work that waits: who may, who is told, how often, and what stays of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine import history, notifications, process_instances, urging, user_tasks
from engine.identity.actor import DataScope
from engine.identity.rights import Forbidden, OutsideYourUnits
from engine.urging import WaitingFilters
from tests.engine.models import deploy, in_a_row, user_task


@pytest.fixture
def planning(engine, hire, ann, bob, pam, eve):
    hire(ann, bob, pam, eve)
    return deploy(engine, in_a_row(user_task("plan", assignee="pam"), title='="Plan " + name', unit='="PLAN"'))


@pytest.fixture
def chief(ann):
    """Ann may press for work of every unit."""
    return replace(ann, rights=frozenset({"urge"}))


@pytest.fixture
def press(engine, chief, todo, pam):
    """Press for everything Pam has to do."""

    def press(text="Please finish it.", actor=chief):
        tasks = [row.id for row in todo(pam)]
        return engine.run(lambda work: urging.urge(work, tasks, text), actor)

    return press


def messages(engine, actor):
    with engine.work(actor) as work:
        return [(row.kind, row.title, row.body) for row in notifications.listed(work).rows]


def test_whoever_has_the_task_is_told_in_the_words_that_were_written(planning, engine, start, press, pam):
    start(name="A")

    outcome = press()

    assert (len(outcome.tasks), outcome.people, outcome.refused) == (1, 1, ())
    assert messages(engine, pam) == [("urge", "Ann:Please finish it.", "Plan Plan A")]


def test_the_trail_keeps_who_pressed_and_the_words(planning, engine, start, press):
    instance = start(name="A")

    press()

    with engine.work() as work:
        [entry] = [entry for entry in history.trail(work, instance.id) if entry.action == "task.urged"]
    assert (entry.name, entry.step, entry.reason, entry.facts["to"]) == ("Ann", "Plan", "Please finish it.", ["pam"])


def test_within_the_hour_nobody_hears_of_a_task_twice_whoever_presses(planning, start, press, chief, bob, clock):
    start(name="A")
    press()
    clock.move_to(clock.now() + timedelta(minutes=59))

    outcome = press(actor=replace(bob, rights=chief.rights))

    assert outcome.tasks == ()
    assert str(outcome.refused[0].reason) == "Ann pressed for this at 09:00. Wait an hour before it is pressed for again."


def test_after_an_hour_it_may_be_pressed_for_again_and_is_counted(planning, engine, start, press, chief, clock):
    start(name="A")
    press("First.")
    clock.move_to(clock.now() + timedelta(minutes=61))

    press("Second.")

    with engine.work(chief) as work:
        [row] = urging.waiting(work, WaitingFilters()).rows
        [urged] = urging.of_tasks(work, [row.task_id]).values()
    assert (row.urged, row.urged_at, [one.text for one in urged]) == (2, clock.now(), ["Second.", "First."])


def test_whoever_got_the_task_meanwhile_hears_at_once(planning, engine, start, todo, press, pam, eve):
    start(name="A")
    press()
    [row] = todo(pam)
    engine.run(lambda work: user_tasks.hand_over(work, row.id, "eve", "on leave"), pam)

    engine.run(lambda work: urging.urge(work, [row.id], "Now you."), replace(pam, rights=frozenset({"urge"})))

    assert messages(engine, eve)[0][1] == "Pam:Now you."


def test_what_cannot_be_pressed_for_does_not_stop_the_others(planning, engine, start, todo, chief, pam):
    first = start(name="A")
    start(name="B")
    engine.run(lambda work: process_instances.suspend(work, first.id, "a pause"))
    tasks = [row.id for row in todo(pam)]

    outcome = engine.run(lambda work: urging.urge(work, tasks, "Go on."), chief)

    assert (len(outcome.tasks), [refused.title for refused in outcome.refused]) == (1, ["Plan A"])


def test_nobody_presses_for_their_own_work(planning, start, press, pam):
    start(name="A")

    outcome = press(actor=replace(pam, rights=frozenset({"urge"})))

    assert [type(refused.reason) for refused in outcome.refused] == [urging.NobodyToUrge]


def test_without_the_right_nobody_presses(planning, start, press, ann):
    start(name="A")

    with pytest.raises(Forbidden):
        press(actor=ann)


def test_a_leader_presses_for_their_own_unit_only(planning, start, press, chief):
    start(name="A")
    elsewhere = replace(chief, scope=DataScope("own", frozenset({"HQ"})))

    with pytest.raises(OutsideYourUnits):
        press(actor=elsewhere)


@pytest.mark.parametrize(("text", "reason"), [(" ", urging.WordsMissing), ("x" * 201, urging.WordsTooLong)])
def test_the_words_are_there_and_short(planning, start, press, text, reason):
    start(name="A")

    with pytest.raises(reason):
        press(text)


def test_a_list_of_what_waits_is_narrowed(planning, engine, start, chief):
    start(name="A")
    start(name="B")

    with engine.work(chief) as work:
        assert [row.title for row in urging.waiting(work, WaitingFilters(text="Plan B")).rows] == ["Plan B"]
        assert urging.waiting(work, WaitingFilters(unit="HQ")).total == 0
