"""Forecast: what comes next after an element, as far as its variables say; read before a form is handed in."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.bpmn.model import Element, Flow, Process
from engine.feel import Environment, FeelError

_STOPS = frozenset({"userTask", "receiveTask", "callActivity", "intermediateCatchEvent", "eventBasedGateway", "endEvent"})
_INSIDE = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_CHANGES = frozenset({"scriptTask", "serviceTask", "sendTask", "businessRuleTask"})


@dataclass(frozen=True, slots=True)
class Next:
    """An element that may be reached; *is_certain* when no open question lies on the way."""

    element_id: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """A place on the way: whether it will certainly be reached, and whether the variables are still the ones given."""

    element: str
    is_certain: bool = True
    is_known: bool = True


def forecast(
    process: Process, element_id: str, context: Mapping[str, object], environment: Environment | None = None
) -> list[Next]:
    """List the people's tasks, waits and ends that completing *element_id* with *context* leads to, the nearest first.

    Conditions are asked of *context*; behind a script, job or decision, which may change it, every way is possible.
    """
    look = _Look(process, context, environment or Environment())
    found: dict[str, bool] = {}
    seen: set[_Step] = set()
    line = deque(look.after(_Step(element_id)))
    while line:
        step = line.popleft()
        if step in seen:
            continue
        seen.add(step)
        if look.stops(step):
            found[step.element] = found.get(step.element, False) or step.is_certain
        else:
            line.extend(look.through(step))
    return [Next(element, is_certain) for element, is_certain in found.items()]


class _Look:
    """Looks ahead in one process with one set of variables."""

    def __init__(self, process: Process, context: Mapping[str, object], environment: Environment) -> None:
        self.process = process
        self.context = context
        self.environment = environment
        self.names = context.keys() | environment.functions.keys()

    def _around(self, element: Element) -> Element | None:
        """Give the embedded sub-process that the element is in."""
        parent = self.process.elements[element.parent] if element.parent else None
        return parent if parent is not None and parent.type in _INSIDE else None

    def stops(self, step: _Step) -> bool:
        """Say whether a person would be told of this place."""
        element = self.process.elements[step.element]
        if element.event is not None and element.event.kind == "link":
            return False
        return element.type in _STOPS and not (element.type == "endEvent" and self._around(element))

    def through(self, step: _Step) -> list[_Step]:
        """Pass an element that nobody is told of."""
        element = self.process.elements[step.element]
        if element.type in _INSIDE:
            starts = [child for child in element.children if self._begins(element, self.process.elements[child])]
            return [_Step(start, step.is_certain and element.loop is None, step.is_known) for start in starts]
        if element.type in _CHANGES or element.outputs:
            step = replace(step, is_known=False)
        return self.after(step)

    def _begins(self, around: Element, element: Element) -> bool:
        """Say whether a sub-process may begin with this element."""
        if around.type != "adHocSubProcess":
            return element.type == "startEvent"
        return not element.incoming and not element.attached_to and element.type != "eventSubProcess"

    def after(self, step: _Step) -> list[_Step]:
        """Leave an element by the flows it would take."""
        element = self.process.elements[step.element]
        flows = [self.process.flows[flow] for flow in element.outgoing]
        if element.type == "intermediateThrowEvent" and (links := self.process.links(element, "intermediateCatchEvent")):
            return [replace(step, element=link.id) for link in links]
        if not flows and (around := self._around(element)):
            return self.after(_Step(around.id, is_certain=False, is_known=step.is_known and not around.outputs))
        taken, is_sure = self._taken(element, flows, step.is_known)
        return [_Step(flow.target, step.is_certain and is_sure, step.is_known) for flow in taken]

    def _taken(self, element: Element, flows: list[Flow], is_known: bool) -> tuple[list[Flow], bool]:
        """Choose the flows as the kernel would; all that are possible where a condition cannot be answered yet."""
        if element.type == "parallelGateway" or not any(flow.condition for flow in flows):
            return flows, True
        true, open_ = self._asked(element, flows, is_known)
        default = [flow for flow in flows if flow.id == element.default]
        if open_:
            return [flow for flow in flows if flow in true or flow in open_ or flow in default], False
        return true or default, True

    def _asked(self, element: Element, flows: list[Flow], is_known: bool) -> tuple[list[Flow], list[Flow]]:
        true: list[Flow] = []
        open_: list[Flow] = []
        for flow in flows:
            if flow.id == element.default:
                continue
            if flow.condition and (not is_known or flow.condition.names - self.names):
                open_.append(flow)
            elif self._holds(flow):
                true.append(flow)
                if element.type == "exclusiveGateway":
                    break
        return true, open_

    def _holds(self, flow: Flow) -> bool:
        try:
            return flow.condition is None or flow.condition.evaluate(self.context, self.environment) is True
        except FeelError:
            return False
