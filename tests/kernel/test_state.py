"""The stored state: exact, small, and refused when it is not ours."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import kernel
from engine.kernel import errors, live, net, port, state
from tests.kernel.models import each, process, user
from tests.kernel.player import MORNING, Player

ONE = process("start > a > end", a=user())
NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["typename", "a", "甲"]), inner, max_size=3),
    max_leaves=12,
)


def shape(value: object) -> object:
    """Give a value with the type of each of its numbers."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else (type(value), str(value))


@given(VALUES)
def test_a_reload_gives_back_every_value_exactly(value):
    player = Player(ONE, {"v": value})
    kept = live.take("p:1", player.state)
    assert kept is not None

    read = kernel.variables(player.definition, player.state)

    assert shape(read) == shape(kept.root.variables)


def test_a_state_written_again_is_the_same():
    player = Player(process("start > a > end", a=user(loop=each(cardinality="=3"))), {"n": Decimal("0.10")})

    assert state.encode(state.decode(net.net_of(player.definition), player.state)) == player.state


def test_a_small_instance_has_a_small_state():
    assert len(Player(ONE).state) < 100


def test_forty_children_take_less_than_three_kilobytes():
    drawn = process("start > a > end", a=user(loop=each("=for i in 1..41 return i", input_element="unit")))

    assert len(Player(drawn).state) < 3000


@pytest.mark.parametrize(
    "damaged", [b"", b"{}", b"K9p[]", b"K1p[1,2", b"K1p[1,0,0,[],[]]", b'K1p[1,0,0,["gone"],[[0,0,-1,32,2,0,0,0]]]']
)
def test_a_state_that_cannot_be_read_is_declined(damaged):
    definition = port.Definition("p:1", ONE, lambda decision, variables: None)

    with pytest.raises(errors.StateUnreadable):
        kernel.advance(definition, damaged, port.Cancel(), MORNING)
