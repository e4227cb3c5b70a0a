"""Flow nodes: one element of a process file and everything its extension elements say."""

from collections.abc import Mapping
from typing import cast

from lxml import etree

from engine.bpmn import events, loops, timers
from engine.bpmn import properties as bpm
from engine.bpmn.document import Document, child, extension, flag, inner, number
from engine.bpmn.model import Assignment, Element, ElementType, Event, Listener, Mapped, Value
from engine.bpmn.vocabulary import EVENTS
from engine.feel import Expression
from engine.source import line_of, local_name, text_of


def type_of(node: etree._Element) -> str:
    """Give the element type; an event sub-process is a type of its own."""
    name = local_name(node)
    return "eventSubProcess" if name == "subProcess" and flag(node, "triggeredByEvent", False) else name


def read(document: Document, node: etree._Element, place: str, parent: str | None, lane: str | None) -> Element:
    """Read one flow node; *place* says where it stands as far as events are concerned. Flows and children come later."""
    kind = type_of(node)
    return Element(
        id=node.get("id", ""),
        type=cast(ElementType, kind),
        name=node.get("name", ""),
        line=line_of(node),
        parent=parent,
        lane=lane,
        default=node.get("default"),
        event=_event(document, node, place),
        attached_to=node.get("attachedToRef"),
        interrupting=flag(node, "cancelActivity" if kind == "boundaryEvent" else "isInterrupting", True),
        loop=loops.read(document, node),
        ad_hoc=loops.read_ad_hoc(document, node) if kind == "adHocSubProcess" else None,
        inputs=_mappings(document, node, "input"),
        outputs=_mappings(document, node, "output"),
        assignment=_assignment(document, node) if kind == "userTask" else None,
        headers=_headers(document, node),
        documentation=text_of(child(node, "documentation")),
        properties=properties(document, node),
        start_quantity=number(node, "startQuantity"),
        completion_quantity=number(node, "completionQuantity"),
        activation_condition=document.expression(child(node, "activationCondition"), "condition"),
        instantiate=flag(node, "instantiate", False),
        for_compensation=flag(node, "isForCompensation", False),
        execution_listeners=listeners(document, node, "executionListener"),
        task_listeners=listeners(document, node, "taskListener"),
        **_work(document, node),  # type: ignore[arg-type]
    )


def _event(document: Document, node: etree._Element, place: str) -> Event | None:
    name = local_name(node)
    if name in EVENTS:
        return events.read(document, node, place)
    if name == "receiveTask":
        return events.message(document, node, node, throws=False)
    if name == "sendTask" and extension(node, "taskDefinition") is None:
        return events.message(document, node, node, throws=True)
    return None


def _work(document: Document, node: etree._Element) -> dict[str, object]:
    """Read what the element does: form, job, script, decision or process."""
    name = local_name(node)
    found: dict[str, object] = {}
    for tag, attribute, key in (
        ("formDefinition", "formId", "form_id"),
        ("taskDefinition", "type", "job_type"),
        ("taskDefinition", "retries", "job_retries"),
        ("calledDecision", "decisionId", "called_decision"),
        ("calledElement", "processId", "called_process"),
    ):
        if (holder := extension(node, tag)) is not None:
            found[key] = document.value(holder, holder.get(attribute))
    _check_whole_number(document, node, cast("Value | None", found.get("job_retries")), "retries")
    found |= _script(document, node) | _decision(document, node) | _called(node) | _binding(node)
    for tag, wanted in (
        ("serviceTask", "taskDefinition"),
        ("businessRuleTask", "calledDecision"),
        ("callActivity", "calledElement"),
    ):
        if name == tag and extension(node, wanted) is None:
            document.refuse(
                node, "The {element} does not say what to do. Write zeebe:{extension}.", element=name, extension=wanted
            )
    return found


def _script(document: Document, node: etree._Element) -> dict[str, object]:
    holder, job = extension(node, "script"), extension(node, "taskDefinition")
    if local_name(node) == "scriptTask" and (holder is None) == (job is None):
        template = "The script task needs either zeebe:script or zeebe:taskDefinition. Write one of them."
        document.refuse(node, template)
    if holder is None:
        return {}
    value = document.feel(holder, holder.get("expression"), "script")
    result: Expression | None = value.expression if value else None
    return {"script": result, "result_variable": document.variable(holder, holder.get("resultVariable"))}


def _decision(document: Document, node: etree._Element) -> dict[str, object]:
    holder = extension(node, "calledDecision")
    return {} if holder is None else {"result_variable": document.variable(holder, holder.get("resultVariable"))}


def _called(node: etree._Element) -> dict[str, object]:
    holder = extension(node, "calledElement")
    if holder is None:
        return {}
    names = {"propagate_all_child_variables": "propagateAllChildVariables"}
    names["propagate_all_parent_variables"] = "propagateAllParentVariables"
    return {key: flag(holder, attribute, True) for key, attribute in names.items()}


def _binding(node: etree._Element) -> dict[str, object]:
    for name in ("formDefinition", "calledDecision", "calledElement"):
        if (holder := extension(node, name)) is not None:
            return {"binding": holder.get("bindingType", "latest"), "version_tag": holder.get("versionTag")}
    return {}


def _assignment(document: Document, node: etree._Element) -> Assignment:
    found: dict[str, Value | None] = {}
    for tag, attribute, key in (
        ("assignmentDefinition", "assignee", "assignee"),
        ("assignmentDefinition", "candidateUsers", "candidate_users"),
        ("assignmentDefinition", "candidateGroups", "candidate_groups"),
        ("taskSchedule", "dueDate", "due_date"),
        ("taskSchedule", "followUpDate", "follow_up_date"),
        ("priorityDefinition", "priority", "priority"),
    ):
        if (holder := extension(node, tag)) is not None:
            found[key] = document.value(holder, holder.get(attribute))
    for key in ("due_date", "follow_up_date"):
        _check_date(document, node, found.get(key))
    _check_whole_number(document, node, found.get("priority"), "priority")
    return Assignment(**found)


def _check_date(document: Document, node: etree._Element, value: Value | None) -> None:
    if value and not value.text.startswith("="):
        try:
            timers.check("date", value.text)
        except timers.TimerError as error:
            document.refuse(node, 'The {kind} "{text}" cannot be read: {reason}.', kind="date", text=value.text, reason=error)


def _check_whole_number(document: Document, node: etree._Element, value: Value | None, what: str) -> None:
    if value and not value.text.startswith("=") and not (value.text.isascii() and value.text.isdigit()):
        document.refuse(node, '{attribute} is "{value}". Write a whole number or =expression.', attribute=what, value=value.text)


def _mappings(document: Document, node: etree._Element, tag: str) -> tuple[Mapped, ...]:
    lines = (document.mapped(line) for line in inner(node, "ioMapping", tag))
    return tuple(line for line in lines if line)


def _headers(document: Document, node: etree._Element) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in inner(node, "taskHeaders", "header"):
        key = line.get("key", "")
        if key in found:
            document.refuse(line, "The header {name} is written twice. Keep one.", name=key)
        found[key] = line.get("value", "")
    return found


def properties(document: Document, node: etree._Element) -> Mapping[str, Value]:
    """Read the ``bpm:`` properties of an element, literal or FEEL."""
    found: dict[str, Value] = {}
    for line in inner(node, "properties", "property"):
        name, value = line.get("name", ""), document.value(line, line.get("value"))
        if name.startswith("bpm:") and value:
            found[name] = value
    bpm.check(document, node, found)
    return found


def listeners(document: Document, node: etree._Element, tag: str) -> tuple[Listener, ...]:
    """Read the execution or task listeners of an element."""
    found = []
    for line in inner(node, f"{tag}s", tag):
        job, retries = document.value(line, line.get("type")), document.value(line, line.get("retries"))
        _check_whole_number(document, line, retries, "retries")
        if job:
            found.append(Listener(line.get("eventType", ""), job, retries))
    return tuple(found)
