"""Events: catching, throwing, boundaries, ends and event sub-processes."""

from datetime import timedelta

import pytest

from engine.bpmn.model import Event
from engine.kernel import port
from tests.kernel.models import boundary, call, draw, error, job, message, on_event, process, script, signal, sub, timer, user
from tests.kernel.player import MORNING, Player

CATCH, THROW = "intermediateCatchEvent", "intermediateThrowEvent"


@pytest.mark.parametrize(
    ("kind", "text", "hours"),
    [("duration", "PT2H", 2), ("duration", '=duration("PT3H")', 3), ("date", "2022-08-10T12:00:00", 3), ("cycle", "R3/PT1H", 1)],
)
def test_a_timer_is_armed_for_its_moment_and_goes_on_once(kind, text, hours):
    player = Player(process("start > t > end", t=draw(CATCH, event=timer(kind, text))))
    assert player.tell(port.TimerArmed)[0].due_at == MORNING + timedelta(hours=hours)

    player.wait(hours=hours)

    assert player.ended == "completed"


def test_a_timer_that_cannot_be_read_is_an_incident_and_is_set_when_resolved():
    player = Player(process("start > t > end", t=draw(CATCH, event=timer("date", "=day"))), {"day": "soon"})
    assert [found.kind for found in player.tell(port.IncidentRaised)] == ["timer"]

    player.resolve("t", day="2022-08-11")

    assert player.tell(port.TimerArmed)[0].due_at.isoformat() == "2022-08-11T00:00:00+08:00"


def test_a_signal_is_waited_for_and_sent():
    drawn = process("start > c > t > end", c=draw(CATCH, event=signal("=name")), t=draw(THROW, event=signal("done")))
    player = Player(drawn, {"name": "go"})
    assert player.tell(port.SubscriptionOpened)[0].name == "go"

    player.receive("c")

    assert player.tell(port.SignalBroadcast)[0].name == "done"


def test_an_end_event_sends_its_message_with_its_input_mappings():
    drawn = process("start > end", end=draw("endEvent", event=message("over"), inputs={"x": "=1 + 1"}))

    assert Player(drawn).tell(port.MessagePublished)[0].variables == {"x": 2}


def test_an_interrupting_boundary_takes_the_task_back():
    drawn = process("start > a > end; late > b", a=user(), late=boundary("a", timer("duration", "P1D")), b=user())
    player = Player(drawn)

    player.wait(days=1)

    assert player.cancelled == ["a"]
    assert player.waits_at == ["b"]


def test_a_boundary_is_disarmed_when_its_task_is_done():
    player = Player(process("start > a > end; late > b", a=user(), late=boundary("a", timer("duration", "P1D"))))

    player.do("a")

    assert player.tell(port.TimerDisarmed)
    assert player.ended == "completed"


def test_a_reminding_boundary_leaves_the_task_open_and_comes_again():
    reminder = boundary("a", timer("cycle", "R3/P1D"), interrupting=False)
    player = Player(process("start > a > end; remind > note", a=user(), remind=reminder))

    for _ in range(5):
        player.wait(days=1)

    assert player.path.count("note") == 3
    assert player.waits_at == ["a"]


def test_a_cycle_that_slept_comes_once_and_not_for_every_time_it_missed():
    reminder = boundary("a", timer("cycle", "R/PT1H"), interrupting=False)
    player = Player(process("start > a > end; remind > note", a=user(), remind=reminder))

    player.wait(days=3, minutes=30)

    assert player.path.count("note") == 1
    assert player.tell(port.TimerArmed)[0].due_at == MORNING + timedelta(days=3, hours=1)


def test_a_message_boundary_beside_the_task_takes_every_message():
    drawn = process("start > a > end; asked > note", a=user(), asked=boundary("a", message(), interrupting=False))
    player = Player(drawn)

    player.receive("asked", n=1)
    player.receive("asked", n=2)

    assert player.path.count("note") == 2
    assert player.variables == {"n": 2}


def test_a_boundarys_time_may_come_from_the_tasks_input_mappings():
    late = boundary("a", timer("date", "=day"))
    player = Player(process("start > a > end; late > b", a=user(inputs={"day": '="2022-08-1" + "5"'}), late=late))

    assert player.tell(port.TimerArmed)[0].due_at.day == 15


@pytest.mark.parametrize(("code", "way"), [("E1", "one"), ("E2", "any")])
def test_a_workers_error_goes_to_the_boundary_of_its_code_else_to_the_one_for_all(code, way):
    drawn = process("start > a > end; all > any; e1 > one", a=job(), all=boundary("a", error()), e1=boundary("a", error("E1")))
    player = Player(drawn)

    player.fail("a", code, why="empty")

    assert player.path[-1] == way
    assert player.variables == {"why": "empty"}


def test_an_error_end_reaches_the_boundary_of_its_sub_process():
    drawn = process(
        "start > s > end; failed > b",
        s=sub("start2 > p1 > a; p1 > end2", end2=draw("endEvent", event=error("E1")), a=user()),
        failed=boundary("s", error("E1")),
    )
    player = Player(drawn)

    assert player.cancelled == ["a", "s"]
    assert player.path[-2:] == ["failed", "b"]
    assert player.ended == "completed"


def test_an_uncaught_error_is_an_incident_at_the_top():
    player = Player(process("start > end", end=draw("endEvent", event=error("E1"))))

    assert [(found.kind, found.element_id) for found in player.tell(port.IncidentRaised)] == [("error", "end")]
    assert player.ended is None


def test_an_uncaught_error_ends_a_child_and_tells_its_parent():
    player = Player(process("start > p1 > a; p1 > end", end=draw("endEvent", event=error("E1")), a=user()), child=True)

    assert player.cancelled == ["a"]
    assert player.effects[-1] == port.InstanceEnded("error", {}, "E1")


def test_a_childs_error_is_caught_on_the_call():
    player = Player(process("start > c > end; failed > b", c=call(), failed=boundary("c", error("E1"))))

    player.fail("c", "E1")

    assert player.path[-1] == "b"
    assert not player.tell(port.ChildCancelled)


def test_an_uncaught_workers_error_is_an_incident_and_the_job_is_asked_for_again():
    player = Player(process("start > a > end", a=job()))

    player.fail("a", "E1")
    assert [found.kind for found in player.tell(port.IncidentRaised)] == ["error"]
    player.resolve("a")

    assert player.tell(port.JobCreated)
    player.do("a")
    assert player.ended == "completed"


def test_a_terminate_end_stops_everything():
    drawn = process("start > p1 > a; p1 > b > end", a=user(), b=user(), end=draw("endEvent", event=Event("terminate")))
    player = Player(drawn)

    player.do("b")

    assert player.cancelled == ["a"]
    assert player.ended == "terminated"


def test_a_terminate_end_in_a_sub_process_ends_only_that():
    inner = sub("start2 > p1 > a; p1 > end2", a=user(), end2=draw("endEvent", event=Event("terminate")))
    player = Player(process("start > s > after > end", s=inner))

    assert player.cancelled == ["a"]
    assert player.path[-3:] == ["s", "after", "end"]


def escalated(interrupting):
    """Draw a sub-process that escalates and then goes on."""
    inner = sub("start2 > t > a > end2", t=draw(THROW, event=Event("escalation", code="L")), a=user())
    return process("start > s > end; up > note", s=inner, up=boundary("s", Event("escalation", code="L"), interrupting))


def test_an_escalation_beside_its_sub_process_lets_it_go_on():
    player = Player(escalated(False))

    assert "note" in player.path
    assert player.waits_at == ["a"]


def test_an_interrupting_escalation_takes_its_sub_process_back():
    player = Player(escalated(True))

    assert player.path[-1] == "note"
    assert player.cancelled == ["s"]
    assert player.ended == "completed"


def test_an_escalation_nobody_hears_is_no_fault():
    assert Player(process("start > t > end", t=draw(THROW, event=Event("escalation", code="L")))).ended == "completed"


def watched(event, interrupting=True, **facts):
    """Draw a process that an event breaks into."""
    begin = draw("startEvent", event=event, interrupting=interrupting, **facts)
    return process("start > a > end", a=user(), esp=on_event("begin > b > end2", begin=begin, b=user()))


def test_an_interrupting_event_sub_process_takes_over():
    player = Player(watched(message()))

    player.receive("begin", n=1)

    assert player.cancelled == ["a"]
    assert player.waits_at == ["b"]
    player.do("b")
    assert player.ended == "completed"


def test_an_event_sub_process_beside_runs_as_often_as_it_is_called():
    player = Player(watched(message(), interrupting=False))

    player.receive("begin")
    player.receive("begin")

    assert player.waits_at == ["a", "b", "b", "begin"]
    for task in "bab":
        player.do(task)
    assert player.ended == "completed"


def test_what_called_an_event_sub_process_stays_inside_it():
    player = Player(watched(message(), outputs={"m": "=n + 1"}))

    player.receive("begin", n=1)

    assert player.variables == {}
    assert player.tell(port.VariablesSet)[-1].variables == {"m": 2}


def test_an_event_sub_process_by_timer_is_disarmed_with_its_scope():
    player = Player(watched(timer("duration", "P1D")))

    player.do("a")

    assert player.tell(port.TimerDisarmed)
    assert player.ended == "completed"


def test_an_error_inside_a_scope_is_caught_by_its_event_sub_process():
    drawn = process(
        "start > p1 > a; p1 > end",
        end=draw("endEvent", event=error("E1")),
        a=user(),
        esp=on_event("begin > mend > end2", begin=draw("startEvent", event=error("E1")), mend=script("mended", "true")),
    )
    player = Player(drawn)

    assert player.cancelled == ["a"]
    assert player.variables == {"mended": True}
    assert player.ended == "completed"


def test_an_error_of_an_event_sub_process_is_not_caught_by_itself():
    drawn = process(
        "start > end",
        end=draw("endEvent", event=error("E1")),
        esp=on_event("begin > end2", begin=draw("startEvent", event=error()), end2=draw("endEvent", event=error("E1"))),
    )

    assert [found.element_id for found in Player(drawn).tell(port.IncidentRaised)] == ["end2"]


def alarmed(event, interrupting=True):
    """Draw a sub-process that broadcasts a signal and goes on, with a boundary that hears it."""
    inner = sub("start2 > t > a > end2", t=draw(THROW, event=signal("alarm")), a=draw("task"))
    return process("start > s > end; heard > b", s=inner, heard=boundary("s", event, interrupting))


def test_an_instance_hears_its_own_signal_before_it_goes_on():
    player = Player(alarmed(signal("alarm")))

    assert player.path == ["start", "start2", "t", "heard", "b"]
    assert player.cancelled == ["s"]
    assert player.ended == "completed"


def test_a_signal_heard_beside_lets_its_thrower_go_on():
    assert sorted(Player(alarmed(signal("alarm"), interrupting=False)).path) == sorted(
        ["start", "start2", "t", "heard", "a", "b", "end2", "s", "end"]
    )


def test_a_signal_of_another_name_is_not_heard():
    assert "heard" not in Player(alarmed(signal("other"))).path


def test_a_fault_in_what_watches_the_whole_process_is_an_incident_of_the_process():
    player = Player(watched(timer("date", "=day")))
    assert [(found.kind, found.element_id) for found in player.tell(port.IncidentRaised)] == [("timer", "p")]

    player.resolve("p", day="2022-08-12")

    assert player.waits_at == ["a", "begin"]
