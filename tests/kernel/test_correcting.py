"""Correcting: what was counted from a date follows it, and nothing else moves."""

from datetime import date

import pytest

from engine.kernel import port
from tests.kernel.models import boundary, call, draw, each, process, sub, timer, user
from tests.kernel.player import Player

DUE = "=date(dates.M1)"
WAITING = process("start > wait > end", wait=draw("intermediateCatchEvent", event=timer("date", DUE)))
TASK = process("start > fill > end", fill=user(due_date=DUE))
OTHER = process("start > fill > end", fill=user(due_date="=add workdays(today(), 2)"))
GIVES = {"dates": "=dates", "unit": "=unit", "until": "=dates.M1"}
CALLED = process("start > c > end", c=call("child", inputs=GIVES, propagate_all_parent_variables=False))
GIVEN = {"dates": {"M1": "2022-08-19", "M2": "2022-08-31"}, "unit": "A"}
MOVED = {"dates": {"M1": "2022-08-26", "M2": "2022-08-31"}}


def of(player, kind):
    return [effect for effect in player.effects if isinstance(effect, kind)]


@pytest.mark.parametrize("reload", [False, True])
def test_a_timer_follows_the_date_it_waits_for(reload):
    player = Player(WAITING, GIVEN, reload=reload)

    player.send(port.Correct(MOVED))

    [armed] = of(player, port.TimerArmed)
    assert (len(of(player, port.TimerDisarmed)), armed.due_at.date()) == (1, date(2022, 8, 26))
    player.wait(days=11)
    assert player.ended is None
    player.wait(days=7)
    assert player.ended == "completed"


def test_a_timer_at_the_edge_of_a_task_follows_too():
    late = process("start > fill > end; late > end2", fill=user(), late=boundary("fill", timer("date", DUE), interrupting=False))
    player = Player(late, GIVEN)

    player.send(port.Correct(MOVED))

    assert [effect.due_at.date() for effect in of(player, port.TimerArmed)] == [date(2022, 8, 26)]


def test_an_open_task_is_due_on_the_new_date():
    player = Player(TASK, GIVEN)

    player.send(port.Correct(MOVED))

    assert [effect.due_at.date() for effect in of(player, port.UserTaskRescheduled)] == [date(2022, 8, 26)]
    player.do("fill")
    assert player.ended == "completed"


def test_what_does_not_depend_on_the_date_stays():
    player = Player(TASK, GIVEN)

    player.send(port.Correct({"dates": {"M1": "2022-08-19", "M2": "2022-09-07"}}))

    assert of(player, port.UserTaskRescheduled) == []


def test_a_due_date_counted_from_the_day_of_the_task_stays_as_the_days_go_by():
    player = Player(OTHER, GIVEN, functions={"add workdays": lambda day, number: day})
    player.wait(days=3)

    player.send(port.Correct(MOVED))

    assert of(player, port.UserTaskRescheduled) == []


def test_a_child_is_told_of_what_it_was_given_and_is_different_now():
    player = Player(CALLED, GIVEN)

    player.send(port.Correct(MOVED))

    [told] = of(player, port.ChildCorrected)
    assert told.variables == MOVED | {"until": "2022-08-26"}


def test_a_child_is_told_nothing_when_nothing_it_was_given_changed():
    player = Player(
        process("start > c > end", c=call("child", inputs={"until": "=dates.M1"}, propagate_all_parent_variables=False)), GIVEN
    )

    player.send(port.Correct({"dates": {"M1": "2022-08-19", "M2": "2022-09-07"}}))

    assert of(player, port.ChildCorrected) == []


def test_each_child_of_a_loop_follows_with_its_own_item():
    waits = sub(
        "start2 > wait > end2", facts={"loop": each("=codes", input_element="code")},
        wait=draw("intermediateCatchEvent", event=timer("date", "=date(get value(dates, code))")),
    )  # fmt: skip
    player = Player(process("start > s > end", s=waits), GIVEN | {"codes": ["M1", "M2"]})

    player.send(port.Correct(MOVED))

    assert [effect.due_at.date() for effect in of(player, port.TimerArmed)] == [date(2022, 8, 26)]


def test_a_date_that_a_table_gives_follows_when_the_table_changed():
    wait = process("start > wait > end", wait=draw("intermediateCatchEvent", event=timer("date", '=add workdays("M1")')))
    player = Player(wait, {}, functions={"add workdays": lambda code: date(2022, 8, 19)})
    before, after = player.definition.functions, {"add workdays": lambda code: date(2022, 8, 26)}
    player.definition = port.Definition("p:1", player.definition.process, player.definition.decide, after)

    player.send(port.Correct({}, before))

    assert [effect.due_at.date() for effect in of(player, port.TimerArmed)] == [date(2022, 8, 26)]


def test_what_cannot_be_counted_from_the_new_value_stays_as_it_was():
    player = Player(WAITING, GIVEN)

    player.send(port.Correct({"dates": {}}))

    assert of(player, port.TimerArmed) == of(player, port.IncidentRaised) == []
