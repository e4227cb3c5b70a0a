"""Moving tokens by hand out of loops, parallel branches and into one of several runs of a sub-process."""

import pytest

from engine.kernel import errors, port
from tests.kernel.models import call, draw, each, message, process, sub, user
from tests.kernel.player import Player

SIGNED = {"output_collection": "all", "output_element": "=by"}
ONE_BY_ONE = process("start > sign > after > end", sign=user(loop=each("=[1, 2, 3]", sequential=True, **SIGNED)), after=user())
TOGETHER = process("start > sign > after > end", sign=user(loop=each("=[1, 2, 3]", **SIGNED)), after=user())
BRANCHES = process("start > p1 > a > p2; p1 > b > c > p2; p2 > after > end", a=user(), b=user(), c=user(), after=user())
TWICE = {"loop": each("=[1, 2]", input_element="n")}
MANY = process("start > s > end", s=sub("start2 > fill > check > end2", facts=TWICE, fill=user(), check=user()))


def move(player, *start, cancel=(), **more):
    """Take back what is open at *cancel* and begin at *start*."""
    return player.send(port.Modify(tuple(player.key(element) for element in cancel), start, **more))


def body(player, element_id):
    """Give the key of the loop around an element."""
    return next(e.element_key for e in player.all if isinstance(e, port.ElementEntered) and e.element_id == element_id)


def test_taking_one_run_of_a_sequence_back_goes_on_with_the_next():
    player = Player(ONE_BY_ONE, reload=True)
    player.do("sign", by="ann")

    move(player, cancel=["sign"])

    player.do("sign", by="bob")
    assert (player.waits_at, player.variables["all"]) == (["after"], ["ann", None, "bob"])


@pytest.mark.parametrize("drawn", [ONE_BY_ONE, TOGETHER])
def test_taking_the_last_run_back_ends_the_loop_with_what_the_others_gave(drawn):
    player = Player(drawn, reload=True)
    player.do("sign", by="ann")
    player.do("sign", by="bob")

    move(player, cancel=["sign"])

    assert (player.waits_at, player.variables["all"]) == (["after"], ["ann", "bob", None])


@pytest.mark.parametrize("drawn", [ONE_BY_ONE, TOGETHER])
def test_a_loop_is_left_as_a_whole_for_a_step_outside(drawn):
    player = Player(drawn)

    player.send(port.Modify((body(player, "sign"),), ("after",)))

    assert player.waits_at == ["after"]
    player.do("after")
    assert player.ended == "completed"


def test_leaving_the_only_run_of_a_sequence_for_a_step_outside_leaves_the_loop():
    player = Player(ONE_BY_ONE)

    move(player, "after", cancel=["sign"])

    assert player.waits_at == ["after"]


def test_a_run_of_a_sub_process_taken_back_leaves_the_others_running():
    player = Player(MANY)
    player.do("fill")

    move(player, cancel=["check"])

    assert player.waits_at == ["fill"]
    player.do("fill")
    player.do("check")
    assert player.ended == "completed"


def test_leaving_parallel_branches_for_what_follows_takes_what_waits_at_the_join_along():
    player = Player(BRANCHES, reload=True)
    player.do("a")

    move(player, "after", cancel=["b"])

    assert player.waits_at == ["after"]
    player.do("after")
    assert player.ended == "completed"


def test_moving_within_one_branch_leaves_the_join_waiting_for_it():
    player = Player(BRANCHES)
    player.do("a")

    move(player, "c", cancel=["b"])
    player.do("c")

    assert player.waits_at == ["after"]


def test_a_branch_that_is_only_taken_back_leaves_the_join_asking_for_help():
    player = Player(BRANCHES)
    player.do("a")

    move(player, cancel=["b"])

    [told] = player.tell(port.IncidentRaised)
    assert (told.kind, told.element_id) == ("deadlock", "p2")


def test_a_step_begins_in_the_run_that_is_named():
    player = Player(MANY, reload=True)
    runs = [e.element_key for e in player.all if isinstance(e, port.ElementEntered) and e.type == "subProcess"]

    move(player, "check", within={"check": runs[1]})

    [entered] = [effect for effect in player.tell(port.ElementEntered) if effect.element_id == "check"]
    assert entered.parent_key == runs[1]


@pytest.mark.parametrize("within", ["999", "fill"])
def test_a_run_that_does_not_hold_the_step_is_refused(within):
    player = Player(MANY)
    key = player.key("fill") if within == "fill" else within

    with pytest.raises(errors.NotInThere):
        move(player, "check", within={"check": key})


def test_a_call_is_taken_back_with_what_it_called():
    player = Player(process("start > call > after > end", call=call(), after=user()))

    move(player, "after", cancel=["call"])

    assert (len(player.tell(port.ChildCancelled)), player.waits_at) == (1, ["after"])


def test_what_a_step_waited_for_is_not_waited_for_any_more():
    drawn = process("start > wait > after > end", wait=draw("receiveTask", event=message()), after=user())
    player = Player(drawn)

    move(player, "after", cancel=["wait"])

    assert (len(player.tell(port.SubscriptionClosed)), player.waits_at) == (1, ["after"])
