"""Compensation: what was completed is undone in reverse order; a transaction is undone when it is cancelled."""

import pytest

from engine.bpmn.model import Event
from engine.kernel import port
from tests.kernel.models import boundary, draw, each, on_event, process, script, sub, timer, user
from tests.kernel.player import Player

UNDO = Event("compensation")


@pytest.fixture(params=[False, True], ids=["kept", "reloaded"])
def reload(request):
    return request.param


def undoable(name, handler=None, **facts):
    """Draw a task that can be undone, its boundary event and its handler."""
    edge = boundary(name, UNDO, compensation_handler=f"un{name}")
    return {name: user(**facts), f"edge{name}": edge, f"un{name}": handler or user(for_compensation=True)}


def throw(activity=None, wait=True):
    """Draw an event that undoes."""
    return draw("intermediateThrowEvent", event=Event("compensation", activity=activity, wait_for_completion=wait))


def test_what_is_done_is_undone_last_first(reload):
    drawn = process("start > a > b > back > last > end", back=throw(), last=user(), **undoable("a"), **undoable("b"))
    player = Player(drawn, {}, reload)
    player.do("a")
    player.do("b")
    assert player.waits_at == ["unb"]

    player.do("unb")
    player.do("una")

    assert player.waits_at == ["last"]
    assert [step for step in player.path if step.startswith("un")] == ["unb", "una"]


def test_one_activity_is_undone_by_name_and_only_once(reload):
    drawn = process("start > a > b > back > more > end", back=throw("a"), more=throw(), **undoable("a"), **undoable("b"))
    player = Player(drawn, {}, reload)
    player.do("a")
    player.do("b")
    player.do("una")
    player.do("unb")

    assert player.ended == "completed"


def test_what_was_not_completed_is_not_undone(reload):
    drawn = process("start > x1 > a : ok; a > x2; x1 > x2 : else; x2 > back > end", back=throw(), **undoable("a"))

    assert Player(drawn, {"ok": False}, reload).ended == "completed"


def test_the_thrower_may_go_on_at_once(reload):
    drawn = process("start > a > back > last > end", back=throw(wait=False), last=user(), **undoable("a"))
    player = Player(drawn, {}, reload)
    player.do("a")
    assert player.waits_at == ["last", "una"]

    player.do("last")
    player.do("una")

    assert player.ended == "completed"


def test_an_end_event_undoes_the_process(reload):
    player = Player(process("start > a > end", end=draw("endEvent", event=UNDO), **undoable("a")), {}, reload)
    player.do("a")
    player.do("una")

    assert player.ended == "completed"


def test_each_run_of_a_loop_is_undone_with_what_it_was_about(reload):
    handler = script("gone", "append(gone, item)", for_compensation=True)
    several = undoable("a", handler, loop=each('=["x", "y"]', input_element="item"))
    player = Player(process("start > a > back > end", back=throw(), **several), {"gone": []}, reload)
    player.do("a")
    player.do("a")

    assert player.variables["gone"] == ["y", "x"]


def test_a_finished_sub_process_is_undone_from_inside_with_the_variables_it_had(reload):
    handler = script("log", "append(log, secret)", for_compensation=True)
    inner = sub(
        "s > a > e", facts={"inputs": {"secret": "=n"}}, s=draw("startEvent"), e=draw("endEvent"), **undoable("a", handler)
    )
    player = Player(process("start > inner > back > end", inner=inner, back=throw()), {"n": 7, "log": []}, reload)
    player.do("a")

    assert player.variables["log"] == [7]
    assert player.ended == "completed"


def test_a_handler_of_its_own_undoes_a_sub_process_as_a_whole(reload):
    inner = sub("s > a > e", s=draw("startEvent"), e=draw("endEvent"), **undoable("a"))
    whole = {"edge": boundary("inner", UNDO, compensation_handler="unall"), "unall": user(for_compensation=True)}
    player = Player(process("start > inner > back > end", inner=inner, back=throw(), **whole), {}, reload)
    player.do("a")

    assert player.waits_at == ["unall"]


def test_an_event_sub_process_says_how_its_sub_process_is_undone(reload):
    how = on_event("cs > first > rest > ce", cs=draw("startEvent", event=UNDO), first=user(), rest=throw(), ce=draw("endEvent"))
    inner = sub("s > a > e", s=draw("startEvent"), e=draw("endEvent"), how=how, **undoable("a"))
    player = Player(process("start > inner > back > end", inner=inner, back=throw()), {}, reload)
    player.do("a")
    assert player.waits_at == ["first"]
    player.do("first")
    player.do("una")

    assert player.ended == "completed"


def transaction(**inner):
    """Draw a transaction that is cancelled when its last task says so."""
    ways = "s > a > b > x1; x1 > stop : no; x1 > e : else"
    drawn = sub(ways, "transaction", s=draw("startEvent"), e=draw("endEvent"), b=user(),
                stop=draw("endEvent", event=Event("cancel")), **undoable("a"), **inner)  # fmt: skip
    return process("start > t > good > end1; edge > bad > end2", t=drawn, good=user(), bad=user(),
                   edge=boundary("t", Event("cancel")))  # fmt: skip


@pytest.mark.parametrize(("no", "waits"), [(False, ["good"]), (True, ["una"])])
def test_a_transaction_goes_through_or_is_undone(no, waits, reload):
    player = Player(transaction(), {"no": no}, reload)
    player.do("a")
    player.do("b")

    assert player.waits_at == waits


def test_a_cancelled_transaction_goes_on_at_its_cancel_event_once_all_is_undone(reload):
    player = Player(transaction(), {"no": True}, reload)
    player.do("a")
    player.do("b")
    player.do("una")

    assert player.waits_at == ["bad"]
    assert "t" in player.cancelled


def test_a_timer_on_what_is_undone_is_not_armed_again(reload):
    inner = sub("s > a > e", s=draw("startEvent"), e=draw("endEvent"), **undoable("a"))
    late = boundary("inner", timer("duration", "PT1H"))
    player = Player(process("start > inner > back > end; late > end2", inner=inner, late=late, back=throw()), {}, reload)
    player.do("a")

    assert player.tell(port.TimerArmed) == []
    assert player.waits_at == ["una"]
