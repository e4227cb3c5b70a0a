"""Where a process and its sub-processes begin, and whether a path leads to every element."""

from collections import defaultdict
from collections.abc import Iterable

from engine.bpmn.model import Element
from engine.bpmn.structure import Drawing

_STARTED_BY_THEMSELVES = {"eventSubProcess"}


def check(drawing: Drawing) -> None:
    """Refuse scopes without a start or with two, links that lead nowhere, and elements that no path reaches."""
    _check_start(drawing, None)
    _check_links(drawing, None)
    for element in drawing.process.elements.values():
        if element.type in ("subProcess", "transaction", "eventSubProcess"):
            _check_start(drawing, element)
        elif element.type == "adHocSubProcess":
            _check_ad_hoc(drawing, element)
        if element.children:
            _check_links(drawing, element.id)
    for identifier in drawing.process.elements.keys() - _reached(drawing):
        template = "No path leads to this element. Connect it or remove it."
        drawing.refuse(identifier, template)


def _check_start(drawing: Drawing, scope: Element | None) -> None:
    inside = drawing.scope(scope.id if scope else None)
    starts = [element for element in inside if element.type == "startEvent"]
    identifier = scope.id if scope else drawing.process.id
    none = [start for start in starts if start.event and start.event.kind == "none"]
    if not starts and not (scope is None and any(_instantiates(element) for element in inside)):
        drawing.refuse(identifier, "There is no start event. Draw one and connect it.")
    for start in none[1:]:
        drawing.refuse(start.id, "There are two start events without a trigger. Keep one.")
    _check_triggers(drawing, starts)
    for start in starts:
        if start.form_id and (scope is not None or start not in none):
            template = "A start form belongs to the start event without a trigger of the process itself. Remove it here."
            drawing.refuse(start.id, template)
    if scope is not None and scope.type == "eventSubProcess":
        _check_event_sub_process(drawing, scope, starts)


def _check_triggers(drawing: Drawing, starts: list[Element]) -> None:
    """Refuse two starts that one message or signal would trigger at once."""
    seen: set[tuple[str, str]] = set()
    for start in starts:
        parts = (start.event.parts or (start.event,)) if start.event else ()
        for part in parts:
            if part.kind in ("message", "signal") and part.name:
                if (part.kind, part.name.text) in seen:
                    drawing.refuse(start.id, "Two start events wait for {name}. Keep one.", name=part.name.text)
                seen.add((part.kind, part.name.text))


def _instantiates(element: Element) -> bool:
    return element.instantiate and not element.incoming


def _check_event_sub_process(drawing: Drawing, scope: Element, starts: list[Element]) -> None:
    for start in starts[1:]:
        drawing.refuse(start.id, "An event sub-process has exactly one start event. Remove this one.")
    for start in starts:
        if start.event and start.event.kind == "error" and not start.interrupting:
            drawing.refuse(start.id, "An error start always interrupts. Remove isInterrupting.")
    if scope.loop:
        drawing.refuse(scope.id, "An event sub-process cannot loop. Put the loop on an activity inside it.")


def _check_ad_hoc(drawing: Drawing, scope: Element) -> None:
    inside = drawing.scope(scope.id)
    for element in inside:
        if element.type in ("startEvent", "endEvent"):
            drawing.refuse(element.id, "An ad-hoc sub-process has neither start nor end events. Remove it.")
    if not inside:
        drawing.refuse(scope.id, "The ad-hoc sub-process is empty. Put at least one activity into it.")


def _link_name(element: Element) -> str:
    return element.event.name.text if element.event and element.event.name else ""


def _check_links(drawing: Drawing, parent: str | None) -> None:
    catches: dict[str, Element] = {}
    links = [element for element in drawing.scope(parent) if element.event and element.event.kind == "link"]
    for element in links:
        if element.type != "intermediateCatchEvent":
            continue
        if _link_name(element) in catches:
            drawing.refuse(element.id, "Two link events catch {name}. Give one another name.", name=_link_name(element))
        catches[_link_name(element)] = element
        if element.incoming:
            drawing.refuse(element.id, "A catching link has no incoming flow. Remove it: the throwing link leads here.")
    for element in links:
        if element.type == "intermediateThrowEvent":
            if _link_name(element) not in catches:
                drawing.refuse(element.id, "No link event catches {name} here. Draw one.", name=_link_name(element))
            if element.outgoing:
                drawing.refuse(element.id, "A throwing link has no outgoing flow. Remove it: the catching link goes on.")


def _reached(drawing: Drawing) -> set[str]:
    """Follow flows, boundaries, sub-processes and what starts by itself, from every start of the process."""
    attached: dict[str, list[str]] = defaultdict(list)
    for element in drawing.process.elements.values():
        if element.attached_to:
            attached[element.attached_to].append(element.id)
    waiting = [element.id for element in _entries(drawing.scope(None))]
    reached: set[str] = set()
    while waiting:
        identifier = waiting.pop()
        if identifier in reached:
            continue
        reached.add(identifier)
        element = drawing.process.elements[identifier]
        inside = drawing.scope(identifier) if element.children else []
        entries = inside if element.type == "adHocSubProcess" else _entries(inside)
        waiting += [inner.id for inner in entries] + attached[identifier]
        waiting += [target.id for target in drawing.targets(element)]
    return reached


def _entries(inside: Iterable[Element]) -> list[Element]:
    """Choose what needs no path: starts, event sub-processes, compensation handlers, caught links, instantiating receives."""
    return [element for element in inside if _is_entry(element)]


def _is_entry(element: Element) -> bool:
    if element.type == "startEvent" or element.type in _STARTED_BY_THEMSELVES or element.for_compensation:
        return True
    return _instantiates(element) or (
        element.type == "intermediateCatchEvent" and bool(element.event and element.event.kind == "link")
    )
