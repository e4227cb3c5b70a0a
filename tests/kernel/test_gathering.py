"""Complex gateways, several tokens at once, links, and events of several parts."""

import pytest

from engine.bpmn.model import Event
from engine.feel import compile_expression
from engine.kernel import port
from tests.kernel.models import boundary, draw, each, message, process, signal, timer, user
from tests.kernel.player import Player

CATCH, THROW = "intermediateCatchEvent", "intermediateThrowEvent"


@pytest.fixture(params=[False, True], ids=["kept", "reloaded"])
def reload(request):
    return request.param


def votes(condition, tail="g > after > end", **facts):
    """Draw three tasks that meet at a complex gateway."""
    gate = draw("complexGateway", activation_condition=compile_expression(condition) if condition else None)
    return process(
        f"start > p1 > a > g; p1 > b > g; p1 > c > g; {tail}", a=user(), b=user(), c=user(), after=user(), g=gate, **facts
    )


def test_a_complex_gateway_goes_on_with_the_second_vote_and_takes_in_the_third(reload):
    player = Player(votes("activationCount >= 2"), {}, reload)
    player.do("a")
    assert "after" not in player.waits_at
    player.do("b")
    assert player.waits_at == ["after", "c"]

    player.do("c")
    player.do("after")

    assert player.ended == "completed"
    assert player.path.count("after") == 1


def test_a_late_token_goes_on_where_a_flow_asks_for_it(reload):
    late = "g > after > end : waitingForStart; g > note > end2 : not(waitingForStart)"
    player = Player(
        votes("activationCount >= 2", "g > after : waitingForStart; after > end; " + late.split("; ")[1], note=user()), {}, reload
    )
    player.do("a")
    player.do("b")
    player.do("c")

    assert player.waits_at == ["after", "note"]


def test_a_complex_gateway_without_a_condition_waits_for_all_that_can_come(reload):
    player = Player(votes(None), {}, reload)
    player.do("a")
    player.do("b")
    assert player.waits_at == ["c"]
    player.do("c")

    assert player.waits_at == ["after"]


def test_a_complex_gateway_begins_anew_in_the_next_round(reload):
    gate = draw("complexGateway", activation_condition=compile_expression("activationCount >= 1"))
    drawn = process(
        "start > x1 > p1 > a > g; p1 > b > g; g > after > x2; x2 > x1 : more; x2 > end : else",
        a=user(),
        b=user(),
        after=user(),
        g=gate,
    )
    player = Player(drawn, {}, reload)
    for more in (True, False):
        player.do("a")
        player.do("b")
        player.do("after", more=more)

    assert player.ended == "completed"
    assert player.path.count("after") == 2


def test_a_condition_that_fails_is_told_and_asked_again(reload):
    player = Player(votes('if ok then activationCount > 0 else assert(ok, ok, "no") = true'), {"ok": False}, reload)
    player.do("a")
    assert "g" in player.waits_at

    player.resolve("g", ok=True)

    assert "after" in player.waits_at


def test_an_element_can_make_several_tokens_and_another_take_them_together(reload):
    drawn = process("start > a > b > c > end", a=draw("task", completion_quantity=2), b=user(), c=user(start_quantity=2))
    player = Player(drawn, {}, reload)
    player.do("b")
    assert player.waits_at == ["b"]
    player.do("b")
    assert player.waits_at == ["c"]
    player.do("c")

    assert player.ended == "completed"


def test_an_element_that_lacks_tokens_waits_without_an_incident(reload):
    player = Player(process("start > c > end", c=user(start_quantity=2)), {}, reload)

    assert player.ended is None and player.waits_at == []


def test_a_link_goes_on_at_its_catching_end_and_joins_know_the_way(reload):
    out, back = (draw(kind, event=Event("link", name=signal("page 2").name)) for kind in (THROW, CATCH))
    drawn = process(
        "start > o1 > a > out : true; o1 > b > o2 : true; back > o2; o2 > end", a=user(), b=user(), out=out, back=back
    )
    player = Player(drawn, {}, reload)
    player.do("b")
    assert player.ended is None
    player.do("a")

    assert player.ended == "completed"
    assert player.path[-4:] == ["out", "back", "o2", "end"]


def several(kind, *parts):
    return Event(kind, parts=parts)


@pytest.mark.parametrize("which", [0, 1])
def test_any_of_several_events_lets_it_go_on(which, reload):
    drawn = process("start > m > end", m=draw(CATCH, event=several("multiple", message("one"), message("two"))))
    player = Player(drawn, {}, reload)
    player.send(port.Trigger(list(player.open)[which], {"x": 1}))

    assert player.ended == "completed" and player.open == {}


def test_all_of_several_events_are_waited_for_together(reload):
    both = several("parallelMultiple", message("one"), timer("duration", "PT1H"))
    player = Player(process("start > m > end", m=draw(CATCH, event=both)), {}, reload)
    player.receive("m", x=1)
    assert player.ended is None
    player.wait(hours=2)

    assert player.ended == "completed"
    assert player.variables == {"x": 1}


def test_several_events_together_happen_again_beside_their_task(reload):
    both = several("parallelMultiple", message("one"), message("two"))
    drawn = process(
        "start > work > end; edge > seen > end2", work=user(), seen=user(), edge=boundary("work", both, interrupting=False)
    )
    player = Player(drawn, {}, reload)
    for _ in range(2):
        player.receive("edge")
        player.receive("edge")

    assert player.waits_at.count("seen") == 2
    assert player.waits_at.count("edge") == 2


def test_any_of_several_events_interrupts(reload):
    either = several("multiple", message("one"), timer("duration", "PT1H"))
    player = Player(
        process("start > work > end; edge > seen > end2", work=user(), seen=user(), edge=boundary("work", either)), {}, reload
    )
    player.wait(hours=2)

    assert player.waits_at == ["seen"]


def test_one_event_throws_several_things(reload):
    both = several("multiple", signal("one"), message("two"))
    drawn = process(
        "start > p1 > wait > end1; p1 > work > out > end2",
        wait=draw(CATCH, event=signal("one")), work=user(), out=draw(THROW, event=both),
    )  # fmt: skip
    player = Player(drawn, {}, reload)
    player.do("work")

    assert player.ended == "completed"
    assert [effect.name for effect in player.all if isinstance(effect, port.MessagePublished)] == ["two"]


@pytest.mark.parametrize(("behavior", "times"), [("None", 3), ("One", 1), ("All", 0), ("Complex", 2)])
def test_the_runs_of_an_activity_tell_its_boundary_that_they_are_done(behavior, times, reload):
    done = signal("done")
    facts = {
        "none_event": done,
        "one_event": done,
        "complex_events": ((compile_expression("numberOfCompletedInstances > 1"), done),),
    }
    loop = each("=[1, 2, 3]", behavior=behavior, sequential=True, **facts)
    drawn = process(
        "start > a > end; edge > seen > end2", a=user(loop=loop), seen=user(), edge=boundary("a", done, interrupting=False)
    )
    player = Player(drawn, {}, reload)
    for _ in range(3):
        player.do("a")

    assert player.waits_at.count("seen") == times
