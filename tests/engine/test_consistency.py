"""Whatever people and time do, the rows say what the kernel's state says."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import audit, definitions, deployments, jobs, kernel, messages, process_instances, user_tasks
from engine.bootstrap import build
from engine.clock import SimulatedClock
from engine.errors import EngineError
from engine.persistence.models import metadata
from engine.persistence.repositories.inbox import InboxFilters
from engine.process_instances import InstanceFilters
from engine.settings import Settings
from tests.conftest import EVERYTHING, MORNING, person
from tests.engine.models import flow, process, user_task
from tests.engine.test_with_a_pack import housing

EVENTS = (
    '<startEvent id="start"/><endEvent id="end"/><parallelGateway id="split"/><parallelGateway id="join"/>'
    '<boundaryEvent id="nag" attachedToRef="b" cancelActivity="false"><timerEventDefinition><timeCycle>R/PT1H</timeCycle>'
    '</timerEventDefinition></boundaryEvent><task id="told"/>'
    '<boundaryEvent id="late" attachedToRef="call"><timerEventDefinition><timeDuration>PT5H</timeDuration>'
    "</timerEventDefinition></boundaryEvent>"
    '<intermediateCatchEvent id="wait"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    '<callActivity id="call"><extensionElements><zeebe:calledElement processId="q"/></extensionElements>'
    '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2]" '
    'inputElement="n"/></extensionElements></multiInstanceLoopCharacteristics></callActivity>'
)
MESSAGE = (
    '<message id="m" name="go"><extensionElements><zeebe:subscription correlationKey="=&quot;k&quot;"/>'
    "</extensionElements></message>"
)
MAIN = process(
    EVENTS + user_task("a") + user_task("b", signFor="true", sla="ANSWER") + user_task("c", sla="ANSWER") + user_task("d")
    + flow("start", "a", "split", "b", "join", "d", "end") + flow("split", "wait", "join") + flow("split", "call", "c", "join")
    + flow("nag", "told") + flow("late", "c"),
    "p",
    MESSAGE,
    sla="WHOLE",
)  # fmt: skip
CALLED = process('<startEvent id="start"/><endEvent id="end"/>' + user_task("x") + flow("start", "x", "end"), "q")
JOINS = ("parallelGateway", "inclusiveGateway")
ANN = replace(person("ann", "manager", "HQ", EVERYTHING), rights=frozenset({"manage_incidents"}))


class NothingThere(EngineError):
    """There is nothing to do this with."""


def _any(dice, found):
    if not found:
        raise NothingThere
    return dice.choice(list(found))


def _some_task(work, dice, tabs=("todo", "to_sign")):
    return _any(dice, [row for tab in tabs for row in user_tasks.inbox(work, tab, InboxFilters()).rows]).id


def _done_task(work, dice):
    return _some_task(work, dice, ("done",))


def _send_back(work, dice):
    task = _some_task(work, dice)
    targets = user_tasks.return_targets(work, task)
    user_tasks.send_back(work, task, _any(dice, targets).element_id, "again")


def _some_instance(work, dice):
    return _any(dice, process_instances.search(work, InstanceFilters()).rows).id


def _move(work, dice):
    instance_id = _some_instance(work, dice)
    here = _any(dice, process_instances.active_elements(work, instance_id))
    process_instances.modify(work, instance_id, [here.element_key], dice.choice([(), ("a",), ("c",), ("d",)]), "ordered")


ACTIONS = {
    "move": _move,
    "start": lambda work, dice: process_instances.start(work, "p", {"n": dice.randrange(9)}),
    "complete": lambda work, dice: user_tasks.complete(work, _some_task(work, dice), {"v": dice.randrange(9)}),
    "complete again": lambda work, dice: user_tasks.complete(work, _some_task(work, dice), {"w": None}),
    "sign": lambda work, dice: user_tasks.sign_for(work, _some_task(work, dice, ("to_sign",))),
    "claim": lambda work, dice: user_tasks.claim(work, _some_task(work, dice)),
    "release": lambda work, dice: user_tasks.release(work, _some_task(work, dice)),
    "send back": _send_back,
    "withdraw": lambda work, dice: user_tasks.withdraw(work, _done_task(work, dice), "mistake"),
    "message": lambda work, dice: messages.publish(work, "go", "k", {"m": 1}),
    "cancel": lambda work, dice: process_instances.cancel(work, _some_instance(work, dice), "over"),
    "suspend": lambda work, dice: process_instances.suspend(work, _some_instance(work, dice), "rest"),
    "resume": lambda work, dice: process_instances.resume(work, _some_instance(work, dice)),
}
STEPS = st.lists(st.tuples(st.sampled_from([*ACTIONS, "time", "time"]), st.integers(0, 10**6)), min_size=5, max_size=40)


def _do(engine, clock, name, seed):
    if name == "time":
        clock.advance(timedelta(hours=seed % 4, minutes=30))
        jobs.run_due(engine)
        return
    with suppress(EngineError):
        engine.run(lambda work: ACTIONS[name](work, random.Random(seed)), ANN)


def _check(engine):
    with engine.work() as work:
        for row in process_instances.search(work, InstanceFilters(), size=500).rows:
            instance = process_instances.get(work, row.id)
            definition = definitions.loaded(work, instance.definition_id)
            live = kernel.waiting(definition.kernel, instance.kernel_state)
            _check_instance(work, instance, live)
        assert audit.verify(work) == []


def _check_lists(engine):
    """Lists by deadline and counts are read from other indexes than every other list of work."""
    with engine.work(ANN) as work:
        counts = user_tasks.counts(work)
        for tab in ("todo", "to_sign", "overdue"):
            by_deadline, newest = (user_tasks.inbox(work, tab, InboxFilters(), sort, size=500).rows for sort in ("due", "newest"))
            assert {row.id for row in by_deadline} == {row.id for row in newest}
            assert counts[tab] == len(newest) == len(by_deadline)


def _check_instance(work, instance, live):
    visits = {visit.element_key for visit in process_instances.active_elements(work, instance.id)}
    expected = {found.element_key for found in live if not found.is_armed and found.type not in JOINS}
    assert visits == expected
    tasks = {task.element_key for task in work.user_tasks.of_instance(instance.id) if task.is_open}
    assert tasks == {found.element_key for found in live if found.type == "userTask" and not found.is_armed}
    waits = {job.element_key for job in work.jobs.of_instance(instance.id) if job.element_key}
    waits |= {found.element_key for found in work.subscriptions.of_instance(instance.id)}
    assert waits <= {found.element_key for found in live}
    calls = [found for found in live if found.type == "callActivity" and not found.is_armed]
    assert len(work.process_instances.running_children(instance.id)) == len(calls)
    assert instance.has_ended == (not live)
    _check_time(work, instance, visits)


def _check_time(work, instance, visits):
    """What is over waits for nothing, what is suspended rests with its deadlines, what goes on has none that rest."""
    waiting, deadlines = work.jobs.of_instance(instance.id), work.clocks.running(instance.id)
    assert {clock.element_key for clock in deadlines} <= {None, *visits}
    if instance.has_ended:
        assert (waiting, deadlines, work.subscriptions.of_instance(instance.id)) == ([], [], [])
    elif instance.state == "suspended":
        assert [job.type for job in waiting if job.due_at is not None] == []
        assert all(clock.halted and clock.paused_on and clock.next_step is None for clock in deadlines)
    else:
        assert [job.type for job in waiting if job.due_at is None] == []
        assert not any(clock.halted or clock.paused_on for clock in deadlines)


EXAMPLES = 15 if settings.get_current_profile_name() == "default" else 300


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_rows_and_kernel_agree_whatever_happens(steps):
    with TemporaryDirectory() as folder:
        clock = SimulatedClock(MORNING)
        engine = build(Settings(data=Path(folder)), clock)
        metadata.create_all(engine.database)
        engine.run(lambda work: deployments.deploy(work, "housing", housing(MAIN, CALLED)))
        for name, seed in [("start", 1), *steps]:
            _do(engine, clock, name, seed)
        _check(engine)
        _check_lists(engine)
        engine.close()
