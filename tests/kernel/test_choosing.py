"""Ad-hoc sub-processes, listeners, escalations of called processes, and receives that begin a process."""

from dataclasses import replace

import pytest

from engine.bpmn.model import AdHoc, Event, Listener, Value
from engine.kernel import port
from tests.kernel.models import boundary, call, draw, job, message, process, script, sub, user, value
from tests.kernel.player import Player


@pytest.fixture(params=[False, True], ids=["kept", "reloaded"])
def reload(request):
    return request.param


def ad_hoc(plan, flows="a > b; c", **inner):
    """Draw an ad-hoc sub-process of a pair of tasks and a single one."""
    tasks = {"a": user(), "b": user(), "c": user()} | inner
    return process("start > it > end", it=sub(flows, "adHocSubProcess", facts={"ad_hoc": plan}, **tasks))


def test_all_that_nothing_leads_to_is_started_and_all_of_it_is_done(reload):
    player = Player(ad_hoc(AdHoc()), {}, reload)
    assert player.waits_at == ["a", "c"]
    for task in "acb":
        player.do(task)

    assert player.ended == "completed"


def test_only_what_is_chosen_is_started(reload):
    player = Player(ad_hoc(AdHoc(active_elements=value('=if hurry then ["c"] else ["a", "c"]'))), {"hurry": True}, reload)
    assert player.waits_at == ["c"]
    player.do("c")

    assert player.ended == "completed"


def test_nothing_chosen_is_done_at_once(reload):
    assert Player(ad_hoc(AdHoc(active_elements=value("=[]"))), {}, reload).ended == "completed"


@pytest.mark.parametrize(("cancel", "left"), [(True, []), (False, ["b", "c"])])
def test_enough_is_enough(cancel, left, reload):
    player = Player(ad_hoc(AdHoc(completion_condition=value("=done"), cancel_remaining=cancel), "a; c"), {"done": False}, reload)
    player.do("a", done=True)

    assert player.waits_at == left


def test_one_after_the_other(reload):
    player = Player(ad_hoc(AdHoc(sequential=True)), {}, reload)
    seen = []
    while not player.ended:
        seen += player.waits_at
        player.do(player.waits_at[0])

    assert seen == ["a", "b", "c"]


def test_a_choice_that_is_none_is_an_incident(reload):
    player = Player(ad_hoc(AdHoc(active_elements=value('=["nobody"]'))), {}, reload)

    assert [raised.element_id for raised in player.tell(port.IncidentRaised)] == ["it"]


def test_a_completion_condition_that_fails_is_asked_again(reload):
    plan = AdHoc(completion_condition=value('=if ok then true else assert(ok, ok, "no") = true'))
    player = Player(ad_hoc(plan), {"ok": False}, reload)
    player.do("c")
    assert "it" in player.waits_at

    player.resolve("it", ok=True)

    assert player.ended == "completed"


def listening(*events, task=(), **facts):
    """Draw a task with listeners."""
    told = tuple(Listener(event, Value(f"on {event}")) for event in events)
    return user(execution_listeners=told, task_listeners=tuple(Listener(one, Value(f"on {one}")) for one in task), **facts)


def asked(player):
    """List the jobs that are open."""
    return [effect.type for effect in player.open.values() if isinstance(effect, port.JobCreated)]


def test_listeners_run_before_and_after_in_their_order(reload):
    player = Player(process("start > a > end", a=listening("start", "end", task=("creating", "completing"))), {}, reload)
    seen = []
    while not player.ended:
        seen += asked(player) or ["the person"]
        player.do("a")

    assert seen == ["on start", "on creating", "the person", "on completing", "on end"]


def test_what_a_listener_gives_is_seen_by_the_task(reload):
    player = Player(process("start > a > end", a=listening("start", due_date="=due")), {}, reload)
    player.do("a", due="2022-08-11")

    assert [task.due_at.date().isoformat() for task in player.tell(port.UserTaskCreated)] == ["2022-08-11"]


def test_a_listener_is_called_off_with_its_element(reload):
    drawn = process("start > a > end; edge > end2", a=listening("start"), edge=boundary("a", message()))
    player = Player(drawn, {}, reload)
    player.receive("edge")

    assert len(player.tell(port.JobCancelled)) == 1 and player.ended == "completed"


def test_the_process_itself_has_listeners(reload):
    told = (Listener("start", Value("on start")), Listener("end", Value("on end")))
    player = Player(replace(process("start > a > end", a=script("x", "y + 1")), execution_listeners=told), {}, reload)
    player.send(port.CompleteElement("0", {"y": 1}))
    assert player.variables["x"] == 2

    player.send(port.CompleteElement("0"))

    assert player.ended == "completed"


def test_a_called_process_escalates_beside_its_work(reload):
    drawn = process(
        "start > c > end; edge > seen > end2",
        c=call(),
        seen=user(),
        edge=boundary("c", Event("escalation", code="L"), interrupting=False),
    )
    player = Player(drawn, {}, reload)
    player.send(port.ThrowEscalation(player.key("c"), "L", {"why": "late"}))

    assert player.waits_at == ["c", "seen"]
    assert player.variables == {"why": "late"}


def test_an_escalation_leaves_a_called_process_only_where_nothing_in_it_catches_it(reload):
    out = draw("endEvent", event=Event("escalation", code="L"))
    child = Player(process("start > out", out=out), {}, reload, child=True)
    alone = Player(process("start > out", out=out), {}, reload)

    assert [effect.code for effect in child.all if isinstance(effect, port.EscalationEscaped)] == ["L"]
    assert not any(isinstance(effect, port.EscalationEscaped) for effect in alone.all)


def test_a_receive_begins_a_process(reload):
    drawn = process("m > work > end", m=draw("receiveTask", event=message(), instantiate=True), work=user())
    player = Player(drawn, {"x": 1}, reload, start_element="m")

    assert player.waits_at == ["work"]
    assert player.variables == {"x": 1}


def test_a_failing_listener_is_an_incident_until_it_is_resolved(reload):
    player = Player(process("start > a > end", a=user(execution_listeners=(Listener("start", value("=kind")),))), {}, reload)
    assert [raised.element_id for raised in player.tell(port.IncidentRaised)] == ["a"]

    player.resolve("a", kind="tell")

    assert asked(player) == ["tell"]


def test_a_job_keeps_its_own_result_apart_from_its_listener(reload):
    drawn = process("start > a > end", a=job(execution_listeners=(Listener("end", Value("after")),)))
    player = Player(drawn, {}, reload)
    player.do("a", n=1)
    player.do("a", m=2)

    assert player.ended == "completed" and player.variables == {"n": 1, "m": 2}
