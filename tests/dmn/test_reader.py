"""Reading decision files: faults have a place, and nothing breaks the reader."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.dmn import read
from engine.feel import FeelError
from tests.bpmn_reader.test_mutations import damage
from tests.dmn.models import decision, literal, requires, table, xml
from tests.dmn.test_boxed import CASES
from tests.dmn.test_requirements import FACTORIAL, PARTS, SERVICE
from tests.dmn.test_types import ITEMS

ASKED = decision(table([("1", "2")]), "t") + decision(literal("fac(3)"), requires=requires("knowledge:b"))
BOXES = "".join(decision(box, f"d{number}") for number, (box, _) in enumerate(CASES.values()))
MODEL = xml(ITEMS + FACTORIAL + SERVICE + PARTS + ASKED + BOXES)


def test_a_fault_is_told_with_file_element_and_line():
    body = (
        decision(literal("1 +"), "a") + "\n" + decision("<literalExpression><text>1 +\n2 +\n* 3</text></literalExpression>", "b")
    )

    problems = read({"m.dmn": xml(body)}).problems

    assert [(problem.file, problem.element, problem.line) for problem in problems] == [("m.dmn", "a", 2), ("m.dmn", "b", 5)]


def test_a_file_of_another_kind_is_refused():
    [problem] = read({"m.dmn": b"<definitions/>"}).problems

    assert problem.message == "This is not a DMN file of version 1.3, 1.4 or 1.5. Export it as one of these."


def test_an_attribute_that_would_be_ignored_is_refused():
    [problem] = read({"m.dmn": xml(decision(table([("1", "2")]).replace("hitPolicy", "policy")))}).problems

    assert problem.message == "decisionTable has no attribute policy here. Remove it."


def test_what_is_of_another_tool_is_kept_with_a_warning():
    reading = read({"m.dmn": xml(decision(literal("1")).replace("<decision ", '<decision xmlns:c="urn:c" c:ttl="1" '))})

    assert [warning.message for warning in reading.warnings] == ["What belongs to urn:c is kept, but has no effect."]


def test_a_model_in_another_language_is_refused():
    [problem] = read(
        {"m.dmn": xml(decision(literal("1"))).replace(b"<definitions ", b'<definitions expressionLanguage="java" ')}
    ).problems

    assert problem.message == "The model is written in java. Write it in FEEL."


def test_an_id_may_be_used_once():
    [problem] = read({"m.dmn": xml(decision(literal("1")) + decision(literal("1")))}).problems

    assert problem.message == "The id d is already used in line 2. Give this element an id of its own."


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_model_is_read_or_refused_and_what_is_read_can_be_asked(data):
    tree = etree.fromstring(MODEL)
    for _ in range(data.draw(st.integers(1, 3))):
        damage(data.draw(st.sampled_from(list(tree.iter("{*}*")))), data)

    reading = read({"m.dmn": etree.tostring(tree)})

    for one in reading.decisions.values() if not reading.problems else ():
        try:
            one.evaluate({"x": 5})
        except FeelError:
            continue


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_xml_are_refused(content):
    assert read({"m.dmn": content}).problems
