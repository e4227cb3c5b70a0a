"""What the kernel cannot run yet: each such element is named at deployment, so that nothing is accepted and half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.bpmn.model import Element, Event, MultiInstance, Process, StandardLoop
from engine.errors import Problem
from engine.kernel.net import NODES

Finding = tuple[str, dict[str, object]]

_WAITS = frozenset({"message", "timer", "signal"})
EVENTS: dict[str, frozenset[str]] = {
    "process start": _WAITS | {"none"},
    "sub-process start": frozenset({"none"}),
    "event sub-process start": _WAITS | {"error", "escalation"},
    "intermediateCatchEvent": _WAITS | {"none"},
    "intermediateThrowEvent": frozenset({"none", "message", "signal", "escalation"}),
    "boundaryEvent": _WAITS | {"error", "escalation"},
    "endEvent": frozenset({"none", "message", "signal", "error", "escalation", "terminate"}),
}
_ESCALATING = frozenset({"subProcess"})
_FAILING = frozenset({"subProcess", "callActivity", "userTask", "serviceTask", "sendTask", "scriptTask"})
_SOMETIMES = frozenset({"sendTask", "scriptTask"})


def refuse(process: Process) -> list[Problem]:
    """Name everything in *process* that the kernel does not run, with its line and what to do instead."""
    problems = [_problem(process, process.id, process.line, finding) for finding in _of_process(process)]
    for element in process.elements.values():
        findings = [finding for check in CHECKS for finding in check(process, element)]
        problems += [_problem(process, element.id, element.line, finding) for finding in findings]
    return problems


def _problem(process: Process, element_id: str, line: int, finding: Finding) -> Problem:
    template, facts = finding
    return Problem(process.file, element_id, line, template, facts)


def _of_process(process: Process) -> Iterator[Finding]:
    if process.execution_listeners:
        yield "Listeners are not supported yet. Draw a service task instead.", {}


def _types(process: Process, element: Element) -> Iterator[Finding]:
    if element.type not in NODES:
        yield "The element type {type} is not supported yet. Draw it with other elements.", {"type": element.type}


def _events(process: Process, element: Element) -> Iterator[Finding]:
    place = _place(process, element)
    if place in EVENTS and element.event is not None and element.event.kind not in EVENTS[place]:
        yield "A {kind} event is not supported as {place} yet.", {"kind": element.event.kind, "place": place}


def _place(process: Process, element: Element) -> str:
    if element.type != "startEvent":
        return element.type
    if element.parent is None:
        return "process start"
    return "event sub-process start" if process.elements[element.parent].type == "eventSubProcess" else "sub-process start"


def _boundaries(process: Process, element: Element) -> Iterator[Finding]:
    event, host = element.event, process.elements.get(element.attached_to or "")
    if event is None or host is None:
        return
    facts: dict[str, object] = {"type": host.type}
    if event.kind == "escalation" and host.type not in _ESCALATING:
        yield "An escalation is not caught on a {type} yet, only on a sub-process. Let it end with an error instead.", facts
    if event.kind == "error" and (host.type not in _FAILING or (host.type in _SOMETIMES and host.job_type is None)):
        yield "This {type} reports no errors, so the boundary event would never happen. Remove it.", facts


def _listeners(process: Process, element: Element) -> Iterator[Finding]:
    if element.execution_listeners or element.task_listeners:
        yield "Listeners are not supported yet. Draw a service task before or after this element instead.", {}


def _quantities(process: Process, element: Element) -> Iterator[Finding]:
    if element.start_quantity != 1 or element.completion_quantity != 1:
        yield "startQuantity and completionQuantity other than 1 are not supported yet. Draw a gateway instead.", {}


def _compensation(process: Process, element: Element) -> Iterator[Finding]:
    if element.for_compensation or element.compensation_handler:
        yield "Compensation is not supported yet. Draw the undoing steps as ordinary tasks.", {}


def _instantiating(process: Process, element: Element) -> Iterator[Finding]:
    if element.instantiate:
        yield "An instantiating receive is not supported yet. Begin with a message start event.", {}


def _several(process: Process, element: Element) -> Iterator[Finding]:
    loop = element.loop
    if isinstance(loop, MultiInstance) and loop.behavior != "All":
        yield "The multi-instance behavior {behavior} is not supported yet. Leave it out.", {"behavior": loop.behavior}
    if isinstance(loop, StandardLoop) and loop.condition is None and loop.maximum is None:
        yield "The loop would never end. Give it a loopCondition or a loopMaximum.", {}


def _bindings(process: Process, element: Element) -> Iterator[Finding]:
    allowed = ("latest", "deployment") if element.type == "callActivity" else ("latest",)
    if element.binding not in allowed:
        template = "The bindingType {binding} is not supported here yet. Write one of: {choices}."
        yield template, {"binding": element.binding, "choices": ", ".join(allowed)}


def _event_gateway(process: Process, element: Element) -> Iterator[Finding]:
    if element.type != "eventBasedGateway":
        return
    targets = [process.elements[process.flows[flow].target] for flow in element.outgoing]
    for target in targets:
        if not _catches(target):
            yield "An event gateway leads to {target}, which waits for no message, timer or signal.", {"target": target.id}
        elif len(target.incoming) != 1:
            yield "{target} follows an event gateway and may have no other incoming flow.", {"target": target.id}
        elif any(other.attached_to == target.id for other in process.elements.values()) or target.loop or target.inputs:
            template = "{target} follows an event gateway and may have no boundary event, loop or input mapping."
            yield template, {"target": target.id}


def _catches(element: Element) -> bool:
    event: Event | None = element.event
    return element.type in ("intermediateCatchEvent", "receiveTask") and event is not None and event.kind in _WAITS


def _starts(process: Process, element: Element) -> Iterator[Finding]:
    if element.type not in ("subProcess", "eventSubProcess"):
        return
    starts = [child for child in element.children if process.elements[child].type == "startEvent"]
    if len(starts) != 1:
        yield "A sub-process needs exactly one start event, this one has {number}.", {"number": len(starts)}


CHECKS: tuple[Callable[[Process, Element], Iterator[Finding]], ...] = (
    _types,
    _events,
    _boundaries,
    _listeners,
    _quantities,
    _compensation,
    _bindings,
    _instantiating,
    _several,
    _event_gateway,
    _starts,
)
