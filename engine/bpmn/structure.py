"""How the elements of a process hang together: flows, gateways, boundary events, compensation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from engine.bpmn.document import Document
from engine.bpmn.model import Element, Flow, Process
from engine.bpmn.vocabulary import ACTIVITIES

_CAUGHT_AFTER_CHOICE = {"message", "timer", "signal", "conditional", "multiple"}
_INTERRUPTING_ONLY = {"error", "cancel"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A process that was read, and the nodes of the file its elements and flows came from."""

    document: Document
    process: Process
    nodes: Mapping[str, etree._Element]

    def refuse(self, identifier: str, template: str, **facts: object) -> None:
        """Say what is wrong at the element or flow *identifier*."""
        self.document.refuse(self.nodes[identifier], template, **facts)

    def scope(self, parent: str | None) -> list[Element]:
        """List the elements directly inside a sub-process, or of the process itself."""
        return [element for element in self.process.elements.values() if element.parent == parent]

    def targets(self, element: Element) -> list[Element]:
        """List what the outgoing flows of *element* lead to."""
        return [self.process.elements[self.process.flows[flow].target] for flow in element.outgoing]


def check(drawing: Drawing) -> None:
    """Refuse what is joined up wrongly."""
    for flow in drawing.process.flows.values():
        _check_flow(drawing, flow)
    for element in drawing.process.elements.values():
        _check_ends(drawing, element)
        _check_default(drawing, element)
        if check_one := _CHECKS.get(element.type):
            check_one(drawing, element)
        if element.event and element.event.kind == "compensation" and element.type != "boundaryEvent":
            _check_compensation_throw(drawing, element)
        _check_cancel(drawing, element)


def _check_flow(drawing: Drawing, flow: Flow) -> None:
    source, target = drawing.process.elements[flow.source], drawing.process.elements[flow.target]
    if source.parent != target.parent:
        template = "The flow leaves a sub-process: {source} and {target} lie in different ones. Connect the sub-process itself."
        drawing.refuse(flow.id, template, source=source.id, target=target.id)
    if target.type in ("startEvent", "boundaryEvent", "eventSubProcess") or target.for_compensation:
        template = "No flow may lead into {element} ({type}). Connect it to another element."
        drawing.refuse(flow.id, template, element=target.id, type=target.type)
    if source.type in ("endEvent", "eventSubProcess") or source.for_compensation:
        template = "No flow may leave {element} ({type}). Remove the flow."
        drawing.refuse(flow.id, template, element=source.id, type=source.type)


def _check_ends(drawing: Drawing, element: Element) -> None:
    """Refuse an ``<incoming>`` or ``<outgoing>`` that contradicts the flows."""
    for tag, flows in (("incoming", element.incoming), ("outgoing", element.outgoing)):
        for line in drawing.nodes[element.id].iterchildren(f"{{*}}{tag}"):
            if (name := (line.text or "").strip()) not in flows:
                template = "{element} names the {direction} flow {flow}, which is not there. Remove the line or draw the flow."
                drawing.document.refuse(line, template, element=element.id, direction=tag, flow=name)


def _check_default(drawing: Drawing, element: Element) -> None:
    if element.default is None:
        return
    if element.default not in element.outgoing:
        template = "The default flow {flow} does not leave this element. Choose one of: {choices}."
        drawing.refuse(element.id, template, flow=element.default, choices=", ".join(element.outgoing) or "-")
    elif drawing.process.flows[element.default].condition:
        template = "The condition of a default flow is kept, but has no effect."
        drawing.document.findings.warn(drawing.nodes[element.default], template)


def _check_choice(drawing: Drawing, element: Element) -> None:
    """Refuse a way out of an exclusive or inclusive gateway that nothing decides about."""
    if len(element.outgoing) < 2:
        return
    for flow in element.outgoing:
        if flow != element.default and drawing.nodes[flow].find("{*}conditionExpression") is None:
            template = "The flow leaves {gateway} without a condition. Write a condition or make it the default flow."
            drawing.refuse(flow, template, gateway=element.id)


def _check_parallel(drawing: Drawing, element: Element) -> None:
    for flow in element.outgoing:
        if drawing.process.flows[flow].condition:
            template = "A condition on a flow that leaves a parallel gateway is kept, but has no effect."
            drawing.document.findings.warn(drawing.nodes[flow], template)


def _check_event_gateway(drawing: Drawing, element: Element) -> None:
    if len(element.outgoing) < 2:
        drawing.refuse(element.id, "An event-based gateway needs at least two events to choose from. Connect them.")
    for flow in element.outgoing:
        if drawing.process.flows[flow].condition:
            drawing.refuse(flow, "A flow that leaves an event-based gateway has no condition. Remove it: the event decides.")
    for target in drawing.targets(element):
        catches = target.type == "receiveTask" or (
            target.type == "intermediateCatchEvent" and _kind(target) in _CAUGHT_AFTER_CHOICE
        )
        if not catches:
            template = "{element} follows an event-based gateway. Only catching events and receive tasks may."
            drawing.refuse(target.id, template, element=target.id)
        elif len(target.incoming) > 1:
            template = "{element} follows an event-based gateway and has another incoming flow. Give it only one."
            drawing.refuse(target.id, template, element=target.id)


def _kind(element: Element) -> str:
    return element.event.kind if element.event else "none"


def _check_boundary(drawing: Drawing, element: Element) -> None:
    host = drawing.process.elements.get(element.attached_to or "")
    kind = _kind(element)
    if host is None:
        template = "The boundary event is attached to {host}, which is not there. Attach it to an activity."
        drawing.refuse(element.id, template, host=element.attached_to or "-")
        return
    if host.type not in ACTIVITIES or host.parent != element.parent or host.for_compensation:
        template = "A boundary event cannot be attached to {host} ({type}). Attach it to an activity beside it."
        drawing.refuse(element.id, template, host=host.id, type=host.type)
    if kind in _INTERRUPTING_ONLY and not element.interrupting:
        drawing.refuse(element.id, "A boundary event for {kind} always interrupts. Remove cancelActivity.", kind=kind)
    if kind == "cancel" and host.type != "transaction":
        drawing.refuse(element.id, "Cancel events belong to a transaction. Attach it to one.")
    if kind == "compensation":
        _check_compensation_boundary(drawing, element)


def _check_compensation_boundary(drawing: Drawing, element: Element) -> None:
    if element.outgoing:
        drawing.refuse(element.id, "A compensation boundary event has no flows. Associate it with its handler instead.")
    if element.compensation_handler is None:
        template = "The compensation boundary event has no handler. Associate it with an activity that has isForCompensation."
        drawing.refuse(element.id, template)


def _check_compensation_throw(drawing: Drawing, element: Element) -> None:
    activity = element.event.activity if element.event else None
    if activity and (activity not in drawing.process.elements or drawing.process.elements[activity].type not in ACTIVITIES):
        template = "It compensates {activity}, which is no activity of the process. Correct activityRef or remove it."
        drawing.refuse(element.id, template, activity=activity)


def _check_cancel(drawing: Drawing, element: Element) -> None:
    if _kind(element) != "cancel" or element.type == "boundaryEvent":
        return
    parent = element.parent
    while parent and drawing.process.elements[parent].type != "transaction":
        parent = drawing.process.elements[parent].parent
    if parent is None:
        drawing.refuse(element.id, "Cancel events belong to a transaction. Move it into one or end with an error.")


_CHECKS: dict[str, Callable[[Drawing, Element], None]] = {
    "exclusiveGateway": _check_choice,
    "inclusiveGateway": _check_choice,
    "parallelGateway": _check_parallel,
    "eventBasedGateway": _check_event_gateway,
    "boundaryEvent": _check_boundary,
}
