"""Properties: random processes and random commands, with a reload after every step and without."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine import kernel
from engine.bpmn.model import Process
from engine.kernel import live, port, refuse
from tests.kernel.bigger_blocks import processes
from tests.kernel.player import Player

START = {"ok": True, "more": False, "n": 0}
ANSWERS = st.fixed_dictionaries({"ok": st.booleans(), "more": st.booleans(), "n": st.integers(0, 9)})
MOVES = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 29), ANSWERS), min_size=15, max_size=40)
EXAMPLES = 60 if settings.get_current_profile_name() == "default" else settings.default.max_examples
CALM = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
JOINS = ("parallelGateway", "inclusiveGateway", "complexGateway")
CONTAINERS = ("subProcess", "transaction")
QUIET = (*JOINS, "intermediateThrowEvent")


def command(player: Player, which: int, how: int, answer: dict[str, Any]) -> port.Command | None:
    """Choose a command for one of the open things."""
    keys = list(player.open)
    key = keys[which % len(keys)]
    match player.open[key]:
        case port.UserTaskCreated(element_id=element_id):
            return port.Modify((key,), (element_id,), answer) if how == 0 else port.CompleteElement(key, answer)
        case port.JobCreated() | port.ChildStarted():
            return port.ThrowError(key, "E1", "no", answer) if how < 3 else port.CompleteElement(key, answer)
        case port.TimerArmed(due_at=due_at):
            player.at = max(player.at, due_at)
            return port.FireTimer(key)
        case port.SubscriptionOpened():
            return port.Trigger(key, answer)
        case _:
            return port.ResolveIncident(key, answer)


def consume(player: Player, sent: port.Command) -> None:
    """Forget what a command uses up outside."""
    if isinstance(sent, port.FireTimer | port.ThrowError | port.CompleteElement):
        player.open.pop(sent.element_key)


@CALM
@given(processes(), MOVES)
def test_a_reload_after_every_step_changes_nothing(drawn: Process, moves):
    live.forget()
    kept, read = Player(drawn, START), Player(drawn, START, reload=True, key="p:2")
    for move in moves:
        if kept.ended:
            break
        sent = command(kept, *move)
        read.at = kept.at
        for player in (kept, read):
            consume(player, sent)
            player.send(sent)
        assert (kept.effects, kept.state, kept.variables) == (read.effects, read.state, read.variables)


@CALM
@given(processes(), MOVES)
def test_the_recorded_commands_give_the_same_effects_again(drawn: Process, moves):
    live.forget()
    player, recorded = Player(drawn, START), []
    for move in moves:
        if player.ended:
            break
        sent = command(player, *move)
        recorded.append((player.at, sent))
        consume(player, sent)
        player.send(sent)

    live.forget()
    again = Player(drawn, START, key="p:3")
    for at, sent in recorded:
        again.at = at
        again.send(sent)

    assert (again.all, again.state) == (player.all, player.state)


@CALM
@given(processes(), MOVES)
def test_it_always_ends_or_waits_for_something_named(drawn: Process, moves):
    assert refuse(drawn) == []
    player = Player(drawn, START)
    for move in moves:
        if player.ended:
            break
        check_waits(player)
        sent = command(player, *move)
        consume(player, sent)
        player.send(sent)
    assert player.ended or player.open


def check_waits(player: Player) -> None:
    """See that all that lives is open outside, or a token at a join that others will reach, or waits until all is undone."""
    found = kernel.waiting(player.definition, player.state)
    holders = {one.parent_key for one in found}
    innermost = [one for one in found if one.element_key not in holders]
    assert all(one.element_key in player.open or one.type in QUIET for one in innermost)
    assert any(one.element_key in player.open for one in innermost)


@CALM
@given(processes(), MOVES)
def test_tokens_neither_multiply_nor_vanish(drawn: Process, moves):
    player = Player(drawn, START)
    for move in moves:
        if player.ended:
            break
        sent = command(player, *move)
        consume(player, sent)
        player.send(sent)
    check_visits(player)
    if not any(isinstance(effect, port.ElementLeft) and effect.outcome == "cancelled" for effect in player.all):
        check_flows(drawn, player)


def check_visits(player: Player) -> None:
    """See that each visit is entered once and left at most once, and that none is left open at the end."""
    entered = [effect.element_key for effect in player.all if isinstance(effect, port.ElementEntered)]
    left = [effect.element_key for effect in player.all if isinstance(effect, port.ElementLeft)]
    assert len(set(entered)) == len(entered)
    assert len(set(left)) == len(left)
    assert set(left) <= set(entered)
    assert not player.ended or set(left) == set(entered)
    assert not player.ended or not player.open


def check_flows(drawn: Process, player: Player) -> None:
    """See that each flow taken led to one visit, at a join to its share of one."""
    taken = Counter(flow for effect in player.all if isinstance(effect, port.ElementLeft) for flow in effect.taken)
    visits = Counter(
        effect.element_id for effect in player.all if isinstance(effect, port.ElementEntered) and effect.loop_counter is None
    )
    for element in drawn.elements.values():
        arrived = [taken[flow] for flow in element.incoming]
        if element.type == "parallelGateway" and len(arrived) > 1:
            assert visits[element.id] == min(arrived)
        elif element.type == "inclusiveGateway" and len(arrived) > 1:
            split = f"o{int(element.id[1:]) - 1}"
            assert visits[element.id] <= visits[split]
            assert not player.ended or visits[element.id] == visits[split]
        elif element.type == "complexGateway" and len(arrived) > 1:
            assert bool(visits[element.id]) <= bool(sum(arrived))
            assert visits[element.id] <= sum(arrived)
        elif arrived and element.type in CONTAINERS:
            # one that is undone is opened again
            assert visits[element.id] >= sum(arrived)
        elif arrived:
            assert visits[element.id] == sum(arrived)
