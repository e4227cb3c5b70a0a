import pytest

from engine import bpmn, packs
from engine.soundness import judge, judging
from tests.engine.models import flow, process, user_task

ENDS = '<startEvent id="start"/><endEvent id="end"/>'
DEFAULT = '<exclusiveGateway id="s" default="s_b"/>'
LATE = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"
A, B = user_task("a"), user_task("b")


def gateway(kind, *ids):
    return "".join(f'<{kind}Gateway id="{name}"/>' for name in ids)


def choice(*path):
    return flow(*path, condition="=x = 1")


def judged(body):
    reading = bpmn.read({"p.bpmn": process(ENDS + body)})
    assert reading.problems == []
    verdict = judge(reading.processes[0])
    return [[(found.element, found.template) for found in part] for part in (verdict.findings, verdict.unjudged)]


def split_and_join(split, join, between=A + B):
    ways = (flow if split == "parallel" else choice)("s", "a") + flow("a", "j") + flow("s", "b") + flow("b", "j")
    return gateway(split, "s") + gateway(join, "j") + between + flow("start", "s") + ways + flow("j", "end")


def test_what_parts_and_meets_alike_is_sound():
    assert judged(split_and_join("parallel", "parallel")) == [[], []]


def test_a_join_that_waits_for_a_way_not_taken_is_found():
    body = split_and_join("exclusive", "parallel").replace('<exclusiveGateway id="s"/>', DEFAULT)

    assert judged(body) == [[("j", judging.NEVER_JOINED)], []]


def test_branches_that_meet_without_being_joined_are_found():
    assert judged(split_and_join("parallel", "exclusive")) == [[("j", judging.MEETS)], []]


def test_branches_that_never_meet_may_both_end():
    body = gateway("parallel", "s") + '<endEvent id="other"/>' + A + B
    assert judged(body + flow("start", "s", "a", "end") + flow("s", "b", "other")) == [[], []]


def test_a_circle_without_a_way_out_is_found():
    body = gateway("exclusive", "s").replace("/>", ' default="s_end"/>') + A + B
    found, _ = judged(body + flow("start", "s", "end") + choice("s", "a") + flow("a", "b", "a"))

    assert ({element for element, _ in found}, {template for _, template in found}) == ({"a", "b"}, {judging.NO_END})


def test_an_inclusive_gateway_is_said_not_to_be_judged():
    body = split_and_join("inclusive", "inclusive").replace(
        '<inclusiveGateway id="s"/>', DEFAULT.replace("exclusive", "inclusive")
    )

    assert judged(body) == [[], [("s", judging.UNJUDGED), ("j", judging.UNJUDGED)]]


def test_an_interrupting_event_is_another_way_out():
    body = split_and_join("parallel", "parallel") + '<boundaryEvent id="late" attachedToRef="a">' + LATE

    assert judged(body + flow("late", "end")) == [[("j", judging.NEVER_JOINED)], []]


@pytest.mark.parametrize(("target", "unjudged"), [("aside", []), ("end", [("late", judging.MEETING)])])
def test_what_an_event_starts_beside_the_main_path_is_judged_by_itself(target, unjudged):
    event = '<boundaryEvent id="late" attachedToRef="a" cancelActivity="false">' + LATE
    body = A + '<endEvent id="aside"/>' + flow("start", "a", "end") + event
    body = body if target == "aside" else body.replace('<endEvent id="aside"/>', "")

    assert judged(body + flow("late", target)) == [[], unjudged]


def test_a_sub_process_is_judged_by_itself():
    inner = split_and_join("parallel", "exclusive").replace("start", "begin").replace("end", "stop")
    body = f'<subProcess id="sub"><startEvent id="begin"/><endEvent id="stop"/>{inner}</subProcess>' + flow("start", "sub", "end")

    assert judged(body)[0] == [("j", judging.MEETS)]


def test_a_prover_that_does_not_answer_is_no_proof(monkeypatch):
    monkeypatch.setattr(judging, "PATIENCE", 0.0001)

    assert judged(split_and_join("parallel", "exclusive")) == [[], [("p", judging.NO_ANSWER)]]


@pytest.mark.parametrize("pack", packs.available())
def test_every_process_of_the_packs_is_sound_as_far_as_can_be_judged(pack):
    files = {path: data for path, data in packs.files(pack).items() if path.endswith(".bpmn")}

    assert [found for process in bpmn.read(files).processes for found in judge(process).findings] == []
