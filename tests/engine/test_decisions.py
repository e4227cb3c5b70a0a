"""What decision models can do, asked for by a deployed process: services, imports, typed inputs, failures."""

import pytest

from engine import deployments, incidents, process_instances
from tests.dmn.models import decision, literal, requires, variable, xml
from tests.engine.models import deploy, flow, process, user_task

PLAIN = '<startEvent id="start"/><endEvent id="end"/>'
ALLOWED = '<allowedValues><text>"街道","市直"</text></allowedValues>'
KINDS = f'<itemDefinition name="tKind"><typeRef>string</typeRef>{ALLOWED}</itemDefinition>'
INPUT = f'<inputData id="i" name="kind">{variable("kind", "tKind")}</inputData>'
LAW = xml(KINDS + INPUT + decision(literal('if kind = "街道" then 5 else 10'), "days", requires=requires("input:i")), "urn:law")
SERVICE = (
    '<decisionService id="service" name="service"><outputDecision href="#terms"/><inputData href="urn:law#i"/></decisionService>'
)
TERMS = xml(
    '<import name="law" namespace="urn:law" importType="x"/>'
    + decision(literal('{days: law.days, text: string(law.days) + "日"}'), "terms", requires=requires("decision:urn:law#days"))
    + SERVICE
)


def asking(decision_id: str) -> bytes:
    called = f'<zeebe:calledDecision decisionId="{decision_id}" resultVariable="found"/>'
    rule = f'<businessRuleTask id="ask"><extensionElements>{called}</extensionElements></businessRuleTask>'
    return process(PLAIN + rule + user_task("act") + flow("start", "ask", "act", "end"))


@pytest.fixture
def ask(engine, start):
    """Deploy the models, ask one of them, and give what came of it."""

    def ask(decision_id, **variables):
        deploy(engine, asking(decision_id), law__dmn=LAW, terms__dmn=TERMS)
        instance = start(**variables)
        with engine.work() as work:
            return process_instances.get(work, instance.id).variables["found"]

    return ask


@pytest.mark.parametrize("decision_id", ["terms", "service"])
def test_a_rule_task_asks_a_decision_or_a_service_that_uses_an_imported_model(ask, decision_id):
    assert ask(decision_id, kind="街道") == {"days": 5, "text": "5日"}


def test_a_value_that_its_type_does_not_allow_is_null(ask):
    assert ask("days", kind="区县") == 10


def test_a_service_that_is_not_there_is_refused_at_deployment(engine):
    with pytest.raises(deployments.DeploymentRefused, match="service"):
        deploy(engine, asking("service"), law__dmn=LAW)


def test_a_decision_that_needs_too_much_is_an_incident_and_not_a_hang(engine, start):
    endless = decision(literal("count(for a in 1..9999, b in 1..9999 return a * b)"), "endless")
    deploy(engine, asking("endless"), m__dmn=xml(endless))

    instance = start()

    with engine.work() as work:
        [found] = incidents.of_instance(work, instance.id)
    assert (found.element_id, found.kind) == ("ask", "decision")
