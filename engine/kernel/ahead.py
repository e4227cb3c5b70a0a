"""Forecast: what comes next after an element, as far as its variables say; read before a form is handed in."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from engine.bpmn.model import Element, Flow, Process
from engine.feel import Environment, FeelError

_STOPS = frozenset({"userTask", "receiveTask", "callActivity", "intermediateCatchEvent", "eventBasedGateway", "endEvent"})
_QUIET = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "task", "manualTask", "startEvent", "subProcess"})


@dataclass(frozen=True, slots=True)
class Next:
    """An element that may be reached; *is_certain* when no open question lies on the way."""

    element_id: str
    is_certain: bool


def forecast(
    process: Process, element_id: str, context: Mapping[str, object], environment: Environment | None = None
) -> list[Next]:
    """List the people's tasks, waits and ends that completing *element_id* with *context* leads to, the nearest first.

    Conditions are asked of *context*; behind a script, job or decision, which may change it, every way is possible.
    """
    environment = environment or Environment()
    found: dict[str, bool] = {}
    seen: set[tuple[str, bool]] = set()
    line = deque(_after(process, process.elements[element_id], context, environment, True))
    while line:
        element, is_certain = line.popleft()
        if (element.id, is_certain) in seen:
            continue
        seen.add((element.id, is_certain))
        if element.type in _STOPS and not _is_inner_end(process, element):
            found[element.id] = found.get(element.id, False) or is_certain
            continue
        line.extend(_through(process, element, context, environment, is_certain))
    return [Next(element, is_certain) for element, is_certain in found.items()]


def _is_inner_end(process: Process, element: Element) -> bool:
    return element.type == "endEvent" and element.parent is not None and process.elements[element.parent].type == "subProcess"


def _through(
    process: Process, element: Element, context: Mapping[str, object], environment: Environment, is_certain: bool
) -> list[tuple[Element, bool]]:
    if element.type == "subProcess":
        starts = [process.elements[child] for child in element.children]
        return [(start, is_certain and not element.loop) for start in starts if start.type == "startEvent"]
    if element.type == "endEvent" and element.parent:
        element = process.elements[element.parent]
        is_certain = False
    keeps = element.type in _QUIET or element.event is not None
    return _after(process, element, context, environment, is_certain and keeps)


def _after(
    process: Process, element: Element, context: Mapping[str, object], environment: Environment, is_certain: bool
) -> list[tuple[Element, bool]]:
    flows = [process.flows[flow] for flow in element.outgoing]
    if not flows and element.parent and process.elements[element.parent].type == "subProcess":
        return _after(process, process.elements[element.parent], context, environment, False)
    taken, is_known = _taken(element, flows, context, environment) if is_certain else (flows, False)
    sure = is_certain and is_known and element.type != "eventBasedGateway"
    return [(process.elements[flow.target], sure or (is_certain and len(flows) == 1)) for flow in taken]


def _taken(
    element: Element, flows: list[Flow], context: Mapping[str, object], environment: Environment
) -> tuple[list[Flow], bool]:
    """Choose the flows as the kernel would; all of them where a condition cannot be answered yet."""
    if element.type == "parallelGateway" or not any(flow.condition for flow in flows):
        return flows, True
    true, unknown = _asked(element, flows, context, environment)
    if unknown:
        return [flow for flow in flows if flow.id == element.default or flow in true or flow in unknown], False
    if element.type == "exclusiveGateway":
        true = true[:1]
    return true or [flow for flow in flows if flow.id == element.default], True


def _asked(
    element: Element, flows: list[Flow], context: Mapping[str, object], environment: Environment
) -> tuple[list[Flow], list[Flow]]:
    true, unknown = [], []
    for flow in flows:
        if flow.id == element.default:
            continue
        if flow.condition is None:
            true.append(flow)
        elif flow.condition.names - context.keys() - environment.functions.keys():
            unknown.append(flow)
        elif _is_true(flow, context, environment):
            true.append(flow)
        if element.type == "exclusiveGateway" and true and not unknown:
            break
    return true, unknown


def _is_true(flow: Flow, context: Mapping[str, object], environment: Environment) -> bool:
    try:
        return flow.condition is not None and flow.condition.evaluate(context, environment) is True
    except FeelError:
        return False
