"""Activities: what each kind asks for outside, and what becomes of its results."""

from datetime import datetime
from decimal import Decimal

import pytest

from engine.errors import EngineError
from engine.kernel import port
from tests.kernel.models import call, draw, job, message, process, script, user
from tests.kernel.player import MORNING, Player


def only(task, variables=None, **options):
    """Run a process of one element."""
    return Player(process("start > it > end", it=task), variables, **options)


def test_a_user_task_is_offered_with_everything_evaluated():
    task = user('=["liaison@" + unit]', assignee="=who", candidate_users="ann, bob", priority="=70", due_date="=day")
    player = only(task, {"unit": "SCJG", "who": None, "day": "2022-08-12"})

    [offer] = player.tell(port.UserTaskCreated)

    assert (offer.candidate_groups, offer.candidate_users, offer.assignee) == (("liaison@SCJG",), ("ann", "bob"), None)
    assert (offer.priority, offer.name) == (70, "it")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ('=date("2022-08-12")', datetime(2022, 8, 12, 23, 59, 59, tzinfo=MORNING.tzinfo)),
        ("2022-08-12", datetime(2022, 8, 12, 23, 59, 59, tzinfo=MORNING.tzinfo)),
        ('=now() + duration("PT2H")', MORNING.replace(hour=11)),
        ("=null", None),
    ],
)
def test_a_due_day_lasts_until_it_is_over(text, due):
    assert only(user(due_date=text)).tell(port.UserTaskCreated)[0].due_at == due


def test_a_user_tasks_properties_and_form_are_evaluated():
    task = user(form_id="review", properties={"bpm:sla": "S1", "bpm:excludedUsers": "=[starter]"}, inputs={"row": "=rows[2]"})
    [offer] = only(task, {"starter": "ann", "rows": [1, 2]}).tell(port.UserTaskCreated)

    assert offer.properties == {"bpm:sla": "S1", "bpm:excludedUsers": ["ann"]}
    assert (offer.form_id, offer.local) == ("review", {"row": 2})


def test_candidates_that_are_no_texts_are_an_incident():
    assert only(user("=[1, 2]")).tell(port.IncidentRaised)[0].kind == "data"


def test_a_job_brings_its_result_back():
    player = only(job("=kind", job_retries="5", headers={"h": "v"}), {"kind": "notify"})
    [asked] = player.tell(port.JobCreated)
    assert (asked.type, asked.retries, asked.headers, asked.variables) == ("notify", 5, {"h": "v"}, {"kind": "notify"})

    player.do("it", number="WT-1")

    assert player.variables["number"] == "WT-1"


def test_a_script_puts_its_value_under_its_name():
    assert only(script("total", "sum(prices)"), {"prices": [1, 2.5]}).variables["total"] == Decimal("3.5")


def test_a_script_may_write_into_a_context():
    assert only(script("a.b", "1"), {"a": {"c": 2}}).variables == {"a": {"b": 1, "c": 2}}


def test_a_date_becomes_text_when_it_is_kept():
    assert only(script("day", 'date("2022-08-10") + duration("P1D")')).variables == {"day": "2022-08-11"}


def test_a_decision_sees_the_variables_and_gives_its_result():
    def decide(decision, variables):
        return {"decision": decision, "twice": variables["n"] * 2}

    task = draw("businessRuleTask", called_decision="standard", result_variable="found")

    assert only(task, {"n": 2}, decide=decide).variables["found"] == {"decision": "standard", "twice": 4}


class NoRule(EngineError):
    """No rule matches {value}."""


def test_a_decision_that_fails_is_an_incident_with_its_reason():
    def decide(decision, variables):
        raise NoRule(value=3)

    player = only(draw("businessRuleTask", called_decision="standard", result_variable="found"), decide=decide)

    assert [(found.kind, found.message) for found in player.tell(port.IncidentRaised)] == [("decision", "No rule matches 3.")]


def test_a_called_process_gets_all_variables_and_gives_all_back():
    player = only(call("=which"), {"which": "child", "n": 1})
    [child] = player.tell(port.ChildStarted)
    assert (child.process_id, child.variables) == ("child", {"which": "child", "n": 1})

    player.do("it", n=2, more=3)

    assert player.variables == {"which": "child", "n": 2, "more": 3}


def test_a_call_without_propagation_passes_only_its_mappings():
    task = call(propagate_all_parent_variables=False, propagate_all_child_variables=False, inputs={"m": "=n + 1"})
    player = only(task, {"n": 1})
    assert player.tell(port.ChildStarted)[0].variables == {"m": 2}

    player.do("it", secret=1)

    assert player.variables == {"n": 1}


def test_a_receive_task_waits_for_its_message():
    player = only(draw("receiveTask", event=message("paid", "=order")), {"order": 7})
    [wait] = player.tell(port.SubscriptionOpened)
    assert (wait.kind, wait.name, wait.correlation_key) == ("message", "paid", "7")

    player.receive("it", amount=5)

    assert player.tell(port.SubscriptionClosed)
    assert player.variables == {"order": 7, "amount": 5}


def test_a_send_task_publishes_its_message():
    task = draw("sendTask", event=message("hello", "=who", "={greeting: text}", "P1D"))
    player = only(task, {"who": "ann", "text": "hi"})

    [sent] = player.tell(port.MessagePublished)

    assert (sent.name, sent.correlation_key, sent.variables, sent.time_to_live) == ("hello", "ann", {"greeting": "hi"}, "P1D")


def test_an_empty_correlation_key_is_an_incident():
    assert only(draw("receiveTask", event=message("paid", "=order"))).tell(port.IncidentRaised)[0].kind == "data"
