"""Loops: children all at once, one after the other, or again and again."""

import pytest

from engine.bpmn.model import Event
from engine.kernel import port
from tests.kernel.models import again, boundary, call, draw, each, job, message, process, script, sub, timer, user
from tests.kernel.player import Player

UNITS = {"units": ["SCJG", "GAJ", "SFJ"]}


def looped(loop, kind=user, **facts):
    """Draw a process whose one task is a loop."""
    return process("start > a > end", a=kind(loop=loop, **facts))


def test_all_children_are_open_at_once_each_with_its_item():
    player = Player(looped(each("=units", input_element="unit"), groups='="liaison@" + unit'), UNITS)

    offers = player.tell(port.UserTaskCreated)

    assert [offer.candidate_groups[0] for offer in offers] == ["liaison@SCJG", "liaison@GAJ", "liaison@SFJ"]
    assert [offer.local["loopCounter"] for offer in offers] == [1, 2, 3]


def test_the_body_ends_when_every_child_has():
    player = Player(looped(each("=units")), UNITS)

    for _ in range(3):
        assert player.ended is None
        player.do("a")

    assert player.ended == "completed"
    assert player.path == ["start", "a", "a", "a", "a", "end"]


def test_the_body_and_its_children_are_visits_of_their_own():
    player = Player(looped(each("=units")), UNITS)

    entered = [effect for effect in player.tell(port.ElementEntered) if effect.element_id == "a"]

    body = entered[0].element_key
    assert [(found.type, found.loop_counter) for found in entered[:2]] == [("multiInstanceBody", None), ("userTask", 1)]
    assert {found.parent_key for found in entered[1:]} == {body}


@pytest.mark.parametrize("sequential", [False, True])
def test_outputs_are_collected_in_the_order_of_the_inputs(sequential):
    told = {"output_collection": "answers", "output_element": '=unit + ":" + answer'}
    loop = each("=units", input_element="unit", sequential=sequential, **told)
    player = Player(looped(loop), UNITS)

    while player.ended is None:
        key, offer = list(player.open.items())[-1]
        player.send(port.CompleteElement(key, {"answer": str(offer.local["loopCounter"])}))

    assert player.variables["answers"] == ["SCJG:1", "GAJ:2", "SFJ:3"]


def test_an_output_that_names_a_result_keeps_it_out_of_the_process():
    loop = each("=units", output_collection="counts", output_element="=result.n")
    player = Player(looped(loop, job), UNITS)

    for n in (1, 2, 3):
        player.do("a", result={"n": n})

    assert player.variables == {**UNITS, "counts": [1, 2, 3]}


def test_sequential_children_come_one_after_the_other():
    player = Player(looped(each("=units", input_element="unit", sequential=True)), UNITS)

    seen = []
    while player.ended is None:
        [offer] = player.open.values()
        seen.append(offer.local["unit"])
        player.do("a")

    assert seen == UNITS["units"]


@pytest.mark.parametrize("sequential", [False, True])
def test_the_completion_condition_ends_the_loop_early(sequential):
    loop = each("=units", completion_condition="=numberOfCompletedInstances >= 2", sequential=sequential)
    player = Player(looped(loop), UNITS)

    player.do("a")
    player.do("a")

    assert player.ended == "completed"
    assert player.cancelled == ([] if sequential else ["a"])


def test_a_completion_condition_sees_what_its_child_gave():
    loop = each("=units", completion_condition='=vote = "no"', output_collection="votes", output_element="=vote")
    player = Player(looped(loop), UNITS)

    player.do("a", vote="no")

    assert player.variables == {**UNITS, "votes": ["no", None, None]}


@pytest.mark.parametrize("sequential", [False, True])
def test_an_empty_collection_is_done_at_once(sequential):
    loop = each("=[]", output_collection="all", output_element="=1", sequential=sequential)

    assert Player(looped(loop)).variables == {"all": []}


def test_a_cardinality_gives_the_number_of_children():
    assert Player(looped(each(cardinality="=n"), job), {"n": 4}).waits_at == ["a"] * 4


@pytest.mark.parametrize("items", ["=null", "=3", '="text"'])
def test_a_collection_that_is_no_list_is_an_incident(items):
    assert Player(looped(each(items))).tell(port.IncidentRaised)[0].kind == "data"


def test_more_than_ten_thousand_children_are_an_incident():
    assert Player(looped(each(cardinality="=10001"))).tell(port.IncidentRaised)[0].kind == "limit"


def test_there_may_be_many_called_processes():
    drawn = looped(each("=for i in 1..150 return i", input_element="n"), call, outputs={"last": "=n"})
    player = Player(drawn)
    assert [child.variables["n"] for child in player.tell(port.ChildStarted)] == list(range(1, 151))

    while player.ended is None:
        player.do("a")

    assert player.variables == {"last": 150}


def test_a_boundary_on_a_loop_takes_all_children_back():
    drawn = process("start > a > end; late > b", a=call(loop=each("=units")), late=boundary("a", timer("duration", "P1D")))
    player = Player(drawn, UNITS)
    player.do("a")

    player.wait(days=1)

    assert len(player.tell(port.ChildCancelled)) == 2
    assert player.path[-1] == "b"


def test_an_error_of_a_child_reaches_the_boundary_of_the_loop():
    drawn = process("start > a > end; failed > b", a=job(loop=each("=units")), failed=boundary("a", Event("error")))
    player = Player(drawn, UNITS)

    player.fail("a", "E1")

    assert len(player.tell(port.JobCancelled)) == 2
    assert player.path[-1] == "b"


def test_a_sub_process_runs_once_for_each_item():
    inner = sub("start2 > x > y > end2", facts={"loop": each("=units", input_element="unit")}, x=user(), y=script("unit", "1"))
    player = Player(process("start > s > end", s=inner), UNITS)

    for _ in range(3):
        player.do("x")

    assert player.ended == "completed"
    assert player.variables == UNITS


def test_a_childs_failed_output_is_an_incident_of_that_child_alone():
    loop = each("=units", output_collection="all", output_element="=assert(n, n > 0)")
    player = Player(looped(loop), UNITS)
    for n in (1, 0, 3):
        player.do("a", n=n)
    [found] = [effect for effect in player.all if isinstance(effect, port.IncidentRaised)]

    player.send(port.ResolveIncident(found.element_key, {"n": 2}))

    assert player.variables["all"] == [1, 2, 3]


def test_a_standard_loop_goes_on_while_its_condition_holds():
    player = Player(looped(again("=n < 3"), script, target="n", text="n + 1"), {"n": 0})

    assert player.variables == {"n": 3}


def test_a_standard_loop_ends_at_its_maximum():
    player = Player(looped(again(None, 2)))
    player.do("a")
    assert player.open[player.key("a")].local == {"loopCounter": 2}

    player.do("a")

    assert player.ended == "completed"


def test_a_standard_loop_may_ask_first():
    assert Player(looped(again("=false", test_before=True))).path == ["start", "a", "end"]


def test_a_receive_task_in_a_loop_waits_as_often():
    player = Player(looped(each(cardinality="=2"), lambda **facts: draw("receiveTask", event=message(), **facts)))

    player.receive("a")
    player.receive("a")

    assert player.ended == "completed"
