"""Reading for pages: what waits, and who sees which variables."""

import pytest

from engine import kernel
from engine.kernel import errors
from tests.kernel.models import boundary, each, process, sub, timer, user
from tests.kernel.player import Player


def test_everything_that_is_live_is_listed_oldest_first():
    drawn = process("start > a > end; late > b", a=user(), late=boundary("a", timer("duration", "P1D")))
    player = Player(drawn)

    found = kernel.waiting(player.definition, player.state)

    assert [(one.element_id, one.type, one.is_armed) for one in found] == [
        ("a", "userTask", False),
        ("late", "boundaryEvent", True),
    ]


def test_a_loops_children_are_listed_under_their_body():
    player = Player(process("start > a > end", a=user(loop=each(cardinality="=2"))))

    body, *children = kernel.waiting(player.definition, player.state)

    assert body.type == "multiInstanceBody"
    assert [(child.parent_key, child.loop_counter) for child in children] == [(body.element_key, 1), (body.element_key, 2)]


def test_a_failed_element_is_marked():
    player = Player(process("start > x1; x1 > a : false; x1 > b : false"))

    assert [one.has_failed for one in kernel.waiting(player.definition, player.state)] == [True]


def test_a_visit_sees_the_variables_of_the_scopes_around_it():
    inner = sub("start2 > a > end2", facts={"inputs": {"n": "=2"}}, a=user(inputs={"m": "=n + 1"}))
    player = Player(process("start > s > end", s=inner), {"n": 1, "x": 0})

    assert kernel.variables(player.definition, player.state, player.key("a")) == {"n": 2, "x": 0, "m": 3}
    assert kernel.variables(player.definition, player.state) == {"n": 1, "x": 0}


def test_a_finished_instance_waits_with_nothing_and_keeps_its_variables():
    player = Player(process("start > end"), {"x": 1})

    assert kernel.waiting(player.definition, player.state) == []
    assert player.variables == {"x": 1}


def test_asking_for_a_visit_that_is_gone_is_declined():
    player = Player(process("start > end"))

    with pytest.raises(errors.NotWaiting):
        kernel.variables(player.definition, player.state, "7")
