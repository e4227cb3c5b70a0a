"""What the kernel cannot run yet: each such element is named at deployment, so that nothing is accepted and half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.bpmn.model import Element, Event, MultiInstance, Process, StandardLoop
from engine.errors import Problem
from engine.kernel.net import NODES
from engine.kernel.watches import parts

Finding = tuple[str, dict[str, object]]

_WAITS = frozenset({"message", "timer", "signal", "conditional"})
_CAUGHT = _WAITS | {"error", "escalation", "multiple", "parallelMultiple"}
_CHOSEN = _WAITS | {"multiple"}
_THROWN = frozenset({"none", "message", "signal", "escalation", "compensation", "multiple"})
EVENTS: dict[str, frozenset[str]] = {
    "process start": frozenset({"none", "message", "timer", "signal", "multiple"}),
    "sub-process start": frozenset({"none"}),
    "event sub-process start": _CAUGHT | {"compensation"},
    "intermediateCatchEvent": _WAITS | {"none", "link", "multiple", "parallelMultiple"},
    "intermediateThrowEvent": _THROWN | {"link"},
    "boundaryEvent": _CAUGHT | {"compensation", "cancel"},
    "endEvent": _THROWN | {"error", "terminate", "cancel"},
}
_ESCALATING = frozenset({"subProcess", "transaction", "adHocSubProcess", "callActivity"})
_STARTS = frozenset({"subProcess", "transaction", "eventSubProcess"})
_UNHEARD = frozenset({"assigning", "updating", "canceling"})
_FAILING = _ESCALATING | {"userTask", "serviceTask", "sendTask", "scriptTask"}
_SOMETIMES = frozenset({"sendTask", "scriptTask"})


def refuse(process: Process) -> list[Problem]:
    """Name everything in *process* that the kernel does not run, with its line and what to do instead."""
    problems: list[Problem] = []
    for element in process.elements.values():
        findings = [finding for check in CHECKS for finding in check(process, element)]
        problems += [_problem(process, element.id, element.line, finding) for finding in findings]
    return problems


def _problem(process: Process, element_id: str, line: int, finding: Finding) -> Problem:
    template, facts = finding
    return Problem(process.file, element_id, line, template, facts)


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


def _parts(process: Process, element: Element) -> Iterator[Finding]:
    event = element.event
    for part in event.parts if event else ():
        if part.kind in ("link", "compensation") and element.type not in ("intermediateThrowEvent", "endEvent"):
            yield "A {kind} event cannot be one of several events here. Draw it alone.", {"kind": part.kind}
        elif event and event.kind == "parallelMultiple" and part.kind not in _WAITS:
            template = "A {kind} event cannot be awaited together with others. Draw it alone."
            yield template, {"kind": part.kind}


def _boundaries(process: Process, element: Element) -> Iterator[Finding]:
    event, host = element.event, process.elements.get(element.attached_to or "")
    if event is None or host is None:
        return
    facts: dict[str, object] = {"type": host.type}
    throws = isinstance(host.loop, MultiInstance) and host.loop.behavior != "All"
    if event.kind == "escalation" and host.type not in _ESCALATING and not throws:
        yield "A {type} does not escalate, so the boundary event would never happen. Remove it.", facts
    if event.kind == "error" and (host.type not in _FAILING or (host.type in _SOMETIMES and host.job_type is None)):
        yield "This {type} reports no errors, so the boundary event would never happen. Remove it.", facts


def _listeners(process: Process, element: Element) -> Iterator[Finding]:
    if element.execution_listeners and element.type.endswith("Gateway"):
        yield "A gateway has no listeners. Put them on the elements before or after it.", {}
    for listener in element.task_listeners:
        if listener.event in _UNHEARD:
            template = "A task listener on {event} is not supported yet. Choose creating or completing."
            yield template, {"event": listener.event}


def _compensation(process: Process, element: Element) -> Iterator[Finding]:
    around = process.elements.get(element.parent or "")
    is_start = element.type == "startEvent" and element.event is not None and element.event.kind == "compensation"
    if is_start and around is not None and around.parent is None:
        yield "A process as a whole is not compensated. Put the compensation event sub-process into a sub-process.", {}


def _cancelling(process: Process, element: Element) -> Iterator[Finding]:
    if element.type != "endEvent" or "cancel" not in {part.kind for part in parts(element.event)}:
        return
    around = process.elements.get(element.parent or "")
    while around is not None and around.type != "transaction":
        around = process.elements.get(around.parent or "")
    edges = [one for one in process.elements.values() if around is not None and one.attached_to == around.id]
    number = sum("cancel" in {part.kind for part in parts(edge.event)} for edge in edges)
    if around is not None and number != 1:
        template = "The transaction {transaction} needs one cancel boundary event for this to go on at, it has {number}."
        yield template, {"transaction": around.id, "number": number}


def _instantiating(process: Process, element: Element) -> Iterator[Finding]:
    if element.instantiate and (element.incoming or element.parent is not None):
        yield "A receive that begins the process stands at its beginning, without incoming flows.", {}


def _several(process: Process, element: Element) -> Iterator[Finding]:
    loop = element.loop
    if isinstance(loop, StandardLoop) and loop.condition is None and loop.maximum is None:
        yield "The loop would never end. Give it a loopCondition or a loopMaximum.", {}


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
    return element.type in ("intermediateCatchEvent", "receiveTask") and event is not None and event.kind in _CHOSEN


def _starts(process: Process, element: Element) -> Iterator[Finding]:
    if element.type not in _STARTS:
        return
    starts = [child for child in element.children if process.elements[child].type == "startEvent"]
    if len(starts) != 1:
        yield "A sub-process needs exactly one start event, this one has {number}.", {"number": len(starts)}


CHECKS: tuple[Callable[[Process, Element], Iterator[Finding]], ...] = (
    _types,
    _events,
    _parts,
    _boundaries,
    _listeners,
    _compensation,
    _cancelling,
    _instantiating,
    _several,
    _event_gateway,
    _starts,
)
