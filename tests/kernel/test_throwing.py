"""Throwing: errors, terminations, escalations and signals, and who catches them."""

import pytest

from engine.bpmn.model import Event
from engine.kernel import port
from tests.kernel.models import boundary, call, draw, error, job, on_event, process, script, signal, sub, user
from tests.kernel.player import Player

THROW = "intermediateThrowEvent"


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
