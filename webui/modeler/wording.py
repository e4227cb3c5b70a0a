"""Differences between two versions, and what the engine finds, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.checking import Checked
from engine.comparing import Difference, FactChange
from engine.errors import Problem
from engine.soundness import Verdict
from webui.modeler.vocabulary import WORDS
from webui.problems import said

TYPES = {
    "process": _l("process"), "participant": _l("pool"), "lane": _l("lane"), "sequenceFlow": _l("flow"),
    "messageFlow": _l("message flow"), "association": _l("association"), "message": _l("message"), "signal": _l("signal"),
    "error": _l("error"), "escalation": _l("escalation"), "textAnnotation": _l("annotation"), "group": _l("group"),
    "dataObjectReference": _l("data object"), "dataObject": _l("data object"), "dataStoreReference": _l("data store"),
    "startEvent": _l("start event"), "endEvent": _l("end event"), "intermediateCatchEvent": _l("waiting event"),
    "intermediateThrowEvent": _l("throwing event"), "boundaryEvent": _l("boundary event"), "task": _l("task"),
    "userTask": _l("user task"), "serviceTask": _l("service task"), "sendTask": _l("send task"),
    "receiveTask": _l("receive task"), "scriptTask": _l("script task"), "manualTask": _l("manual task"),
    "businessRuleTask": _l("rule task"), "callActivity": _l("called process"), "subProcess": _l("sub-process"),
    "transaction": _l("transaction"), "adHocSubProcess": _l("ad-hoc sub-process"), "exclusiveGateway": _l("exclusive gateway"),
    "parallelGateway": _l("parallel gateway"), "inclusiveGateway": _l("inclusive gateway"),
    "eventBasedGateway": _l("event gateway"), "complexGateway": _l("complex gateway"),
}  # fmt: skip
FACTS = {
    "name": _l("name"), "lane": _l("lane"), "sourceRef": _l("comes from"), "targetRef": _l("leads to"),
    "default": _l("default flow"), "attachedToRef": _l("attached to"), "conditionExpression": _l("condition"),
    "documentation": _l("explanation"), "formDefinition.formId": _l("form"), "assignmentDefinition.assignee": _l("assignee"),
    "cancelActivity": _l("interrupting"), "assignmentDefinition.candidateGroups": _l("candidate groups"),
    "assignmentDefinition.candidateUsers": _l("candidate users"), "taskSchedule.dueDate": _l("due date"),
    "taskSchedule.followUpDate": _l("follow-up date"), "versionTag.value": _l("version tag"),
    "calledElement.processId": _l("called process"), "calledDecision.decisionId": _l("decision table"),
    "calledDecision.resultVariable": _l("result"), "script.expression": _l("script"), "script.resultVariable": _l("result"),
    "taskDefinition.type": _l("job type"), "timerEventDefinition.timeDate": _l("date"), "text": _l("text"),
    "timerEventDefinition.timeDuration": _l("duration"), "timerEventDefinition.timeCycle": _l("cycle"),
    "messageEventDefinition.messageRef": _l("message"), "messageRef": _l("message"), "subscription.correlationKey": _l("key"),
    "multiInstanceLoopCharacteristics.loopCharacteristics.inputCollection": _l("once for each of"),
    "multiInstanceLoopCharacteristics.isSequential": _l("one after the other"), "isExecutable": _l("executable"),
}  # fmt: skip


def kind_of(difference: Difference) -> str:
    """Say what became of an element."""
    return {"added": _("added"), "removed": _("removed"), "changed": _("changed")}[difference.kind]


def type_of(name: str) -> str:
    """Say what kind of element it is."""
    return str(TYPES.get(name, name))


def fact_of(change: FactChange) -> str:
    """Say which fact of an element changed."""
    if change.fact.startswith("input."):
        return _("input %(name)s", name=change.fact.removeprefix("input."))
    if change.fact.startswith("output."):
        return _("output %(name)s", name=change.fact.removeprefix("output."))
    return str(FACTS.get(change.fact) or WORDS.get(change.fact) or change.fact)


def findings(checked: Checked, verdict: Verdict, path: str) -> dict[str, Any]:
    """Put everything the engine says of a file, and of others because of it, into one list for the page."""
    names = {element.id: element.name for process in checked.processes for element in process.elements.values()}
    found = [_finding(problem, "problem", _("Error"), names, path) for problem in checked.problems]
    found += [_finding(fault, "warning", _("Soundness"), names, path) for fault in verdict.findings]
    found += [_finding(open_, "warning", _("Not judged"), names, path) for open_ in verdict.unjudged]
    found += [_finding(warning, "note", _("Aside"), names, path) for warning in checked.warnings if warning.file == path]
    return {"findings": found, "summary": _summary(found, verdict), "state": _state(found, verdict)}


def _finding(problem: Problem, kind: str, word: str, names: Mapping[str, str], path: str) -> dict[str, Any]:
    here, element = problem.file == path, problem.element or ""
    return {
        "kind": kind,
        "word": word,
        "element": element if here else None,
        "name": names.get(element, element),
        "sentence": said(problem),
        "line": _("line %(number)s", number=problem.line) if here else f"{problem.file}:{problem.line}",
    }


def _summary(found: list[dict[str, Any]], verdict: Verdict) -> str:
    errors = sum(one["kind"] == "problem" for one in found)
    if errors:
        return _("%(errors)s errors, %(others)s notes", errors=errors, others=len(found) - errors)
    if verdict.findings:
        return _("It can be deployed, but may not always come to its end.")
    if verdict.unjudged:
        return _("It can be deployed. Whether it always comes to its end can only partly be proved.")
    return _("It can be deployed, and it is proved that it can always come to its end.")


def _state(found: list[dict[str, Any]], verdict: Verdict) -> str:
    if any(one["kind"] == "problem" for one in found):
        return "problem"
    return "warning" if verdict.findings or verdict.unjudged else "good"
