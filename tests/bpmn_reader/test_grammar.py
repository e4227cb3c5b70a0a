"""Words that are refused, each with a sentence that says what to do, and words that are kept with a warning."""

import pytest

from engine.bpmn import read
from engine.source import LARGEST_FILE
from tests.bpmn_reader.models import END, START, between, complaints, extended, flow, notices, xml

FILES = {
    "truncated": (b"<definitions", "not well-formed"),
    "empty": (b"", "not well-formed"),
    "doctype": (b'<!DOCTYPE d [<!ENTITY e "x">]><d>&e;</d>', "DOCTYPE"),
    "too large": (b" " * (LARGEST_FILE + 1), "larger than 5 MB"),
    "something else": (b"<html/>", "not a BPMN 2.0 file"),
    "no process": (xml("").replace(b"process", b"collaboration"), "no process"),
    "not executable": (xml(between('<task id="it"/>')).replace(b"true", b"false"), "not executable"),
}
ELEMENTS = {
    '<task id="it"><potentialOwner/></task>': "Say who may do it with zeebe:assignmentDefinition",
    '<scriptTask id="it"><script>1</script></scriptTask>': "Write zeebe:script",
    '<task id="it" colour="red"/>': "task has no attribute colour here",
    '<task id="it" startQuantity="0"/>': "Write a whole number from 1",
    '<task id="it" isForCompensation="maybe"/>': "Write true or false",
    '<callActivity id="it" calledElement="q"/>': "zeebe:calledElement processId",
    '<task id="it"><zeebe:properties/></task>': "stands outside extensionElements",
    '<callChoreography id="it"/>': "callChoreography is not supported inside process",
    '<transaction id="it" method="##Store"/>': "Write one of: ##Compensate",
}
EXTENSIONS = {
    ("task", "<zeebe:taskDefinition type='t'/>"): "Only service, send and script tasks become jobs",
    ("userTask", "<zeebe:formDefinition formKey='k'/>"): "Write formId with the id of a form",
    ("userTask", "<zeebe:formDefinition formId=''/>"): "zeebe:formDefinition needs formId",
    ("userTask", "<zeebe:formDefinition formId='f' bindingType='newest'/>"): "Write one of: deployment, latest, versionTag",
    ("userTask", "<zeebe:formDefinition formId='f' bindingType='versionTag'/>"): "zeebe:formDefinition needs versionTag",
    ("userTask", "<zeebe:userTask/><zeebe:userTask/>"): "written twice",
    ("task", "<zeebe:ioMapping><zeebe:property/></zeebe:ioMapping>"): "property is not supported inside zeebe:ioMapping",
    ("task", "<zeebe:ioMapping><zeebe:input source='1' target='a'/></zeebe:ioMapping>"): "does not begin with =",
    ("task", "<zeebe:ioMapping><zeebe:input source='=1' target='1a'/></zeebe:ioMapping>"): "A variable cannot be called",
    (
        "task",
        "<zeebe:executionListeners><zeebe:executionListener eventType='later' type='t'/></zeebe:executionListeners>",
    ): "end, start",
    ("userTask", "<zeebe:priorityDefinition priority='high'/>"): "Write a whole number or =expression",
    ("userTask", "<zeebe:taskSchedule dueDate='soon'/>"): "write a date such as",
    ("userTask", "<zeebe:assignmentDefinition assignee='=a +'/>"): "is not FEEL",
}
PROPERTIES = {
    "bpm:milestome": ("M1", "has no meaning on userTask"),
    "bpm:startableBy": ("all", "has no meaning on userTask"),
    "bpm:actions": ("return, dance", "Write one of: claim, hand_over, return, withdraw"),
    "bpm:fieldAccess": ("secret", "bpm:fieldAccess is not"),
    "bpm:ledgerFilter": ("unit", "does not begin with ="),
}


@pytest.mark.parametrize(("content", "expected"), FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_process_file_is_refused(content, expected):
    [problem] = read({"p.bpmn": content}).problems

    assert expected in problem.message


@pytest.mark.parametrize(("element", "expected"), ELEMENTS.items())
def test_an_element_or_attribute_that_would_be_ignored_is_refused(element, expected):
    assert expected in " ".join(complaints(between(element)))


@pytest.mark.parametrize(("place", "expected"), EXTENSIONS.items())
def test_an_extension_that_would_be_ignored_is_refused(place, expected):
    tag, content = place

    assert expected in " ".join(complaints(between(f'<{tag} id="it">{extended(content)}</{tag}>')))


@pytest.mark.parametrize(("name", "value", "expected"), [(name, *rest) for name, rest in PROPERTIES.items()])
def test_a_property_of_ours_must_be_known_where_it_stands(name, value, expected):
    line = f'<zeebe:properties><zeebe:property name="{name}" value="{value}"/></zeebe:properties>'

    assert expected in " ".join(complaints(between(f'<userTask id="it">{extended(line)}</userTask>')))


def test_an_id_may_be_used_once():
    found = complaints(START + END + flow("start", "end") + '<task id="start"/>')

    assert found == ["The id start is already used in line 3. Give this element an id of its own."]


def test_what_has_no_effect_is_kept_with_a_warning():
    roots = (
        '<itemDefinition id="i" structureRef="String"/><collaboration id="c"><participant id="a" processRef="p"/></collaboration>'
    )

    found = notices(between('<task id="it" xmlns:x="urn:x" x:colour="red"/>'), roots)

    assert [sentence.split(" is kept")[0] for sentence in found] == ["itemDefinition", "collaboration", "What belongs to urn:x"]


def test_a_lane_may_name_what_is_gone_with_a_warning():
    lane = '<laneSet id="s"><lane id="l" name="Office"><flowNodeRef>gone</flowNodeRef></lane></laneSet>'

    assert notices(lane + between('<task id="it"/>')) == ["The lane names gone, which is no element of this process."]


def test_a_diagram_needs_no_warning():
    drawing = '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" id="diagram"/>'

    assert notices(between('<task id="it"/>'), drawing) == []
