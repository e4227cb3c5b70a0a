"""Wide instances: the state of hundreds of parallel children is kept in parts, and is whole whoever reads it."""

import pytest
from sqlalchemy import text

from engine import process_instances, user_tasks
from engine.kernel import live
from engine.kernel.parts import SIGN
from tests.engine.models import deploy, flow, process, user_task

LOOP = "<multiInstanceLoopCharacteristics><loopCardinality>=300</loopCardinality></multiInstanceLoopCharacteristics>"
WIDE = process('<startEvent id="start"/><endEvent id="end"/>' + user_task("a", inside=LOOP) + flow("start", "a", "end"))


@pytest.fixture
def instance(engine, start):
    deploy(engine, WIDE)
    return start().id


def head_and_parts(engine, instance):
    with engine.database.connect() as connection:
        parts = connection.execute(text("SELECT count(*) FROM state_part")).scalar_one()
    with engine.work() as work:
        return bytes(work.process_instances.find(instance).kernel_state), parts


def open_tasks(engine, instance):
    with engine.work() as work:
        return [task.id for task in user_tasks.of_instance(work, process_instances.get(work, instance)) if task.is_open]


def test_each_step_finds_the_whole_state_again(engine, ann, instance):
    tasks = open_tasks(engine, instance)

    for task in (tasks[0], tasks[150], tasks[-1]):
        live.forget()
        engine.run(lambda work, task=task: user_tasks.complete(work, task, {"n": 1}), ann)

    head, parts = head_and_parts(engine, instance)
    assert (head[:2], parts) == (SIGN, 4)
    assert len(open_tasks(engine, instance)) == 297


def test_whoever_read_it_before_somebody_else_changed_it_does_it_again(engine, ann, bob, instance):
    first, second, *_ = open_tasks(engine, instance)
    rounds = []

    def slow(work):
        rounds.append(user_tasks.get(work, second))
        if len(rounds) == 1:
            engine.run(lambda other: user_tasks.complete(other, first, {}), bob)
        live.forget()
        user_tasks.complete(work, second, {})

    engine.run(slow, ann)

    assert len(open_tasks(engine, instance)) == 298


def test_nothing_is_left_of_the_parts_when_it_ends(engine, instance):
    engine.run(lambda work: process_instances.cancel(work, instance, "enough"))

    assert head_and_parts(engine, instance)[1] == 0
