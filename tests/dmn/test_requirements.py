"""Decisions build on inputs, on other decisions, on knowledge and on other models."""

import pytest

from engine.dmn import read
from engine.feel import Environment
from tests.dmn.models import complaints, decided, decision, evaluate, literal, requires, variable, xml

INPUT = '<inputData id="i" name="amount due"><variable name="amount due" typeRef="number"/></inputData>'
FACTORIAL = f"""<businessKnowledgeModel id="b" name="fac">{variable("fac")}<encapsulatedLogic>
<formalParameter name="n" typeRef="number"/>{literal("if n &lt; 2 then 1 else n * fac(n - 1)")}
</encapsulatedLogic></businessKnowledgeModel>"""
SERVICE = '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#out"/>'
SERVICE += '<inputDecision href="#given"/><inputData href="#i"/></decisionService>'
PARTS = (
    INPUT
    + decision(literal('"never"'), "given", "string")
    + decision(literal("given + string(amount due)"), "out", requires=requires("decision:given", "input:i"))
)


def test_a_decision_uses_an_input_whose_name_has_spaces():
    assert evaluate(INPUT + decision(literal("amount due * 2"), requires=requires("input:i")), {"amount due": 4}) == 8


def test_an_input_of_the_wrong_type_is_null():
    assert evaluate(INPUT + decision(literal("amount due"), requires=requires("input:i")), {"amount due": "4"}) is None


def test_variables_of_the_caller_are_seen_without_being_drawn():
    assert evaluate(decision(literal("a + 1")), {"a": 1}) == 2


def test_a_decision_may_count_working_days():
    environment = Environment(functions={"add workdays": lambda day, number: f"{day}+{number}"})

    assert decided(decision(literal('add workdays("2022-08-10", 2)'))).evaluate({}, environment) == "2022-08-10+2"


def test_a_decision_named_for_people_may_be_called_by_its_id():
    named = f'<decision id="light" name="红黄灯">{literal("3")}</decision>'

    assert evaluate(named + decision(literal("light + 红黄灯"), requires=requires("decision:light"))) == 6


def test_a_decision_that_two_others_require_is_made_once():
    told = []
    middle = "".join(decision(literal("once"), name, requires=requires("decision:once")) for name in ("l", "r"))
    body = (
        decision(literal("tick()"), "once") + middle + decision(literal("[l, r]"), requires=requires("decision:l", "decision:r"))
    )
    environment = Environment(functions={"tick": lambda: told.append(1) or len(told)})

    assert decided(body).evaluate({}, environment) == [1, 1]


def test_knowledge_may_call_itself():
    assert evaluate(FACTORIAL + decision(literal("fac(5)"), requires=requires("knowledge:b"))) == 120


def test_a_service_is_called_with_its_inputs_and_decisions():
    body = SERVICE + PARTS + decision(literal('s(1, "a")'), requires=requires("knowledge:s"))

    assert evaluate(body) == "a1"


def test_a_service_may_be_asked_directly():
    reading = read({"m.dmn": xml(SERVICE + PARTS)})

    assert reading.services["s"].evaluate({"given": "x", "amount due": 2}) == "x2"


def test_a_model_may_build_on_another_one():
    imported = '<import name="law" namespace="urn:law" importType="x"/>'
    law = '<itemDefinition name="tDays"><typeRef>number</typeRef></itemDefinition>' + decision(literal("10"), "term", "tDays")
    body = imported + decision(literal("law.term + 1"), kind="law.tDays", requires=requires("decision:urn:law#term"))

    reading = read({"a.dmn": xml(body), "b.dmn": xml(law, "urn:law")})

    assert reading.problems == []
    assert reading.decisions["d"].evaluate({}) == 11


CASES = {
    "missing": (decision(literal("1"), requires=requires("decision:x")), "requiredDecision refers to #x"),
    "of another kind": (INPUT + decision(literal("1"), requires=requires("decision:i")), "requiredDecision refers to #i"),
    "itself": (decision(literal("d"), requires=requires("decision:d")), "The decision d requires itself"),
    "circle": (
        decision(literal("e"), requires=requires("decision:e")) + decision(literal("d"), "e", requires=requires("decision:d")),
        "Break the circle of requirements",
    ),
    "import of nothing": (
        '<import name="x" namespace="urn:x" importType="x"/>' + decision(literal("1")),
        "The model urn:x is not here",
    ),
    "service without output": ('<decisionService id="s" name="s"/>' + decision(literal("1")), "has no output decision"),
    "knowledge without logic": ('<businessKnowledgeModel id="b" name="b"/>' + decision(literal("1")), "has no expression"),
    "nameless": ('<inputData id="i"/>' + decision(literal("1")), "The inputData has no name"),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_requirements_that_cannot_be_met_are_refused(body, expected):
    assert expected in " ".join(complaints(body))


def test_models_that_import_each_other_are_refused():
    one, other = ('<import name="o" namespace="urn:o" importType="x"/>', '<import name="t" namespace="urn:t" importType="x"/>')

    problems = read({"a.dmn": xml(one), "b.dmn": xml(other, "urn:o")}).problems

    assert [problem.message for problem in problems] == ["The models import each other in a circle. Break it."]


def test_the_same_decision_in_two_files_is_refused():
    problems = read({"a.dmn": xml(decision(literal("1"))), "b.dmn": xml(decision(literal("2")), "urn:o")}).problems

    assert [problem.message for problem in problems] == ["The decision d is already in a.dmn. Give this one another id."]
