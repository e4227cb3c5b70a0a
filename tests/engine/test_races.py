from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine import process_instances, user_tasks
from engine.identity.actor import Actor
from engine.persistence.counting import counting
from engine.persistence.work import Raced
from tests.engine.models import deploy, in_a_row, side_by_side, user_task


def test_ten_people_submit_parallel_tasks_of_one_instance_at_once(engine, start, todo, ann):
    deploy(engine, side_by_side(10))
    instance = start()
    people = [Actor(f"p{number}", f"P{number}", None, "HQ", "manager", frozenset({"manager@HQ"})) for number in range(10)]
    rows = todo(ann)
    ready = Barrier(10)

    def submit(actor, row):
        ready.wait()
        engine.run(lambda work: user_tasks.complete(work, row.id, {f"by_{actor.login}": True}), actor)

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(submit, people, rows))

    with engine.work() as work:
        ended = process_instances.get(work, instance.id)
    assert (ended.state, len(ended.variables)) == ("completed", 10)


def test_of_two_who_submit_the_same_task_one_learns_of_the_other(engine, start, todo, ann, bob):
    deploy(engine, in_a_row(user_task("decide"), user_task("plan")))
    start()
    [row] = todo(ann)
    ready = Barrier(2)

    def submit(actor):
        ready.wait()
        try:
            engine.run(lambda work: user_tasks.complete(work, row.id, {}), actor)
        except (user_tasks.TaskGone, user_tasks.NotAssigned) as error:
            return type(error)
        return None

    with ThreadPoolExecutor(2) as threads:
        results = list(threads.map(submit, (ann, bob)))

    assert sorted(map(str, results)) == sorted(map(str, [None, user_tasks.TaskGone]))


def test_a_lost_race_saves_nothing(engine, start, todo, ann, bob):
    deploy(engine, side_by_side(2))
    start()
    first, second = todo(ann)

    def too_slow():
        with engine.work(ann) as slow:
            read = slow.user_tasks.find_with_instance(first.id)
            slow.user_tasks.find_with_instance = lambda *_, **__: read
            engine.run(lambda work: user_tasks.complete(work, second.id, {}), bob)
            user_tasks.complete(slow, first.id, {})

    with pytest.raises(Raced):
        too_slow()
    assert [row.name for row in todo(ann)] == ["T0"]


def test_a_crash_leaves_no_task_done_with_its_process_stuck(engine, start, todo, ann):
    deploy(engine, in_a_row(user_task("decide"), user_task("plan")))
    instance = start()
    [row] = todo(ann)

    def crash(work):
        user_tasks.complete(work, row.id, {"x": 1})
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.run(crash, ann)
    with engine.work(ann) as work:
        assert [row.name for row in todo(ann)] == ["Decide"]
        assert process_instances.get(work, instance.id).variables == {}


@pytest.fixture
def warm(engine, start, complete, ann):
    """Everything that is read once per process has been read."""
    deploy(engine, in_a_row(user_task("decide"), user_task("plan"), title='="Plan " + name', businessKey="=name"))
    start(name="A")
    complete(ann, "Decide")


def test_completing_a_task_takes_ten_statements_and_one_commit(warm, engine, start, todo, ann):
    start(name="B")
    row = next(row for row in todo(ann) if row.name == "Decide")

    with counting() as count:
        engine.run(lambda work: user_tasks.complete(work, row.id, {"decision": "yes", "amount": 3}, "agreed"), ann)

    assert (count.statements <= 10, count.commits) == (True, 1), count.texts


def test_starting_takes_twelve_statements_and_one_commit(warm, engine, ann):
    with counting() as count:
        engine.run(lambda work: process_instances.start(work, "p", {"name": "C"}), ann)

    assert (count.statements <= 12, count.commits) == (True, 1), count.texts


def test_the_budget_does_not_grow_with_what_is_there(warm, engine, start, todo, ann):
    for number in range(30):
        start(name=str(number))
    row = next(row for row in todo(ann) if row.name == "Decide")

    with counting() as count:
        engine.run(lambda work: user_tasks.complete(work, row.id, {"decision": "yes"}), ann)

    assert count.statements <= 10
