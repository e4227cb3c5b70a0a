"""Starting and advancing: the smallest processes, and that results do not depend on what was kept in memory."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine import kernel
from engine.kernel import errors, live, port
from tests.kernel.models import call, draw, job, message, process, script, user
from tests.kernel.player import MORNING, Player


def test_a_process_without_work_ends_at_once():
    player = Player(process("start > a > end"), {"x": 1})

    assert player.path == ["start", "a", "end"]
    assert player.effects[-1] == port.InstanceEnded("completed", {"x": 1})


def test_a_user_task_waits_until_it_is_completed():
    player = Player(process("start > review > end", review=user()))
    assert player.waits_at == ["review"]

    player.do("review", opinion="fine")

    assert player.ended == "completed"
    assert player.variables == {"opinion": "fine"}


def test_a_process_begins_at_the_start_event_that_was_triggered():
    drawn = process("start > a > end; called > b > end2", called=draw("startEvent", event=message()))

    assert Player(drawn).path == ["start", "a", "end"]
    assert Player(drawn, start_element="called").path == ["called", "b", "end2"]


def test_a_process_cannot_begin_where_there_is_no_such_start():
    with pytest.raises(errors.NoSuchStart):
        Player(process("called > b > end", called=draw("startEvent", event=message())))


def test_a_finished_instance_takes_no_more_commands():
    player = Player(process("start > end"))

    with pytest.raises(errors.InstanceOver):
        player.send(port.Cancel())


def test_a_task_that_is_done_cannot_be_completed_again():
    player = Player(process("start > a > b > end", a=user(), b=user()))
    key = player.key("a")
    player.do("a")

    with pytest.raises(errors.NotWaiting):
        player.send(port.CompleteElement(key))


def test_a_refused_command_changes_nothing():
    player = Player(process("start > a > end", a=user()))

    with pytest.raises(errors.NotWaiting):
        player.send(port.FireTimer(player.key("a")))

    player.do("a")
    assert player.ended == "completed"


def test_cancelling_takes_everything_back():
    player = Player(process("start > p1 > a > p2; p1 > b > p2; p1 > c > p2; p2 > end", a=user(), b=job(), c=call()))

    player.send(port.Cancel("withdrawn"))

    kinds = [type(effect) for effect in player.effects]
    assert kinds[::2] == [port.UserTaskClosed, port.JobCancelled, port.ChildCancelled, port.InstanceEnded]
    assert player.ended == "cancelled"


def test_a_loop_without_a_wait_is_declined():
    with pytest.raises(errors.KernelLimit):
        Player(process("start > a > x1 > a; x1 > end : 1 = 2", a=script("n", "1")))


def test_the_same_command_on_the_same_state_gives_the_same_result_whether_kept_or_read():
    drawn = process("start > a > b > end", a=user(), b=user())
    definition = port.Definition("d", drawn, lambda decision, variables: None)
    state = kernel.start(definition, {"x": "文"}, MORNING).state
    command = port.CompleteElement("2", {"y": [1, {"z": None}]})

    kept = kernel.advance(definition, state, command, MORNING)
    read = kernel.advance(definition, state, command, MORNING)
    live.forget()

    assert kept == read == kernel.advance(definition, state, command, MORNING)


def test_what_a_caller_does_to_its_variables_afterwards_does_not_matter():
    rows = [{"n": 1}]
    player = Player(process("start > a > end", a=user()), {"rows": rows})

    rows[0]["n"] = 2

    player.do("a")
    assert player.variables == {"rows": [{"n": 1}]}


def test_a_live_instance_is_dropped_after_an_error():
    player = Player(process("start > a > x1; x1 > b : n > 0; x1 > end : else; b > x1", a=user(), b=script("m", "1")))
    with pytest.raises(errors.KernelLimit):
        player.send(port.CompleteElement(player.key("a"), {"n": 1}))

    player.do("a", n=0)

    assert player.ended == "completed"


def test_two_threads_at_the_same_instance_get_the_same_result():
    drawn = process("start > a > p1; p1 > b > p2; p1 > c > p2; p2 > end", a=user(), b=user(), c=user())
    definition = port.Definition("d", drawn, lambda decision, variables: None)
    state = kernel.start(definition, {"x": 1}, MORNING).state

    with ThreadPoolExecutor(4) as pool:
        command = port.CompleteElement("2", {"y": 2})
        results = list(pool.map(lambda _: kernel.advance(definition, state, command, MORNING), range(40)))

    assert all(result == results[0] for result in results)
