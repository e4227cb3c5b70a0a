"""Migrating in the kernel: what waits goes on in the new version, with everything it remembers."""

import pytest

from engine import kernel
from engine.bpmn.model import Event
from engine.kernel import Versions, port
from tests.kernel.models import boundary, draw, each, message, process, sub, user, value
from tests.kernel.player import MORNING, Player


def migrated(player, drawn, plan=None):
    """Put the player's instance on another process."""
    target = port.Definition("p:2", drawn, lambda decision, variables: None)
    assert kernel.misfits(player.definition, target, player.state, plan or {}) == []
    moved = kernel.migrate(player.definition, target, player.state, plan or {}, MORNING)
    player.definition = target
    player._take(port.Advance(moved.state, moved.effects))
    return moved


def test_the_children_of_a_loop_move_with_it():
    player = Player(process("start > a > end", a=user(loop=each("=[1, 2]"))))
    player.do("a")

    migrated(player, process("start > b > c > end", b=user(loop=each("=[1, 2]")), c=user()), {"a": "b"})
    player.send(port.CompleteElement(next(iter(player.open))))

    assert player.waits_at == ["c"]


def test_what_was_done_is_undone_by_the_handler_of_the_new_version():
    edge = {"edge": boundary("a", Event("compensation"), compensation_handler="un"), "un": user(for_compensation=True)}
    new = {"edge": boundary("a", Event("compensation"), compensation_handler="undo"), "undo": user(for_compensation=True)}
    back = draw("intermediateThrowEvent", event=Event("compensation"))
    player = Player(process("start > a > b > back > end", a=user(), b=user(), back=back, **edge))
    player.do("a")

    migrated(player, process("start > a > b > back > end", a=user(), b=user(), back=back, **new), {"un": "undo"})
    player.do("b")

    assert player.waits_at == ["undo"]


def test_what_could_not_be_undone_any_more_stands_in_the_way():
    edge = {"edge": boundary("a", Event("compensation"), compensation_handler="un"), "un": user(for_compensation=True)}
    player = Player(process("start > a > b > end", a=user(), b=user(), **edge))
    player.do("a")
    target = port.Definition("p:2", process("start > a > b > end", a=user(), b=user()), lambda decision, variables: None)

    assert [element for element, *_ in kernel.misfits(player.definition, target, player.state, {})] == ["un"]


def test_a_new_condition_that_holds_already_breaks_in():
    player = Player(process("start > a > end", a=user()), {"n": 5})
    edge = boundary("a", Event("conditional", expression=value("=n > 1")))

    migrated(player, process("start > a > end; edge > b > end2", a=user(), b=user(), edge=edge))

    assert player.waits_at == ["b"]


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (process("start > s > end", s=sub("t > a", t=draw("startEvent"), a=user())), "lies in another sub-process"),
        (process("start > a > end", a=draw("receiveTask", event=message())), "not of the same kind"),
        (process("start > a > end", a=user(loop=each("=[1]"))), "not of the same kind"),
    ],
)
def test_a_visit_keeps_its_kind_and_its_place(drawn, said):
    player = Player(process("start > a > end", a=user()))
    found = kernel.misfits(player.definition, port.Definition("p:2", drawn, lambda *_: None), player.state, {})

    assert any(said in template for _, template, _ in found)


def test_a_plan_may_only_name_elements_that_are_there():
    old, new = process("start > a > end", a=user()), process("start > b > end", b=user())

    assert kernel.faults(Versions(old, new, {"a": "b"})) == []
    assert [element for element, *_ in kernel.faults(Versions(old, new, {"x": "b", "a": "y"}))] == ["x", "a"]
