"""Trying a decision out: the values it asks for, and the rules that answered."""

from engine import dmn
from engine.feel import Environment
from tests.dmn.models import decided, decision, literal, requires, table, xml

GRADE = decision(table([("&gt;= 90", '"A"'), ("-", '"B"')], "FIRST", inputs=("score.total",)), "grade")
NOTE = decision(literal("grade + reference(name)"), "note", requires=requires("decision:grade"))


def attempt(body, context, identifier="d"):
    return dmn.attempt(decided(body, identifier), context, Environment())


def test_a_trial_names_every_rule_that_matches_and_decides_by_the_hit_policy():
    trial = attempt(GRADE, {"score": {"total": 95}}, "grade")

    assert trial.result == "A"
    assert trial.steps[0].numbers == (1, 2)


def test_a_rule_is_named_by_the_id_it_has_in_the_file():
    body = GRADE.replace("<rule>", '<rule id="first">', 1)

    assert attempt(body, {"score": {"total": 91}}, "grade").steps[0].rules[0] == "first"


def test_required_decisions_come_before_the_one_that_was_asked_for():
    trial = attempt(GRADE + NOTE, {"score": {"total": 10}, "name": "x"}, "note")

    assert [(step.id, step.is_table) for step in trial.steps] == [("grade", True), ("note", False)]


def test_what_the_evaluation_warns_of_is_told_once():
    told = ("There is no variable named score", "A null has no total", "null >= number has no value")

    assert attempt(GRADE, {}, "grade").warnings == told


def test_a_decision_asks_for_what_it_and_what_it_requires_read():
    content = xml(GRADE + NOTE)

    asked = dmn.questions(content, decided(GRADE + NOTE, "note"), {"reference"})

    assert [question.path for question in asked] == ["name", "score.total"]


def test_a_column_tells_its_label_its_type_and_the_values_its_rules_name():
    body = decision(table([('"甲","乙"', "1"), ("-", "2")], "FIRST", inputs=("kind",)))
    body = body.replace("<input>", '<input label="类别">').replace("<inputExpression>", '<inputExpression typeRef="string">')

    [question] = dmn.questions(xml(body), decided(body))

    assert (question.path, question.label, question.type, question.choices) == ("kind", "类别", "string", ("甲", "乙"))
