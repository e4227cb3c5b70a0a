"""Migrating: running instances go on with a new version of their process, with all their rows, or not at all."""

from datetime import timedelta

import pytest

from engine import audit, jobs, messages, migrating, process_instances, user_tasks
from engine.identity.actor import Actor
from tests.engine.models import deploy, flow, in_a_row, process, user_task

PLAIN = '<startEvent id="start"/><endEvent id="end"/>'
LATE = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"


@pytest.fixture
def move(engine):
    """Migrate an instance to the second version as the engine itself."""
    return lambda instance, plan=None, number=2: engine.run(
        lambda work: migrating.migrate(work, instance.id, number, plan or {}, "the law has changed")
    )


def test_a_task_goes_on_where_the_new_version_has_a_step_more(engine, start, complete, todo, move, ann):
    deploy(engine, in_a_row(user_task("write"), user_task("sign")))
    instance = start()
    deploy(engine, in_a_row(user_task("write"), user_task("countersign"), user_task("sign")))

    move(instance)
    complete(ann, "Write")

    assert [row.name for row in todo(ann)] == ["Countersign"]


def test_a_task_keeps_its_assignee_and_takes_its_new_name(engine, start, todo, move, ann):
    deploy(engine, in_a_row(user_task("write")))
    instance = start()
    engine.run(lambda work: user_tasks.claim(work, todo(ann)[0].id), ann)
    deploy(engine, in_a_row(user_task("compose")))

    move(instance, {"write": "compose"})

    with engine.work() as work:
        task = user_tasks.get(work, todo(ann)[0].id)
        assert (task.name, task.element_id, task.assignee) == ("Compose", "compose", "ann")
        assert [visit.element_id for visit in process_instances.active_elements(work, instance.id)] == ["compose"]


def test_what_the_new_version_has_no_place_for_is_named_and_nothing_is_moved(engine, start, todo, move, ann):
    deploy(engine, in_a_row(user_task("write")))
    instance = start()
    deploy(engine, in_a_row(user_task("compose")))

    with pytest.raises(migrating.DoesNotFit, match="stands at write"):
        move(instance)

    assert [row.name for row in todo(ann)] == ["Write"]


@pytest.mark.parametrize(("plan", "said"), [({"write": "end"}, "same kind"), ({"nothing": "write"}, "no element nothing")])
def test_a_plan_that_fits_nothing_is_refused(engine, start, move, plan, said):
    deploy(engine, in_a_row(user_task("write")))
    instance = start()
    deploy(engine, in_a_row(user_task("write"), user_task("sign")))

    with pytest.raises(migrating.PlanRefused, match=said):
        move(instance, plan)


def test_a_trial_tells_of_each_instance_what_stands_in_its_way(engine, start, complete, ann):
    deploy(engine, in_a_row(user_task("write"), user_task("sign")))
    first, second = start(), start()
    complete(ann, "Write")
    deploy(engine, in_a_row(user_task("sign")))

    with engine.work() as work:
        found = {one.instance_id: len(one.problems) for one in migrating.trial(work, "p", 1, 2, {})}

    assert sorted(found.values()) == [0, 1] and found.keys() == {first.id, second.id}


def test_a_timer_keeps_its_moment_and_a_new_one_begins_now(engine, clock, start, todo, move, ann):
    edge = f'<boundaryEvent id="late" attachedToRef="act">{LATE}</boundaryEvent>'
    body = PLAIN + user_task("act") + user_task("hurry") + flow("start", "act", "end")
    deploy(engine, process(body + flow("start", "hurry", "end")))
    instance = start()
    clock.advance(timedelta(minutes=30))
    deploy(engine, process(body + edge + flow("late", "hurry") + flow("hurry", "end")))

    move(instance)
    clock.advance(timedelta(minutes=40))
    assert jobs.run_due(engine) == 0
    clock.advance(timedelta(minutes=30))
    assert jobs.run_due(engine) == 1


def test_an_event_that_is_gone_is_not_waited_for_any_more(engine, start, todo, move, ann):
    edge = '<boundaryEvent id="edge" attachedToRef="act"><messageEventDefinition messageRef="m"/></boundaryEvent>'
    body = PLAIN + user_task("act") + flow("start", "act", "end")
    deploy(engine, process(body + edge + flow("edge", "end"), roots='<message id="m" name="stop"/>'))
    instance = start()
    deploy(engine, process(body))

    move(instance)

    assert engine.run(lambda work: messages.publish(work, "stop", None, {})) == 0
    assert [row.name for row in todo(ann)] == ["Act"]


def test_branches_that_wait_at_a_join_find_it_in_the_new_version(engine, start, complete, todo, move, ann):
    gates = '<parallelGateway id="split"/><parallelGateway id="join"/>'
    ways = flow("start", "split", "one", "join", "end") + flow("split", "two", "join")
    deploy(engine, process(PLAIN + gates + user_task("one") + user_task("two") + ways))
    instance = start()
    complete(ann, "One")
    more = ways.replace('targetRef="end"', 'targetRef="last"') + flow("last", "end")
    deploy(engine, process(PLAIN + gates + user_task("one") + user_task("two") + user_task("last") + more))

    move(instance)
    complete(ann, "Two")

    assert [row.name for row in todo(ann)] == ["Last"]


def test_the_trail_says_who_moved_it_and_why(engine, start, move):
    deploy(engine, in_a_row(user_task("write")))
    instance = start()
    deploy(engine, in_a_row(user_task("write"), user_task("sign")))
    move(instance)

    with engine.work() as work:
        [record] = [one for one in work.audit.of_instance(instance.id) if one.action == "instance.migrated"]
        assert (record.facts["from"], record.facts["to"], record.facts["reason"]) == (1, 2, "the law has changed")
        assert audit.verify(work) == []


def test_only_who_publishes_processes_may_migrate(engine, start, ann: Actor):
    deploy(engine, in_a_row(user_task("write")))
    instance = start()
    deploy(engine, in_a_row(user_task("write"), user_task("sign")))

    with pytest.raises(Exception, match="does not allow"):
        engine.run(lambda work: migrating.migrate(work, instance.id, 2, {}, "because"), ann)
