"""Modifying: returns and withdrawals, in the scope where they belong."""

import pytest

from engine.kernel import errors, port
from tests.kernel.models import boundary, draw, each, message, on_event, process, sub, timer, user
from tests.kernel.player import Player

STEPS = process("start > fill > check > sign > end", fill=user(), check=user(), sign=user())
INNER = process("start > s > end", s=sub("start2 > fill > check > end2", fill=user(), check=user()))
TWICE = {"loop": each("=[1, 2]", input_element="n")}
MANY = process("start > s > end", s=sub("start2 > fill > check > end2", facts=TWICE, fill=user(), check=user()))


def back(player, start, *cancel):
    """Cancel what is open at *cancel* and begin at *start*."""
    return player.send(port.Modify(tuple(player.key(element) for element in cancel), start))


def test_a_task_is_returned_to_an_earlier_step_and_variables_stay():
    player = Player(STEPS)
    player.do("fill", text="first")

    back(player, ("fill",), "check")

    assert player.waits_at == ["fill"]
    assert player.cancelled == ["check"]
    assert player.variables == {"text": "first"}


def test_a_return_may_bring_variables():
    player = Player(STEPS)

    player.send(port.Modify((player.key("fill"),), ("sign",), {"reason": "skip"}))

    assert (player.waits_at, player.variables) == (["sign"], {"reason": "skip"})


def test_an_office_may_return_a_list_fifty_times():
    player = Player(STEPS, reload=True)
    sizes = set()
    for _ in range(50):
        player.do("fill")
        back(player, ("fill",), "check")
        sizes.add(len(player.state))

    assert max(sizes) - min(sizes) < 10


def test_a_return_inside_a_sub_process_stays_inside_it():
    player = Player(INNER)
    player.do("fill")

    back(player, ("fill",), "check")

    assert player.cancelled == ["check"]
    player.do("fill")
    player.do("check")
    assert player.path.count("s") == 1
    assert player.ended == "completed"


def test_a_return_inside_one_child_of_a_loop_concerns_that_child():
    player = Player(MANY)
    player.do("fill")
    key = player.key("check")

    player.send(port.Modify((key,), ("fill",)))

    assert player.waits_at == ["fill", "fill"]
    for task in ("fill", "fill", "check", "check"):
        player.do(task)
    assert player.ended == "completed"


def test_a_step_of_a_sub_process_that_runs_several_times_needs_to_be_told_which():
    with pytest.raises(errors.CannotModify):
        back(Player(MANY), ("check",))


def test_a_step_inside_a_sub_process_that_is_over_opens_it_again_there():
    drawn = process("start > s > after > end", s=sub("start2 > fill > check > end2", fill=user(), check=user()), after=user())
    player = Player(drawn)
    player.do("fill")
    player.do("check")

    back(player, ("check",), "after")

    assert player.waits_at == ["check"]
    player.do("check")
    assert player.waits_at == ["after"]


def test_leaving_a_sub_process_for_a_step_outside_takes_it_back():
    drawn = process("start > a > s > end", a=user(), s=sub("start2 > fill > end2", fill=user()))
    player = Player(drawn)
    player.do("a")

    back(player, ("a",), "fill")

    assert player.cancelled == ["fill", "s"]
    assert player.waits_at == ["a"]


def test_siblings_that_are_not_named_go_on():
    player = Player(process("start > p1 > a > p2; p1 > b > c > p2; p2 > end", a=user(), b=user(), c=user()))
    player.do("b")

    back(player, ("b",), "c")

    assert player.waits_at == ["a", "b"]


def test_cancelling_all_without_a_start_ends_the_instance():
    player = Player(STEPS)

    back(player, (), "fill")

    assert player.ended == "cancelled"


def test_boundary_events_are_armed_anew_for_a_returned_task():
    drawn = process("start > a > b > end; late > c", a=user(), b=user(), late=boundary("a", timer("duration", "P1D")))
    player = Player(drawn)
    player.do("a")

    back(player, ("a",), "b")

    assert player.waits_at == ["a", "late"]


def test_a_child_of_a_parallel_loop_can_be_taken_back_and_the_rest_completes():
    player = Player(process("start > a > end", a=user(loop=each(cardinality="=3"))))
    back(player, (), "a")

    player.do("a")
    player.do("a")

    assert player.ended == "completed"


@pytest.mark.parametrize("element", ["gone", "late", "esp", "begin"])
def test_what_only_an_event_begins_cannot_be_started(element):
    drawn = process(
        "start > a > end; late > b",
        a=user(),
        late=boundary("a", timer("duration", "P1D")),
        esp=on_event("begin > end2", begin=draw("startEvent", event=message())),
    )

    with pytest.raises(errors.CannotModify):
        back(Player(drawn), (element,), "a")


def test_what_is_not_open_cannot_be_cancelled():
    with pytest.raises(errors.NotWaiting):
        Player(STEPS).send(port.Modify(("99",), ("fill",)))


SPLIT = process("start > fill > p1 > a > p2; p1 > b > c > p2; p2 > end", fill=user(), a=user(), b=user(), c=user())


def test_a_return_to_before_a_split_takes_away_what_waits_at_the_join():
    player = Player(SPLIT)
    for task in ("fill", "a", "b"):
        player.do(task)

    back(player, ("fill",), "c")

    for task in ("fill", "a", "b", "c"):
        player.do(task)
    assert player.ended == "completed"


def test_a_return_inside_one_branch_leaves_what_the_other_brought():
    player = Player(SPLIT)
    for task in ("fill", "a", "b"):
        player.do(task)

    back(player, ("b",), "c")

    for task in ("b", "c"):
        player.do(task)
    assert player.ended == "completed"
