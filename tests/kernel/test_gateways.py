"""Gateways: which ways a token takes, and where tokens meet."""

import pytest

from engine.kernel import port
from tests.kernel.models import draw, message, process, script, timer, user
from tests.kernel.player import Player


@pytest.mark.parametrize(("amount", "way"), [(5, "small"), (50, "usual"), (500, "large")])
def test_an_exclusive_gateway_takes_the_first_true_way_else_the_default(amount, way):
    drawn = process("start > x1 > small : amount < 10; x1 > usual : else; x1 > large : amount > 100; x1 > never : amount > 100")

    assert Player(drawn, {"amount": amount}).path == ["start", "x1", way]


def test_a_condition_that_is_null_is_not_true():
    assert Player(process("start > x1 > a : missing > 3; x1 > b : else")).path[-1] == "b"


def test_a_gateway_without_a_true_way_is_an_incident_that_can_be_resolved():
    player = Player(process("start > x1; x1 > a : ok; x1 > b : not(ok)"))
    assert [found.kind for found in player.tell(port.IncidentRaised)] == ["condition"]

    player.resolve("x1", ok=False)

    assert player.path == ["start", "x1", "b"]


def test_a_parallel_gateway_goes_on_when_every_way_has_come():
    player = Player(process("start > p1 > a > p2; p1 > b > p2; p2 > end", a=user(), b=user()))

    player.do("b")
    assert player.path[-1] == "b"
    player.do("a")

    assert player.path[-3:] == ["a", "p2", "end"]
    assert player.path.count("p2") == 1


def test_a_parallel_join_in_a_loop_counts_each_round_anew():
    flows = "start > x0 > p1 > a > p2; p1 > b > p2; p2 > x1 > x0 : again; x1 > end : else"
    drawn = process(flows, x0=draw("exclusiveGateway"), a=user(), b=user())
    player = Player(drawn)
    for again in (True, True, False):
        player.do("a", again=again)
        player.do("b")

    assert player.ended == "completed"
    assert player.path.count("p2") == 3


def test_a_second_token_on_one_way_waits_for_the_next_round():
    drawn = process("start > p1 > m; p1 > n > m; m > p2; p1 > b > p2; p2 > c", b=user(), c=user())
    player = Player(drawn)

    player.do("b")

    assert player.path.count("p2") == 1
    assert [found.element_id for found in player.tell(port.IncidentRaised)] == []
    player.do("c")
    assert [found.kind for found in player.tell(port.IncidentRaised)] == ["deadlock"]


@pytest.mark.parametrize(
    ("variables", "ways"),
    [({"a": True, "b": True}, ["one", "two"]), ({"a": True, "b": False}, ["one"]), ({"a": False, "b": False}, ["other"])],
)
def test_an_inclusive_gateway_takes_every_true_way_else_the_default(variables, ways):
    drawn = process("start > o1; o1 > one : a; o1 > two : b; o1 > other : else; one > o2; two > o2; other > o2; o2 > end")

    player = Player(drawn, variables)

    assert player.path == ["start", "o1", *ways, "o2", "end"]


def test_an_inclusive_join_waits_for_what_can_still_come():
    drawn = process("start > o1; o1 > a : true; o1 > b : wanted; a > o2; b > o2; o2 > end", a=user(), b=user())

    alone, both = Player(drawn, {"wanted": False}), Player(drawn, {"wanted": True})
    alone.do("a")
    both.do("a")

    assert alone.ended == "completed"
    assert both.ended is None
    both.do("b")
    assert both.ended == "completed"


def test_an_inclusive_join_does_not_wait_for_a_way_that_was_left():
    flows = "start > p1 > a > x1 > o2 : ok; x1 > end2 : else; p1 > b > o2; o2 > end"
    player = Player(process(flows, a=user(), b=user()))
    player.do("b")
    assert "o2" not in player.path

    player.do("a", ok=False)

    assert player.path[-2:] == ["o2", "end"]
    assert player.ended == "completed"


def test_an_event_gateway_goes_where_the_first_event_leads():
    drawn = process(
        "start > e1 > paid > a; e1 > soon > b; e1 > late > c",
        paid=draw("intermediateCatchEvent", event=message("paid")),
        soon=draw("intermediateCatchEvent", event=timer("duration", "PT1H")),
        late=draw("intermediateCatchEvent", event=timer("duration", "=span")),
    )
    player = Player(drawn, {"span": "P1D"})
    assert player.waits_at == ["late", "paid", "soon"]

    player.wait(hours=1)

    assert player.path == ["start", "e1", "soon", "b"]
    assert player.waits_at == []


def test_a_message_at_an_event_gateway_brings_its_variables():
    drawn = process(
        "start > e1 > paid > end; e1 > late > end2",
        paid=draw("receiveTask", event=message("paid"), outputs={"sum": "=amount"}),
        late=draw("intermediateCatchEvent", event=timer("duration", "P1D")),
    )
    player = Player(drawn)

    player.receive("paid", amount=7)

    assert player.path == ["start", "e1", "paid", "end"]
    assert player.variables == {"sum": 7}


def test_a_task_with_several_ways_splits():
    player = Player(process("start > a; a > b; a > c : n > 1; a > d : n > 5"), {"n": 3})

    assert player.path == ["start", "a", "b", "c"]


def test_the_default_way_of_a_task_is_for_when_no_condition_holds():
    drawn = process("start > a; a > b : n > 1; a > c : else", a=script("m", "n"))

    assert Player(drawn, {"n": 3}).path[-1] == "b"
    assert Player(drawn, {"n": 1}).path[-1] == "c"


def test_a_task_none_of_whose_ways_is_open_is_an_incident_after_it_was_closed():
    player = Player(process("start > a; a > b : ok", a=user()))

    player.do("a", ok=False)

    assert [type(effect).__name__ for effect in player.effects] == ["UserTaskClosed", "VariablesSet", "IncidentRaised"]
    player.resolve("a", ok=True)
    assert player.path[-1] == "b"
    assert not player.tell(port.UserTaskCreated)


def test_a_join_whose_missing_token_can_never_come_is_an_incident():
    player = Player(process("start > x1; x1 > a : true; x1 > b : else; a > p2; b > p2; p2 > end"))

    [found] = player.tell(port.IncidentRaised)

    assert (found.kind, found.element_id) == ("deadlock", "p2")


def test_an_inclusive_join_of_three_goes_on_once():
    flows = "start > o1; o1 > a : true; o1 > b : true; o1 > c : true; a > o2; b > o2; c > o2; o2 > end"
    player = Player(process(flows, a=user(), b=user(), c=user()))
    for task in "abc":
        player.do(task)

    assert player.path.count("o2") == 1
    assert player.ended == "completed"
