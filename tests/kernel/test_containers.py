"""Containers: event sub-processes, and what breaks into a scope."""

from engine.kernel import port
from tests.kernel.models import draw, message, on_event, process, timer, user
from tests.kernel.player import Player


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


def test_a_fault_in_what_watches_the_whole_process_is_an_incident_of_the_process():
    player = Player(watched(timer("date", "=day")))
    assert [(found.kind, found.element_id) for found in player.tell(port.IncidentRaised)] == [("timer", "p")]

    player.resolve("p", day="2022-08-12")

    assert player.waits_at == ["a", "begin"]
