"""Parts: a wide instance writes what a step touched, and is the same whether it was kept or read again."""

import pytest

from engine import kernel
from engine.kernel import live
from engine.kernel.errors import StateUnreadable
from engine.kernel.parts import FEW_AGAIN, SIGN, SIZE, TOO_MANY, Parted
from engine.kernel.port import CompleteElement
from tests.kernel.models import each, process, user
from tests.kernel.player import MORNING, Player

WIDE = process("start > a > end", a=user(loop=each(f"=for i in 1..{TOO_MANY + 50} return i", input_element="unit")))


class Shelf:
    """What a database would keep of one instance: the head, and the parts, of which only changes are written."""

    def __init__(self, player: Player) -> None:
        self.definition = player.definition
        self.parts: dict[int, bytes] = {}
        self.put(player.state)

    def put(self, state: bytes) -> int:
        """Write a state; give how many bytes that were."""
        self.head, changed = bytes(state), state.changed if isinstance(state, Parted) else {}
        self.parts = {} if isinstance(state, Parted) and state.anew else self.parts
        self.parts = {number: part for number, part in (self.parts | changed).items() if part}
        return len(self.head) + sum(map(len, changed.values()))

    def read(self) -> bytes:
        """Read the state."""
        parts = dict(self.parts)
        return Parted.of(self.head, lambda: parts) if self.head.startswith(SIGN) else self.head

    def complete(self, place: int, kept: bool) -> kernel.port.Advance:
        """Complete one of the open tasks, with the instance *kept* in memory or read again."""
        if not kept:
            live.forget()
        waiting = [found.element_key for found in kernel.waiting(self.definition, self.read()) if found.element_id == "a"]
        tasks = sorted(waiting, key=int)[1:]  # the first is the loop around them
        advance = kernel.advance(self.definition, self.read(), CompleteElement(tasks[place]), MORNING)
        self.written = self.put(advance.state)
        return advance


@pytest.mark.parametrize("places", [[0] * 6, [-1] * 6, [3, 70, 200, -1, 0, 130]])
def test_a_kept_and_a_read_instance_write_the_same(places):
    kept, read = Shelf(Player(WIDE)), Shelf(Player(WIDE))

    for place in places:
        assert kept.complete(place, kept=True).effects == read.complete(place, kept=False).effects

    assert (kept.head, kept.parts) == (read.head, read.parts)


def test_a_step_writes_what_it_touched():
    shelf = Shelf(Player(WIDE))
    everything = len(shelf.head) + sum(map(len, shelf.parts.values()))

    shelf.complete(-1, kept=True)

    assert shelf.written < everything / 2


def test_an_instance_that_has_become_small_is_put_together_again():
    shelf = Shelf(Player(WIDE))
    assert len(shelf.parts) == (TOO_MANY + 52 - 1) // SIZE

    while shelf.parts:
        shelf.complete(0, kept=True)
    left = [found for found in kernel.waiting(shelf.definition, shelf.read()) if found.element_id == "a"]
    assert len(left) == FEW_AGAIN - 1

    for _ in range(FEW_AGAIN - 2):
        last = shelf.complete(0, kept=False)
    assert last.effects[-1].outcome == "completed"


def test_parts_of_another_moment_are_declined():
    shelf = Shelf(Player(WIDE))
    number = next(iter(shelf.parts))
    shelf.parts[number] = shelf.parts[number].replace(b"1", b"2", 1)
    live.forget()

    with pytest.raises(StateUnreadable):
        kernel.waiting(shelf.definition, shelf.read())


def test_what_was_not_written_yet_counts():
    shelf = Shelf(Player(WIDE))
    waiting = sorted((found.element_key for found in kernel.waiting(shelf.definition, shelf.read())), key=int)
    first = kernel.advance(shelf.definition, shelf.read(), CompleteElement(waiting[-1]), MORNING)
    live.forget()

    second = kernel.advance(shelf.definition, first.state, CompleteElement(waiting[5]), MORNING)
    shelf.put(second.state)

    assert len(kernel.waiting(shelf.definition, shelf.read())) == len(waiting) - 2
