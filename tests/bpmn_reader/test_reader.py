"""What a correct process file says, element by element."""

import pytest

from engine.bpmn import Known, read
from engine.bpmn.model import Flow, Listener, Value
from tests.bpmn_reader.models import END, START, between, complaints, element, extended, flow, process, xml

USER_TASK = """<userTask id="it" name="受理审查"><documentation>Look at it.</documentation>
<extensionElements><zeebe:userTask/><zeebe:formDefinition formId="review" bindingType="deployment"/>
<zeebe:assignmentDefinition assignee="ann" candidateUsers="bob" candidateGroups="=[&quot;office@A&quot;]"/>
<zeebe:taskSchedule dueDate="=today()" followUpDate="2022-08-10"/><zeebe:priorityDefinition priority="70"/>
<zeebe:taskHeaders><zeebe:header key="colour" value="red"/></zeebe:taskHeaders>
<zeebe:ioMapping><zeebe:input source="=1" target="a.b"/><zeebe:output source="=a" target="c"/></zeebe:ioMapping>
<zeebe:properties><zeebe:property name="bpm:actions" value="return, claim"/></zeebe:properties>
<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="notify" retries="2"/></zeebe:taskListeners>
</extensionElements></userTask>"""


def test_a_process_knows_its_flows_and_the_lines_of_its_elements():
    found = process(between('<task id="it" name="Do"/>'))

    assert found.flows["it_end"] == Flow("it_end", "", "it", "end")
    assert (found.elements["it"].incoming, found.elements["it"].outgoing) == (("start_it",), ("it_end",))
    assert (found.roots, found.elements["it"].line) == (("start", "it", "end"), 3)


def test_a_user_task_says_who_does_it_until_when_with_which_form():
    task = element(between(USER_TASK))

    assert (task.form_id, task.binding) == (Value("review"), "deployment")
    assert task.assignment.candidate_users == Value("bob")
    assert task.assignment.candidate_groups.expression is not None
    assert (task.assignment.follow_up_date.text, task.assignment.priority.text) == ("2022-08-10", "70")
    assert task.headers == {"colour": "red"}
    assert [line.target for line in (*task.inputs, *task.outputs)] == ["a.b", "c"]
    assert task.properties["bpm:actions"].text == "return, claim"
    assert task.task_listeners == (Listener("creating", Value("notify"), Value("2")),)
    assert task.documentation == "Look at it."


def test_the_innermost_lane_is_the_one_shown():
    lanes = """<laneSet id="s"><lane id="l1" name="Office"><flowNodeRef>it</flowNodeRef><childLaneSet id="c">
    <lane id="l2" name="Clerk"><flowNodeRef>it</flowNodeRef></lane></childLaneSet></lane></laneSet>"""

    found = process(lanes + between('<task id="it"/>'))

    assert (found.elements["it"].lane, found.lanes) == ("Clerk", ("Office", "Clerk"))


def test_a_catching_message_takes_its_correlation_key_from_the_message():
    roots = '<message id="m" name="arrived">' + extended('<zeebe:subscription correlationKey="=key"/>') + "</message>"

    event = element(between('<receiveTask id="it" messageRef="m"/>'), roots).event

    assert (event.kind, event.name, event.correlation_key.text) == ("message", Value("arrived"), "=key")


def test_a_thrown_message_carries_key_payload_and_time_to_live():
    lines = {"correlationKey": "=key", "payload": "={a: 1}", "timeToLive": "P1D"}
    inner = "".join(f'<zeebe:property name="bpm:{name}" value="{value}"/>' for name, value in lines.items())
    body = f'<intermediateThrowEvent id="it">{extended(f"<zeebe:properties>{inner}</zeebe:properties>")}'
    body += '<messageEventDefinition messageRef="m"/></intermediateThrowEvent>'

    event = element(between(body), '<message id="m" name="=n"/>').event

    assert event.name.expression is not None
    assert [event.correlation_key.text, event.payload.text, event.time_to_live.text] == list(lines.values())


def test_a_multi_instance_goes_through_a_collection():
    zeebe = '<zeebe:loopCharacteristics inputCollection="=list" inputElement="one" outputCollection="all" outputElement="=one"/>'
    loop = f'<multiInstanceLoopCharacteristics isSequential="true">{extended(zeebe)}'
    loop += "<completionCondition>=loopCounter > 2</completionCondition></multiInstanceLoopCharacteristics>"

    found = element(between(f'<task id="it">{loop}</task>')).loop

    assert (found.sequential, found.collection.text, found.input_element) == (True, "=list", "one")
    assert (found.output_collection, found.output_element.text, found.completion_condition.text) == (
        "all",
        "=one",
        "=loopCounter > 2",
    )


def test_a_multi_instance_may_throw_after_each_child():
    loop = '<multiInstanceLoopCharacteristics behavior="None" noneBehaviorEventRef="d"><loopCardinality>3</loopCardinality>'
    roots = '<signal id="s" name="done"/><signalEventDefinition id="d" signalRef="s"/>'

    found = element(between(f'<task id="it">{loop}</multiInstanceLoopCharacteristics></task>'), roots).loop

    assert (found.behavior, found.none_event.name, found.cardinality) == ("None", Value("done"), Value("3"))


def test_an_event_sub_process_is_a_type_of_its_own():
    inner = (
        '<startEvent id="s" isInterrupting="false"><timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>'
    )
    body = f'<subProcess id="it" triggeredByEvent="true">{inner}</startEvent></subProcess>'

    found = process(START + END + flow("start", "end") + body)

    assert (found.elements["it"].type, found.elements["it"].children) == ("eventSubProcess", ("s",))
    assert (found.elements["s"].interrupting, found.elements["s"].event.timer, found.elements["s"].parent) == (
        False,
        "cycle",
        "it",
    )


def test_a_compensation_boundary_knows_its_handler():
    body = between('<task id="it"/>') + '<boundaryEvent id="b" attachedToRef="it"><compensateEventDefinition/></boundaryEvent>'
    body += '<task id="undo" isForCompensation="true"/><association id="a" sourceRef="b" targetRef="undo"/>'

    found = process(body)

    assert (found.elements["b"].compensation_handler, found.elements["undo"].for_compensation) == ("undo", True)


@pytest.mark.parametrize(("attribute", "kind"), [("false", "multiple"), ("true", "parallelMultiple")])
def test_several_definitions_make_a_multiple_event(attribute, kind):
    definitions = (
        '<signalEventDefinition signalRef="s"/><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>'
    )
    body = f'<intermediateCatchEvent id="it" parallelMultiple="{attribute}">{definitions}</intermediateCatchEvent>'

    event = element(between(body), '<signal id="s" name="go"/>').event

    assert (event.kind, [part.kind for part in event.parts]) == (kind, ["signal", "timer"])


def test_a_conditional_event_may_be_narrowed_to_variables():
    narrowed = extended('<zeebe:conditionalFilter variableNames="a, b" variableEvents="update"/>')
    definition = f"<conditionalEventDefinition>{narrowed}<condition>=a > b</condition></conditionalEventDefinition>"

    event = element(between(f'<intermediateCatchEvent id="it">{definition}</intermediateCatchEvent>')).event

    assert (event.expression.text, event.variable_names, event.variable_events) == ("=a > b", ("a", "b"), ("update",))


def test_variable_names_with_spaces_are_known_once_a_file_writes_them():
    script = extended('<zeebe:script expression="=1" resultVariable="net price"/>')
    body = START + f'<scriptTask id="one">{script}</scriptTask>'
    body += '<scriptTask id="it">' + extended('<zeebe:script expression="=net price + 1" resultVariable="x"/>') + "</scriptTask>"

    found = element(body + flow("start", "one") + flow("one", "it"))

    assert found.script.names == {"net price"}


def test_what_a_file_names_must_be_in_the_deployment():
    body = between('<userTask id="it">' + extended('<zeebe:formDefinition formId="f"/>') + "</userTask>")

    assert complaints(body, known=Known()) == ["There is no form with the id f here. Deploy it too or correct the id."]
    assert complaints(body, known=Known(forms=frozenset({"f"}))) == []


def test_a_process_may_call_another_file_of_the_same_reading():
    call = between('<callActivity id="it">' + extended('<zeebe:calledElement processId="q"/>') + "</callActivity>")
    other = xml(between('<task id="it"/>')).replace(b'id="p"', b'id="q"')

    assert read({"p.bpmn": xml(call), "q.bpmn": other}, Known()).problems == []


def test_all_problems_of_all_files_are_told_at_once_with_file_element_and_line():
    bad = xml(START + '<task id="it"/>')

    problems = read({"a.bpmn": bad, "b.bpmn": bad.replace(b'"p"', b'"q"')}).problems

    assert [(problem.file, problem.element, problem.line) for problem in problems] == [("a.bpmn", "it", 3), ("b.bpmn", "it", 3)]
