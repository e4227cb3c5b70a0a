import pytest

from engine.comparing import FactChange, compare
from tests.engine.models import flow, in_a_row, process, user_task

ENDS = '<startEvent id="start"/><endEvent id="end"/>'
OLD = in_a_row(user_task("act"), user_task("check", state="checking", sla="ANSWER"))


def said(old, new):
    return [(found.kind, found.type, found.name) for found in compare(old, new)]


def test_nothing_differs_from_itself():
    assert compare(OLD, OLD) == []


def test_a_step_put_in_between_is_an_element_two_flows_more_and_one_less():
    new = in_a_row(user_task("act"), user_task("sign"), user_task("check", state="checking", sla="ANSWER"))

    assert sorted(said(OLD, new)) == [
        ("added", "sequenceFlow", "Act → Sign"),
        ("added", "sequenceFlow", "Sign → Check"),
        ("added", "userTask", "Sign"),
        ("removed", "sequenceFlow", "Act → Check"),
    ]


def test_what_changed_of_an_element_is_said_fact_by_fact():
    new = in_a_row(user_task("act"), user_task("check", groups="planner@HQ", state="looking"))
    [found] = compare(OLD, new)

    assert (found.kind, found.id) == ("changed", "check")
    assert set(found.changes) == {
        FactChange("assignmentDefinition.candidateGroups", "manager@HQ", "planner@HQ"),
        FactChange("bpm:state", "checking", "looking"),
        FactChange("bpm:sla", "ANSWER", None),
    }


def test_a_flow_led_elsewhere_is_said_by_the_names_of_its_ends():
    body = ENDS + user_task("act") + user_task("check")
    flows = (
        flow("start", "act", "check", "end"),
        flow("start", "act", "check", "end").replace('targetRef="check"', 'targetRef="end"'),
    )
    [found] = compare(process(body + flows[0]), process(body + flows[1]))

    assert found.changes == (FactChange("targetRef", "Check", "end"),)


def test_a_new_name_is_no_change_of_the_flows_that_lead_there():
    [found] = compare(OLD, OLD.replace(b'name="Check"', b'name="Look"'))

    assert (found.type, found.changes) == ("userTask", (FactChange("name", "Check", "Look"),))


def test_conditions_mappings_and_timers_count():
    gateway = (
        ENDS + '<exclusiveGateway id="g" default="g_end"/>' + user_task("act") + flow("start", "g", "end") + flow("act", "end")
    )
    old, new = (process(gateway + flow("g", "act", condition=f"=x = {number}")) for number in (1, 2))

    assert compare(old, new)[0].changes == (FactChange("conditionExpression", "=x = 1", "=x = 2"),)


def test_how_it_is_drawn_and_in_which_order_does_not_count():
    parts = [ENDS, user_task("act"), flow("start", "act", "end")]

    assert compare(process("".join(parts)), process("".join(reversed(parts)))) == []


@pytest.mark.parametrize("broken", [b"", b"<", b"{}"])
def test_what_cannot_be_read_says_nothing(broken):
    assert {found.kind for found in compare(OLD, broken)} == {"removed"}
