"""Operating: stopping, moving and mending matters, by whoever may, one and many."""

from dataclasses import replace
from datetime import timedelta

import pytest

from engine import audit, history, incidents, jobs, messages, process_instances
from engine.clock import real_now
from engine.identity.actor import DataScope
from engine.identity.rights import Forbidden
from engine.workers import registry
from tests.engine.models import deploy, flow, in_a_row, process, user_task
from tests.engine.test_jobs import PLAIN, served
from tests.engine.test_process_instances import FAN_OUT, calling, child

ACTS = {
    "suspend": lambda work, key: process_instances.suspend(work, key, "why"),
    "cancel": lambda work, key: process_instances.cancel(work, key, "why"),
    "modify": lambda work, key: process_instances.modify(work, key, [], ["act"], "why"),
}


@pytest.fixture
def share(monkeypatch):
    """A worker that needs a number to divide by."""
    work = lambda _work, job, headers, variables: {"part": 10 // variables["by"]}  # noqa: E731
    monkeypatch.setitem(registry.WORKERS, "share", work)


@pytest.fixture
def failed(engine, start, share):
    """Three matters whose worker has failed; give their incidents, the oldest first."""
    deploy(engine, served("share"))
    for _ in range(3):
        start(by=0)
    jobs.run_due(engine)
    with engine.work() as work:
        return list(incidents.unresolved(work).rows)


@pytest.mark.parametrize("act", ACTS)
def test_whoever_may_not_mend_moves_nothing(engine, start, ann, act):
    deploy(engine, in_a_row(user_task("act")))
    instance = start()

    with pytest.raises(Forbidden):
        engine.run(lambda work: ACTS[act](work, instance.id), ann)


@pytest.mark.parametrize("act", ACTS)
def test_whoever_may_mend_does_so_only_in_the_units_of_their_post(engine, start, operator, act):
    deploy(engine, in_a_row(user_task("act", "planner@PLAN"), unit="=unit"))
    instance = engine.run(lambda work: process_instances.start(work, "p", {"unit": "PLAN"}))
    elsewhere = replace(operator, scope=DataScope("own", frozenset({"HQ"})))

    with pytest.raises(process_instances.InstanceNotFound):
        engine.run(lambda work: ACTS[act](work, instance.id), elsewhere)


def test_what_was_moved_stays_in_the_trail_with_its_reason(engine, start, operator):
    deploy(engine, in_a_row(user_task("act"), user_task("close")))
    instance = start()
    with engine.work() as work:
        [here] = process_instances.active_elements(work, instance.id)

    engine.run(lambda work: process_instances.modify(work, instance.id, [here.element_key], ["close"], "ordered"), operator)

    with engine.work() as work:
        said = history.trail(work, instance.id)[-1]
        assert audit.verify(work) == []
    assert (said.action, said.login, said.reason, said.facts["started"]) == ("instance.modified", "ann", "ordered", ["close"])


def test_a_matter_is_moved_out_of_a_countersignature(engine, start, operator, todo, ann):
    loop = FAN_OUT.replace("=units", "=[1,2]").replace('inputElement="unit"', 'inputElement="n"')
    deploy(engine, in_a_row(user_task("sign", inside=loop), user_task("close")))
    instance = start()
    with engine.work() as work:
        body = next(row for row in process_instances.active_elements(work, instance.id) if row.type == "multiInstanceBody")

    engine.run(lambda work: process_instances.modify(work, instance.id, [body.element_key], ["close"], "enough"), operator)

    assert [row.name for row in todo(ann)] == ["Close"]


def test_moving_a_called_process_does_not_end_it_behind_its_callers_back(engine, start, operator):
    deploy(engine, calling(), child())
    start("parent")
    with engine.work() as work:
        [called] = process_instances.search(work, process_instances.InstanceFilters(process_id="child")).rows
        [here] = process_instances.active_elements(work, called.id)

    with pytest.raises(process_instances.IsCalled):
        engine.run(lambda work: process_instances.modify(work, called.id, [here.element_key], [], "why"), operator)


def test_a_called_process_does_not_go_on_while_its_caller_rests(engine, start, operator):
    deploy(engine, calling(), child())
    parent = start("parent")
    engine.run(lambda work: process_instances.suspend(work, parent.id, "inquiry"), operator)
    with engine.work() as work:
        [called] = process_instances.search(work, process_instances.InstanceFilters(process_id="child")).rows

    with pytest.raises(process_instances.CallerSuspended):
        engine.run(lambda work: process_instances.resume(work, called.id), operator)


def test_a_worker_that_fails_when_its_matter_was_suspended_leaves_it_at_rest(engine, start, operator):
    deploy(engine, served("share", retries=3))
    instance = start()
    soon = real_now() + timedelta(minutes=5)
    engine.run(lambda work: work.jobs.acquire(work.now, real_now(), "worker", soon, 1))
    engine.run(lambda work: process_instances.suspend(work, instance.id, "inquiry"), operator)

    noted = engine.run(
        lambda work: [work.jobs.failed(job.id, "worker", "no", work.now) for job in work.jobs.of_instance(instance.id)]
    )

    with engine.work() as work:
        [job] = work.jobs.of_instance(instance.id)
    assert (noted, job.due_at, job.failures) == ([False], None, 0)


def test_many_failures_are_tried_again_together_and_none_keeps_the_others_back(engine, failed, operator):
    keys = [row.id for row in failed]
    engine.run(lambda work: incidents.resolve(work, keys[0]), operator)
    engine.run(lambda work: process_instances.suspend(work, failed[1].instance_id, "inquiry"), operator)

    outcome = incidents.resolve_many(engine, operator, keys)

    reasons = {key: type(reason) for key, reason in outcome.refused.items()}
    assert outcome.done == [keys[2]]
    assert reasons == {keys[0]: incidents.AlreadyResolved, keys[1]: process_instances.InstanceSuspended}
    with engine.work() as work:
        assert [row.id for row in incidents.unresolved(work).rows] == [keys[1]]


def test_too_many_at_once_are_refused(engine, operator, failed):
    with pytest.raises(incidents.TooMany):
        incidents.resolve_many(engine, operator, [failed[0].id] * (incidents.MOST + 1))


def test_a_post_sees_and_mends_what_failed_in_its_units(engine, failed, pam, operator):
    with engine.work(pam) as work:
        assert (incidents.unresolved(work).rows, dict(incidents.processes(work))) == ([], {})
    with engine.work(operator) as work:
        assert dict(incidents.processes(work)) == {"p": 3}
        assert (incidents.unresolved(work, process_id="p").total, incidents.unresolved(work, process_id="q").total) == (3, 0)
    with pytest.raises(Forbidden):
        engine.run(lambda work: incidents.resolve(work, failed[0].id), pam)


def test_a_failure_is_put_right_in_the_trail(engine, failed, operator):
    engine.run(lambda work: incidents.resolve(work, failed[0].id, {"by": 5}), operator)
    jobs.run_due(engine)

    with engine.work() as work:
        said = history.trail(work, failed[0].instance_id)[-1]
        assert process_instances.get(work, failed[0].instance_id).state == "completed"
    assert (said.action, said.facts["variables"]) == ("incident.resolved", {"by": 5})


KEYS = '<extensionElements><zeebe:subscription correlationKey="=[unit, number]"/></extensionElements>'
CATCH = '<intermediateCatchEvent id="wait"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
TELL = (
    '<intermediateThrowEvent id="tell"><extensionElements><zeebe:properties><zeebe:property name="bpm:correlationKey" '
    'value="=[unit, number]"/></zeebe:properties></extensionElements><messageEventDefinition messageRef="n"/>'
    "</intermediateThrowEvent>"
)


@pytest.fixture
def by_two_keys(engine, start):
    """One waits for the answer to each of two numbers in each of two units."""
    body = PLAIN + CATCH + user_task("read") + flow("start", "wait", "read", "end")
    teller = PLAIN + TELL + flow("start", "tell", "end")
    roots = f'<message id="m" name="answered">{KEYS}</message>'
    deploy(engine, process(body, "p", roots), process(teller, "q", '<message id="n" name="answered"/>'))
    return {(unit, number): start(unit=unit, number=number) for unit in ("A", "B") for number in (1, 2)}


def test_a_message_with_several_keys_reaches_whoever_has_them_all(engine, by_two_keys, todo, ann):
    assert engine.run(lambda work: messages.publish(work, "answered", ["A", 2], {})) == 1

    assert [row.instance_id for row in todo(ann)] == [by_two_keys["A", 2].id]


def test_a_process_sends_by_several_keys(engine, by_two_keys, start, todo, ann):
    start("q", unit="B", number=1)

    assert [row.instance_id for row in todo(ann)] == [by_two_keys["B", 1].id]


@pytest.mark.parametrize("key", [["A"], ["A", None], [], ["2", "A"]])
def test_less_than_all_keys_reach_nobody(engine, by_two_keys, key):
    try:
        received = engine.run(lambda work: messages.publish(work, "answered", key, {}))
    except messages.KeyUnusable:
        received = 0

    assert received == 0
