"""Joins that cannot work are refused where they are drawn."""

import pytest

from tests.bpmn_reader.models import END, START, between, complaints, flow, notices

TASK, LINE = '<task id="it"/>', between('<task id="it"/>')
CONDITION = "<conditionExpression>=true</conditionExpression>"
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
SUB = '<subProcess id="it"><startEvent id="inner"/></subProcess>'
SIGNAL = '<signalEventDefinition signalRef="s"/>'
STARTED = START + flow("start", "it")
CASES = {
    "dangling flow": (LINE + flow("it", "nowhere"), "The targetRef of the flow is nowhere"),
    "flow over a border": (
        between(SUB) + '<task id="t"/>' + flow("it", "t") + flow("inner", "t"),
        "The flow leaves a sub-process",
    ),
    "flow into a start": (LINE + flow("it", "start"), "No flow may lead into start"),
    "flow out of an end": (LINE + '<task id="t"/>' + flow("end", "t"), "No flow may leave end"),
    "flow of a handler": (LINE + '<task id="undo" isForCompensation="true"/>' + flow("it", "undo"), "No flow may lead into undo"),
    "stale outgoing": (between('<task id="it"><outgoing>gone</outgoing></task>'), "names the outgoing flow gone"),
    "foreign default": (between('<task id="it" default="start_it"/>'), "does not leave this element"),
    "boundary on nothing": (LINE + f'<boundaryEvent id="b" attachedToRef="x">{TIMER}</boundaryEvent>', "attached to x"),
    "boundary on a gateway": (
        between('<parallelGateway id="it"/>') + f'<boundaryEvent id="b" attachedToRef="it">{TIMER}</boundaryEvent>',
        "cannot be attached to it (parallelGateway)",
    ),
    "patient error": (
        LINE + '<boundaryEvent id="b" attachedToRef="it" cancelActivity="false"><errorEventDefinition/></boundaryEvent>',
        "always interrupts",
    ),
    "cancel without transaction": (
        LINE + '<boundaryEvent id="b" attachedToRef="it"><cancelEventDefinition/></boundaryEvent>',
        "Cancel events belong to a transaction",
    ),
    "compensation without handler": (
        LINE + '<boundaryEvent id="b" attachedToRef="it"><compensateEventDefinition/></boundaryEvent>',
        "has no handler",
    ),
    "compensating nothing": (
        START + '<endEvent id="it"><compensateEventDefinition activityRef="x"/></endEvent>' + flow("start", "it"),
        "which is no activity of the process",
    ),
    "undecided way": (
        STARTED + '<exclusiveGateway id="it"/><task id="a"/>' + END + flow("it", "a") + flow("it", "end"),
        "without a condition",
    ),
    "lonely event gateway": (between('<eventBasedGateway id="it"/>'), "at least two events"),
    "work after an event gateway": (between('<eventBasedGateway id="it"/>'), "Only catching events and receive tasks may"),
    "no start": (TASK, "There is no start event"),
    "two starts": (LINE + '<startEvent id="again"/>' + flow("again", "it"), "two start events without a trigger"),
    "empty sub-process": (between('<subProcess id="it"/>'), "There is no start event"),
    "triggered sub-process": (
        between(f'<subProcess id="it"><startEvent id="s">{TIMER}</startEvent></subProcess>'),
        "BPMN has no timer event as sub-process start",
    ),
    "event sub-process without trigger": (
        LINE + '<subProcess id="e" triggeredByEvent="true"><startEvent id="s"/></subProcess>',
        "BPMN has no none event as event sub-process start",
    ),
    "two starts for one signal": (
        LINE + "".join(f'<startEvent id="{one}">{SIGNAL}</startEvent>' + flow(one, "it") for one in ("a", "b")),
        "Two start events wait for go",
    ),
    "start form inside": (
        between(
            '<subProcess id="it"><startEvent id="inner"><extensionElements><zeebe:formDefinition formId="f"/></extensionElements>'
            "</startEvent></subProcess>"
        ),
        "A start form belongs to the start event",
    ),
    "unreached": (LINE + '<task id="island"/>', "No path leads to this element"),
    "link to nowhere": (
        STARTED + '<intermediateThrowEvent id="it"><linkEventDefinition name="A"/></intermediateThrowEvent>',
        "No link event catches A",
    ),
    "end in an ad-hoc": (
        between(f'<adHocSubProcess id="it"><endEvent id="e"/>{TASK.replace("it", "t")}</adHocSubProcess>'),
        "neither",
    ),
    "end that waits": (STARTED + f'<endEvent id="it">{TIMER}</endEvent>', "BPMN has no timer event as endEvent"),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_what_cannot_work_is_refused(body, expected):
    assert expected in " ".join(complaints(body, '<signal id="s" name="go"/>'))


def test_the_condition_of_a_parallel_branch_is_kept_with_a_warning():
    body = STARTED + '<parallelGateway id="it"/>' + END + flow("it", "end", CONDITION)

    assert notices(body) == ["A condition on a flow that leaves a parallel gateway is kept, but has no effect."]


def test_what_starts_by_itself_counts_as_reached():
    link = '<intermediateThrowEvent id="it"><linkEventDefinition name="A"/></intermediateThrowEvent>'
    caught = '<intermediateCatchEvent id="c"><linkEventDefinition name="A"/></intermediateCatchEvent><task id="t"/>'
    listener = f'<subProcess id="e" triggeredByEvent="true"><startEvent id="go">{SIGNAL}</startEvent></subProcess>'

    assert complaints(STARTED + link + caught + flow("c", "t") + listener, '<signal id="s" name="go"/>') == []


def test_an_instantiating_receive_is_a_start():
    body = '<receiveTask id="it" messageRef="m" instantiate="true"/>' + END + flow("it", "end")

    assert complaints(body, '<message id="m" name="go"/>') == []
