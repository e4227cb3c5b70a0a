"""Elements that reach beyond one instance's tokens, played on a database: listeners, undoing, escalations, conditions."""

from datetime import timedelta

import pytest

from engine import incidents, jobs, messages, process_instances
from engine.workers import registry
from tests.engine.models import deploy, flow, process, user_task

PLAIN = '<startEvent id="start"/><endEvent id="end"/>'
LISTENER = '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="greet"/></zeebe:executionListeners>'
ESCALATION = '<escalation id="late" name="late" escalationCode="LATE"/>'
CALL = '<callActivity id="call"><extensionElements><zeebe:calledElement processId="child"/></extensionElements></callActivity>'


@pytest.fixture
def names(engine, todo):
    """List the steps that wait for somebody."""
    return lambda actor: sorted(row.name for row in todo(actor))


def test_a_listener_is_a_job_that_runs_before_the_task_is_offered(engine, start, names, ann, monkeypatch):
    monkeypatch.setitem(registry.WORKERS, "greet", lambda work, job, headers, variables: {"greeting": "hello"})
    task = user_task("act").replace("<extensionElements>", f"<extensionElements>{LISTENER}")
    deploy(engine, process(PLAIN + task + flow("start", "act", "end")))
    instance = start()
    assert names(ann) == []

    assert jobs.run_due(engine) == 1

    assert names(ann) == ["Act"]
    with engine.work() as work:
        assert process_instances.get(work, instance.id).variables["greeting"] == "hello"


def test_a_listener_without_a_worker_is_an_incident(engine, clock, start):
    task = user_task("act").replace("<extensionElements>", f"<extensionElements>{LISTENER.replace('greet', 'nobody')}")
    deploy(engine, process(PLAIN + task + flow("start", "act", "end")))
    instance = start()

    for _ in range(4):
        jobs.run_due(engine)
        clock.advance(timedelta(hours=2))

    with engine.work() as work:
        assert [found.element_id for found in incidents.of_instance(work, instance.id)] == ["act"]


def undoable(task_id: str) -> str:
    """Write a task that can be undone by another."""
    edge = f'<boundaryEvent id="edge_{task_id}" attachedToRef="{task_id}"><compensateEventDefinition/></boundaryEvent>'
    handler = user_task(f"undo_{task_id}").replace("<userTask ", '<userTask isForCompensation="true" ')
    line = f'<association id="a_{task_id}" associationDirection="One" sourceRef="edge_{task_id}" targetRef="undo_{task_id}"/>'
    return user_task(task_id) + edge + handler + line


def test_what_was_done_is_undone_by_people_last_first(engine, start, names, complete, ann):
    back = '<intermediateThrowEvent id="back"><compensateEventDefinition/></intermediateThrowEvent>'
    deploy(engine, process(PLAIN + undoable("one") + undoable("two") + back + flow("start", "one", "two", "back", "end")))
    instance = start()
    complete(ann, "One")
    complete(ann, "Two")
    assert names(ann) == ["Undo_Two"]

    complete(ann, "Undo_Two")
    complete(ann, "Undo_One")

    with engine.work() as work:
        assert process_instances.get(work, instance.id).state == "completed"


def test_an_escalation_of_a_called_process_is_caught_by_its_caller(engine, start, names, complete, ann):
    edge = (
        '<boundaryEvent id="edge" attachedToRef="call" cancelActivity="false">'
        '<escalationEventDefinition escalationRef="late"/></boundaryEvent>'
    )
    say = '<intermediateThrowEvent id="say"><escalationEventDefinition escalationRef="late"/></intermediateThrowEvent>'
    caller = PLAIN + CALL + edge + user_task("look") + flow("start", "call", "end") + flow("edge", "look")
    child = PLAIN + say + user_task("work") + flow("start", "say", "work", "end")
    deploy(engine, process(caller, "p", ESCALATION), process(child, "child", ESCALATION))
    instance = start()
    assert names(ann) == ["Look", "Work"]

    complete(ann, "Work")
    complete(ann, "Look")

    with engine.work() as work:
        assert process_instances.get(work, instance.id).state == "completed"


def test_a_condition_breaks_in_when_somebody_else_makes_it_true(engine, start, names, complete, ann):
    condition = "<conditionalEventDefinition><condition>=stop</condition></conditionalEventDefinition>"
    edge = f'<boundaryEvent id="edge" attachedToRef="act">{condition}</boundaryEvent>'
    gate = '<parallelGateway id="split"/>'
    ways = flow("start", "split", "act", "end") + flow("split", "watch", "end") + flow("edge", "after", "end")
    deploy(engine, process(PLAIN + gate + user_task("act") + user_task("watch") + user_task("after") + edge + ways))
    start(stop=False)

    complete(ann, "Watch", stop=True)

    assert names(ann) == ["After"]


def test_a_receive_task_begins_a_process_when_its_message_comes(engine, names, ann):
    receive = '<receiveTask id="hear" instantiate="true" messageRef="m"/><endEvent id="end"/>'
    deploy(engine, process(receive + user_task("act") + flow("hear", "act", "end"), "q", '<message id="m" name="news"/>'))

    engine.run(lambda work: messages.publish(work, "news", None, {"text": "hello"}))

    assert names(ann) == ["Act"]


def test_a_start_of_several_events_begins_with_any_of_them(engine, names, ann):
    parts = '<messageEventDefinition messageRef="m"/><messageEventDefinition messageRef="n"/>'
    begin = f'<startEvent id="start">{parts}</startEvent><endEvent id="end"/>'
    roots = '<message id="m" name="one"/><message id="n" name="two"/>'
    deploy(engine, process(begin + user_task("act") + flow("start", "act", "end"), "q", roots))

    for name in ("one", "two"):
        engine.run(lambda work, name=name: messages.publish(work, name, None, {}))

    assert names(ann) == ["Act", "Act"]
