from datetime import timedelta

import pytest

from engine import messages, process_instances, signals
from engine.persistence.counting import counting
from engine.process_instances import InstanceFilters
from tests.engine.models import deploy, flow, process, user_task

WAIT = '<extensionElements><zeebe:subscription correlationKey="=number"/></extensionElements>'
MESSAGE = f'<message id="m" name="answered">{WAIT}</message>'
CATCH = '<intermediateCatchEvent id="wait"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
PLAIN = '<startEvent id="start"/><endEvent id="end"/>'


def waiting(process_id: str = "p") -> bytes:
    return process(PLAIN + CATCH + user_task("read") + flow("start", "wait", "read", "end"), process_id, MESSAGE)


def starting(process_id: str = "q") -> bytes:
    begin = '<startEvent id="start"><messageEventDefinition messageRef="s"/></startEvent><endEvent id="end"/>'
    return process(begin + user_task("read") + flow("start", "read", "end"), process_id, '<message id="s" name="answered"/>')


def say(engine, key, **variables):
    return engine.run(lambda work: messages.publish(work, "answered", key, variables))


def test_a_message_reaches_the_instance_with_its_key(engine, start, todo, ann):
    deploy(engine, waiting())
    start(number="1")
    second = start(number="2")

    assert say(engine, "2", text="hello") == 1

    assert [row.instance_id for row in todo(ann)] == [second.id]
    with engine.work() as work:
        assert process_instances.get(work, second.id).variables["text"] == "hello"


def test_a_message_nobody_waits_for_is_kept_for_its_time_to_live(engine, clock, start, todo, ann):
    deploy(engine, waiting())
    say(engine, "7")
    start(number="7")
    assert [row.name for row in todo(ann)] == ["Read"]

    say(engine, "8")
    clock.advance(timedelta(hours=2))
    start(number="8")
    assert len(todo(ann)) == 1


def test_a_kept_message_is_delivered_once(engine, start, todo, ann):
    deploy(engine, waiting())
    say(engine, "7")

    start(number="7")
    start(number="7")

    assert len(todo(ann)) == 1


def test_a_message_begins_a_process_under_its_key(engine, todo, ann):
    deploy(engine, starting())

    assert say(engine, "problem-3", text="new") == 1

    with engine.work(ann) as work:
        [found] = process_instances.search(work, InstanceFilters(process_id="q")).rows
    assert (found.business_key, len(todo(ann))) == ("problem-3", 1)


def test_a_sender_and_what_its_message_begins_are_written_with_one_statement_a_table(engine, start):
    throw = '<intermediateThrowEvent id="tell"><messageEventDefinition messageRef="s"/></intermediateThrowEvent>'
    sender = PLAIN + throw + user_task("rest") + flow("start", "tell", "rest", "end")
    deploy(engine, starting(), process(sender, "p", '<message id="s" name="answered"/>'))

    with counting() as count:
        start()

    written = [statement.split()[2] for statement in count.texts if statement.startswith(("INSERT", "UPDATE"))]
    assert len(set(written)) == len(written) > 3, written


def test_only_the_newest_version_begins_on_a_message(engine, todo, ann):
    deploy(engine, starting())
    deploy(engine, starting().replace(b'name="Read"', b'name="Read it"'))

    say(engine, "x")

    assert [row.name for row in todo(ann)] == ["Read it"]


def test_one_receiver_per_process_gets_a_message(engine, start, todo, ann):
    deploy(engine, waiting("p"), waiting("r"), starting("q"))
    start("p", number="1")
    start("p", number="1")
    start("r", number="1")

    assert say(engine, "1") == 3
    assert sorted(row.process_id for row in todo(ann)) == ["p", "q", "r"]


def test_messages_said_at_once_reach_one_step_after_the_other(engine, start, todo, ann):
    twice = CATCH + CATCH.replace('id="wait"', 'id="wait2"')
    ways = flow("start", "wait", "wait2", "read", "end")
    deploy(engine, process(PLAIN + twice + user_task("read") + ways, roots=MESSAGE))
    instance = start(number="1")

    def both(work):
        messages.publish(work, "answered", "1", {"first": 1})
        messages.publish(work, "answered", "1", {"second": 2})

    engine.run(both)

    assert [row.name for row in todo(ann)] == ["Read"]
    with engine.work() as work:
        assert {"first", "second"} <= set(process_instances.get(work, instance.id).variables)


def test_a_step_that_keeps_listening_gets_every_kept_message(engine, start, todo, ann):
    listen = '<messageEventDefinition messageRef="m"/>'
    event = f'<boundaryEvent id="told" attachedToRef="act" cancelActivity="false">{listen}</boundaryEvent>'
    body = PLAIN + user_task("act") + event + user_task("read") + flow("start", "act", "end") + flow("told", "read")
    deploy(engine, process(body, roots=MESSAGE))
    say(engine, "1")
    say(engine, "1")

    start(number="1")
    say(engine, "1")

    assert [row.name for row in todo(ann)].count("Read") == 3


def test_a_suspended_instance_gets_its_message_when_it_is_resumed(engine, start, todo, ann):
    deploy(engine, waiting())
    instance = start(number="1")
    engine.run(lambda work: process_instances.suspend(work, instance.id, "inquiry"))
    assert (say(engine, "1"), todo(ann)) == (0, [])

    engine.run(lambda work: process_instances.resume(work, instance.id))

    assert [row.name for row in todo(ann)] == ["Read"]


def test_a_signal_that_ends_a_call_and_what_it_called_does_both(engine, start, todo, ann):
    event = '<signalEventDefinition signalRef="s"/>'
    call = '<extensionElements><zeebe:calledElement processId="child"/></extensionElements>'
    body = f'<callActivity id="call">{call}</callActivity><boundaryEvent id="over" attachedToRef="call">{event}</boundaryEvent>'
    caller = PLAIN + body + user_task("after") + flow("start", "call", "end") + flow("over", "after", "end")
    called = PLAIN + f'<intermediateCatchEvent id="wait">{event}</intermediateCatchEvent>' + flow("start", "wait", "end")
    signal = '<signal id="s" name="alarm"/>'
    deploy(engine, process(caller, roots=signal), process(called, "child", signal))
    start()

    engine.run(lambda work: signals.broadcast(work, "alarm"))

    assert [row.name for row in todo(ann)] == ["After"]


def sending() -> bytes:
    payload = '<zeebe:properties><zeebe:property name="bpm:correlationKey" value="=number"/>'
    payload += '<zeebe:property name="bpm:payload" value="={text: &quot;from p&quot;}"/></zeebe:properties>'
    payload = f"<extensionElements>{payload}</extensionElements>"
    end = f'<endEvent id="end">{payload}<messageEventDefinition messageRef="m"/></endEvent>'
    return process('<startEvent id="start"/>' + end + flow("start", "end"), "sender", '<message id="m" name="answered"/>')


def test_one_process_answers_another_in_the_same_transaction(engine, start, todo, ann):
    deploy(engine, waiting(), sending())
    waits = start(number="5")

    start("sender", number="5")

    with engine.work() as work:
        assert process_instances.get(work, waits.id).variables["text"] == "from p"
    assert [row.name for row in todo(ann)] == ["Read"]


@pytest.mark.parametrize("listeners", [0, 3])
def test_everybody_who_waits_hears_a_signal(engine, start, todo, ann, listeners):
    catch = '<intermediateCatchEvent id="wait"><signalEventDefinition signalRef="s"/></intermediateCatchEvent>'
    body = PLAIN + catch + user_task("act") + flow("start", "wait", "act", "end")
    deploy(engine, process(body, roots='<signal id="s" name="alarm"/>'))
    for _ in range(listeners):
        start()

    assert engine.run(lambda work: signals.broadcast(work, "alarm", {"level": 2})) == listeners
    assert len(todo(ann)) == listeners
