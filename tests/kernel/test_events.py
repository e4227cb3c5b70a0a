"""Events: catching, throwing, boundaries, ends and event sub-processes."""

from datetime import timedelta

import pytest

from engine.kernel import port
from tests.kernel.models import boundary, draw, message, process, signal, timer, user
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
