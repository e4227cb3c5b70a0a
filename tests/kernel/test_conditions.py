"""Conditional events: they happen when their condition becomes true, are narrowed to variables, and may fail."""

import pytest

from engine.bpmn.model import Event
from engine.kernel import port
from tests.kernel.models import boundary, draw, message, on_event, process, script, sub, user, value
from tests.kernel.player import Player

CATCH = "intermediateCatchEvent"


def when(text, names=(), events=()):
    """Draw a condition."""
    return Event("conditional", expression=value(f"={text}"), variable_names=names, variable_events=events)


@pytest.fixture(params=[False, True], ids=["kept", "reloaded"])
def reload(request):
    return request.param


def beside(event, interrupting=True, **facts):
    """Draw work with a condition on its boundary, and a task that changes variables beside it."""
    return process(
        "start > p1 > work > end1; p1 > other > p1b > again > end2; edge > after > end3",
        p1b=draw("task"),
        work=user(),
        other=user(),
        again=user(),
        after=user(),
        edge=boundary("work", event, interrupting=interrupting),
        **facts,
    )


def test_a_condition_that_is_true_already_is_not_waited_for(reload):
    player = Player(process("start > c > end", c=draw(CATCH, event=when("n > 1"))), {"n": 2}, reload)

    assert player.ended == "completed"


def test_a_condition_is_waited_for_until_a_variable_makes_it_true(reload):
    drawn = process("start > p1 > c > end1; p1 > work > end2", c=draw(CATCH, event=when("n > 1")), work=user())
    player = Player(drawn, {"n": 1}, reload)
    assert player.path == ["start", "p1"]

    player.do("work", n=2)

    assert player.ended == "completed"


def test_a_condition_on_a_boundary_breaks_in(reload):
    player = Player(beside(when("n > 1")), {"n": 1}, reload)

    player.do("other", n=5)

    assert player.waits_at == ["after", "again"]
    assert player.cancelled == ["work"]


def test_a_condition_happens_again_only_after_it_was_false(reload):
    player = Player(beside(when("n > 1"), interrupting=False), {"n": 2}, reload)
    assert player.waits_at == ["after", "other", "work"]

    player.do("other", n=3)
    assert player.waits_at.count("after") == 1
    player.do("after", n=0)
    player.do("again", n=9)

    assert player.waits_at == ["after", "work"]


@pytest.mark.parametrize(("names", "events", "happens"), [(("n",), (), True), (("m",), (), False), ((), ("create",), False)])
def test_a_condition_is_asked_when_the_variables_change_that_it_names(names, events, happens, reload):
    player = Player(beside(when("n > 1", names, events)), {"n": 1}, reload)

    player.do("other", n=2)

    assert ("after" in player.waits_at) is happens


def test_a_condition_begins_an_event_sub_process_and_keeps_to_its_scope(reload):
    inner = sub("s > p2 > work > e1; p2 > set > e2", s=draw("startEvent"), e1=draw("endEvent"), e2=draw("endEvent"),
                p2=draw("parallelGateway"), work=user(), set=user(),
                alarm=on_event("as > help > ae", **{"as": draw("startEvent", event=when("ok"), interrupting=True)},
                               help=user(), ae=draw("endEvent")))  # fmt: skip
    player = Player(process("start > inner > end", inner=inner), {"ok": False}, reload)

    player.do("set", ok=True)

    assert player.waits_at == ["help"]


def test_a_condition_can_be_chosen_by_an_event_gateway(reload):
    drawn = process(
        "start > p1 > e1 > c > end1; e1 > m > end2; p1 > work > end3",
        c=draw(CATCH, event=when("n > 1")),
        m=draw("receiveTask", event=message()),
        work=user(),
    )
    player = Player(drawn, {"n": 0}, reload)

    player.do("work", n=2)

    assert player.ended == "completed" and "c" in player.path and "m" not in player.path


def test_a_condition_that_fails_is_an_incident_and_is_asked_again(reload):
    condition = when('if n > 1 then assert(n, n = 7, "not seven") = 7 else false')
    player = Player(beside(condition, interrupting=False), {"n": 1}, reload)

    player.do("other", n=2)
    assert [raised.element_id for raised in player.tell(port.IncidentRaised)] == ["edge"]
    player.resolve("edge", n=7)

    assert "after" in player.waits_at


def test_the_work_of_a_script_is_seen(reload):
    drawn = process("start > p1 > c > end1; p1 > set > end2", c=draw(CATCH, event=when("n > 1")), set=script("n", "2"))

    assert Player(drawn, {"n": 1}, reload).ended == "completed"
