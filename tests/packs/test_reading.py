"""The pack is deployed whole: nothing in it is refused, and nothing in it is left unused."""

import re

import pytest

from engine import bpmn, deployments, dmn, documents, forms, ledgers
from engine.kernel import refuse
from tests.packs.stage import KEY, decisions, files, of_kind, pack, processes


def from_outside():
    """Name what people without an account fill in."""
    face = pack().public()
    return {start.form for start in face.starts} | {action.form for record in face.records for action in record.actions}


def test_the_pack_is_deployed_without_a_problem(work):
    deployment = deployments.deploy(work, KEY, files())

    assert deployment.number == 1


def test_nothing_is_kept_without_effect_but_the_pools(work):
    warnings = deployments.deploy(work, KEY, files()).warnings

    assert {warning.element.split("_")[0] for warning in warnings} == {"collaboration"}


def test_the_kernel_runs_every_process_of_the_pack():
    assert [problem for process in processes().values() for problem in refuse(process)] == []


def test_every_form_is_filled_in_somewhere():
    named = {element.form_id.text for process in processes().values() for element in process.elements.values() if element.form_id}
    known = forms.read(of_kind(".form")).forms
    rows = {ledger.form.id for ledger in ledgers.read_ledgers(files(), known, KEY).ledgers.values()}

    assert set(known) == named | rows | from_outside()


def test_every_decision_decides_something():
    called = {e.called_decision.text for process in processes().values() for e in process.elements.values() if e.called_decision}

    asked = {part.of.id for decision in decisions().values() for part in decision.requires}

    assert set(decisions()) - called - asked == set()


def test_papers_and_ledgers_are_read_without_a_problem():
    found = ledgers.read_ledgers(files(), forms.read(of_kind(".form")).forms, KEY)

    assert (found.problems, documents.read_documents(files(), found.ledgers, KEY).problems) == ((), ())


@pytest.mark.parametrize("process_id", sorted(processes()))
def test_every_user_task_says_who_does_it_by_when_and_where_the_rule_comes_from(process_id):
    tasks = [element for element in processes()[process_id].elements.values() if element.type == "userTask"]

    assert [t.id for t in tasks if not (t.assignment and t.assignment.candidate_groups and t.assignment.due_date)] == []
    assert [t.id for t in tasks if not {"bpm:source", "bpm:issuer", "bpm:sla"} <= set(t.properties)] == []


def test_every_deadline_a_task_names_is_declared():
    named = {e.properties["bpm:sla"].text for p in processes().values() for e in p.elements.values() if "bpm:sla" in e.properties}

    assert named <= {sla.code for sla in pack().slas}


def test_every_milestone_a_process_reaches_is_declared():
    reached = {
        e.properties["bpm:milestone"].text
        for p in processes().values()
        for e in p.elements.values()
        if "bpm:milestone" in e.properties
    }

    assert reached <= {milestone.code for milestone in pack().milestones}


def test_every_source_is_the_plan_a_law_a_practice_or_a_design():
    values = {
        thing.properties["bpm:source"].text
        for process in processes().values()
        for thing in (process, *process.elements.values())
        if "bpm:source" in thing.properties
    }

    assert [value for value in values if not re.fullmatch(r"plan R\d{3}|law .+|practice|design", value)] == []


def test_processes_and_decisions_have_no_warning_of_their_own():
    read = bpmn.read(of_kind(".bpmn"))

    assert (read.problems, dmn.read(of_kind(".dmn")).problems) in (([], []), ([], ()))
