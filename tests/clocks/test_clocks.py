"""Deadlines: how they are counted, how they light up, what pausing and extending does to them, and what their ladders say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine import clocks, jobs, process_instances
from engine.calendar import Calendar
from engine.packs import Lights, Sla
from engine.persistence.counting import counting
from tests.clocks.conftest import day, next_steps, open_one, opening, write

calendar = Calendar()


def sla(**facts):
    return replace(Sla("X", "X", "natural_days", 7, True, "practice"), **facts)


# --- counting


@pytest.mark.parametrize(
    ("rule", "received", "due"),
    [
        ({}, "2022-08-03", "2022-08-10"),
        ({}, "2022-09-05", "2022-09-13"),
        ({"roll": False}, "2022-09-05", "2022-09-12"),
        ({"unit": "working_days", "amount": 5}, "2022-09-26", "2022-10-08"),
        ({"unit": "working_days", "amount": 1}, "2022-07-29", "2022-08-01"),
        ({"unit": "months", "amount": 1}, "2022-08-31", "2022-09-30"),
        ({"unit": "months", "amount": 1}, "2022-09-05", "2022-10-08"),
    ],
)
def test_a_deadline_is_counted_by_its_rule(rule, received, due):
    rule = sla(**rule)

    assert clocks.rolled(calendar, rule, clocks.base_date(calendar, rule, day(received))) == day(due)


def test_a_fixed_date_must_be_given():
    with pytest.raises(clocks.DueDateMissing):
        clocks.base_date(calendar, sla(unit="fixed"), day("2022-08-03"))


@pytest.mark.parametrize(
    ("due", "light"),
    [
        ("2022-08-17", "normal"),
        ("2022-08-16", "normal"),
        ("2022-08-15", "near"),
        ("2022-08-13", "near"),
        ("2022-08-11", "near"),
        ("2022-08-10", "near"),
        ("2022-08-09", "over"),
    ],
)
def test_lights_count_remaining_working_days(due, light):
    assert clocks.light(calendar, Lights(), day(due), today=day("2022-08-10")) == light


def test_a_pack_sets_its_own_lights():
    lights = Lights(normal_above=1, due_day="over")

    assert clocks.light(calendar, lights, day("2022-08-12"), day("2022-08-10")) == "normal"
    assert clocks.light(calendar, lights, day("2022-08-10"), day("2022-08-10")) == "over"


# --- clocks of instances


def test_opening_any_number_of_clocks_while_others_close_takes_one_statement(office, instance):
    open_one(office, instance, "SIGN", element_key="sign#1")
    with office.work() as work, counting() as counted:
        news = opening(instance), opening(instance, "SIGN", element_key="answer#2"), opening(instance, "OFF", element_key="off#1")
        write(work, *news, closed=[(instance, "sign#1"), (instance, "nobody#1")])

    assert counted.statements == 1
    with office.work() as work:
        found = {clock.element_key: (clock.due, clock.closed_at is None) for clock in clocks.of_instance(work, instance)}
    signed, answered = day("2022-07-19"), day("2022-07-25")
    assert found == {"sign#1": (signed, False), "answer#1": (answered, True), "answer#2": (signed, True)}


def test_a_ladder_goes_on_on_working_days(office, instance, clock):
    open_one(office, instance)
    found = next_steps(office, instance)

    for until in ("2022-07-21", "2022-07-26", "2022-07-27"):
        clock.move_to(clock.now().replace(hour=9) + (day(until) - clock.now().date()))
        jobs.run_due(office)
        found += next_steps(office, instance)

    assert found == [day("2022-07-20"), day("2022-07-26"), day("2022-07-27")]


def test_a_reminder_never_fires_before_its_task_exists(office, instance, clock):
    clock.move_to(clock.now() + timedelta(days=4))

    open_one(office, instance, due=day("2022-07-25"))

    assert next_steps(office, instance) == [day("2022-07-26")]


def test_a_plan_date_on_a_sunday_reminds_on_the_friday(office, instance):
    clock = open_one(office, instance, "PLAN", due=day("2022-07-31"))

    assert clock.due == day("2022-07-31")
    assert next_steps(office, instance) == [day("2022-07-29")]


def test_closing_an_element_stops_its_ladder(office, instance):
    open_one(office, instance)
    with office.work() as work, counting() as counted:
        write(work, closed=[(instance, "answer#1")])

    assert next_steps(office, instance) == []
    assert counted.statements == 1
    with office.work() as work:
        assert clocks.of_instance(work, instance)[0].closed_at == work.now


def test_a_paused_clock_is_due_as_many_days_later_as_it_stood_still(office, instance, clock):
    open_one(office, instance)
    with office.work() as work:
        clocks.pause_instance(work, instance)
    assert next_steps(office, instance) == []

    clock.advance(timedelta(days=10))
    with office.work() as work:
        clocks.resume_instance(work, instance)
        [after] = clocks.of_instance(work, instance)

    assert (after.base_due, after.due, after.paused_days) == (day("2022-08-04"), day("2022-08-04"), 10)
    assert next_steps(office, instance) == [day("2022-08-01")]


def test_working_days_are_paused_in_working_days(office, instance, clock):
    open_one(office, instance, "SIGN")
    with office.work() as work:
        clocks.pause_instance(work, instance)
    clock.advance(timedelta(days=7))
    with office.work() as work:
        clocks.resume_instance(work, instance)

        assert clocks.of_instance(work, instance)[0].due == day("2022-07-26")


def test_a_plan_date_is_never_paused(office, instance, clock):
    before = open_one(office, instance, "PLAN", due=day("2022-07-31"))
    with office.work() as work:
        clocks.pause_instance(work, instance)
        clocks.resume_instance(work, instance)

        assert clocks.of_instance(work, instance) == [before]


def test_one_clock_is_paused_and_resumed_alone(office, instance, clock):
    first, second = open_one(office, instance), open_one(office, instance, "SIGN", element_key="sign#1")
    with office.work() as work:
        clocks.pause(work, first.id)
    clock.advance(timedelta(days=1))
    with office.work() as work:
        clocks.resume(work, first.id)

        assert [
            found.due - given.due for found, given in zip(clocks.of_instance(work, instance), (first, second), strict=True)
        ] == [
            timedelta(days=1),
            timedelta(0),
        ]


def test_a_deadline_the_process_let_rest_goes_on_resting_when_its_suspended_matter_is_resumed(office, instance, clock):
    resting, running = open_one(office, instance), open_one(office, instance, element_key="2")
    office.run(lambda work: clocks.pause(work, resting.id))
    office.run(lambda work: process_instances.suspend(work, instance, "等待裁定"))
    clock.advance(timedelta(days=3))

    office.run(lambda work: process_instances.resume(work, instance))

    with office.work() as work:
        assert work.clocks.find(resting.id).paused_on == resting.started_on
        assert (work.clocks.find(running.id).paused_on, work.clocks.find(running.id).paused_days) == (None, 3)


def test_a_deadline_is_extended_once_and_no_further_than_allowed(office, instance):
    clock = open_one(office, instance)
    with office.work() as work:
        with pytest.raises(clocks.ExtensionTooLong):
            clocks.extend(work, clock.id, day("2022-08-25"))

        assert clocks.extend(work, clock.id, day("2022-08-06")) == day("2022-08-08")
        with pytest.raises(clocks.ExtensionsUsedUp):
            clocks.extend(work, clock.id, day("2022-08-10"))

    assert next_steps(office, instance) == [day("2022-08-03")]


def test_a_closed_clock_is_not_extended(office, instance):
    clock = open_one(office, instance)
    with office.work() as work:
        write(work, closed=[(instance, None)])

        with pytest.raises(clocks.NoSuchClock):
            clocks.extend(work, clock.id, day("2022-08-06"))
