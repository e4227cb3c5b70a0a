"""Processes in a few words: flows as text, elements as keyword arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from engine.bpmn.model import Assignment, Element, Event, Flow, Mapped, MultiInstance, Process, StandardLoop, Value
from engine.feel import compile_expression

NAMES = ("add workdays",)


def value(text: str | None) -> Value | None:
    """Read a literal, or FEEL behind ``=``."""
    if text is None:
        return None
    return Value(text, compile_expression(text[1:], NAMES)) if text.startswith("=") else Value(text)


def mapped(lines: Mapping[str, str]) -> tuple[Mapped, ...]:
    """Read ``{target: "=source"}``."""
    return tuple(Mapped(value(source), target) for target, source in lines.items())  # type: ignore[arg-type]


@dataclass
class Drawn:
    """An element before it is placed; *flows* is set on sub-processes."""

    type: str
    facts: dict[str, Any]
    flows: str | None = None
    inner: dict[str, Any] | None = None


def draw(type: str, **facts: Any) -> Drawn:
    """Draw an element; texts of values, mappings and properties are read."""
    for name in ("job_type", "job_retries", "called_process", "called_decision", "form_id"):
        if isinstance(facts.get(name), str):
            facts[name] = value(facts[name])
    for name in ("inputs", "outputs"):
        if name in facts:
            facts[name] = mapped(facts[name])
    if "properties" in facts:
        facts["properties"] = {name: value(text) for name, text in facts["properties"].items()}
    if isinstance(facts.get("script"), str):
        facts["script"] = compile_expression(facts["script"], NAMES)
    return Drawn(type, facts)


def user(groups: str = "office", **facts: Any) -> Drawn:
    """Draw a user task."""
    names = ("assignee", "due_date", "follow_up_date", "priority", "candidate_users")
    values = {key: value(facts.pop(key, None)) for key in names}
    return draw("userTask", assignment=Assignment(candidate_groups=value(groups), **values), **facts)


def script(target: str, text: str, **facts: Any) -> Drawn:
    """Draw a script task."""
    return draw("scriptTask", script=text, result_variable=target, **facts)


def job(type: str = "work", **facts: Any) -> Drawn:
    """Draw a service task."""
    return draw("serviceTask", job_type=type, **facts)


def call(process: str = "child", **facts: Any) -> Drawn:
    """Draw a call activity."""
    return draw("callActivity", called_process=process, **facts)


def sub(flows: str, type: str = "subProcess", facts: dict[str, Any] | None = None, **inner: Any) -> Drawn:
    """Draw a sub-process with what is inside."""
    drawn = draw(type, **(facts or {}))
    drawn.flows, drawn.inner = flows, inner
    return drawn


def on_event(flows: str, **inner: Any) -> Drawn:
    """Draw an event sub-process."""
    return sub(flows, "eventSubProcess", **inner)


def timer(kind: str, text: str) -> Event:
    """Draw a timer."""
    return Event("timer", timer=kind, expression=value(text))  # type: ignore[arg-type]


def message(name: str = "news", key: str | None = None, payload: str | None = None, live: str | None = None) -> Event:
    """Draw a message."""
    return Event("message", value(name), value(key), payload=value(payload), time_to_live=value(live))


def signal(name: str = "alarm") -> Event:
    """Draw a signal."""
    return Event("signal", value(name))


def error(code: str | None = None) -> Event:
    """Draw an error."""
    return Event("error", code=code)


def boundary(host: str, event: Event, interrupting: bool = True, **facts: Any) -> Drawn:
    """Draw a boundary event."""
    return draw("boundaryEvent", attached_to=host, event=event, interrupting=interrupting, **facts)


def each(collection: str | None = None, **facts: Any) -> MultiInstance:
    """Draw a multi-instance."""
    for name in ("output_element", "completion_condition", "cardinality"):
        facts[name] = value(facts.get(name))
    return MultiInstance(facts.pop("sequential", False), value(collection), **facts)


def again(condition: str | None, maximum: int | None = None, test_before: bool = False) -> StandardLoop:
    """Draw a standard loop."""
    return StandardLoop(test_before, value(condition), maximum)


GATEWAYS = {"x": "exclusiveGateway", "p": "parallelGateway", "o": "inclusiveGateway", "e": "eventBasedGateway"}


def _usual(identifier: str) -> Drawn:
    if identifier.startswith("start"):
        return draw("startEvent")
    if identifier.startswith("end"):
        return draw("endEvent")
    if identifier[1:].isdigit() and identifier[0] in GATEWAYS:
        return draw(GATEWAYS[identifier[0]])
    return draw("task")


def process(flows: str, **elements: Any) -> Process:
    """Draw a process: ``a > b`` is a flow, ``a > b : cond`` ends with a conditional, ``a > b : else`` with a default one."""
    sheet = _Sheet()
    roots = sheet.place(flows, elements, None)
    return Process("p", "P", "p.bpmn", None, sheet.elements, sheet.flows, roots, line=1)


class _Sheet:
    """Where elements and flows are drawn; lines are counted element by element."""

    def __init__(self) -> None:
        self.elements: dict[str, Element] = {}
        self.flows: dict[str, Flow] = {}
        self.defaults: dict[str, str] = {}

    def place(self, text: str, drawn: dict[str, Any], parent: str | None) -> tuple[str, ...]:
        """Draw one level, with everything inside its sub-processes."""
        names: dict[str, None] = {}
        for line in text.replace("\n", ";").split(";"):
            names |= dict.fromkeys(self._connect(line) if line.strip() else [])
        names |= dict.fromkeys(drawn)
        for name in names:
            self._draw(name, drawn.get(name) or _usual(name), parent)
        return tuple(names)

    def _connect(self, line: str) -> list[str]:
        path, _, condition = (part.strip() for part in line.partition(" : "))
        names = [name.strip() for name in path.split(">")]
        for number, (source, target) in enumerate(pairwise(names), 2):
            asked = condition if number == len(names) else ""
            identifier = f"f{len(self.flows) + 1}"
            compiled = compile_expression(asked, NAMES) if asked not in ("", "else") else None
            self.flows[identifier] = Flow(identifier, "", source, target, compiled)
            if asked == "else":
                self.defaults[source] = identifier
        return names

    def _draw(self, name: str, shape: Drawn, parent: str | None) -> None:
        element = Element(name, shape.type, name, len(self.elements) + 1, parent=parent, **shape.facts)  # type: ignore[arg-type]
        self.elements[name] = element
        children = self.place(shape.flows, shape.inner or {}, name) if shape.flows else ()
        outgoing = tuple(flow.id for flow in self.flows.values() if flow.source == name)
        incoming = tuple(flow.id for flow in self.flows.values() if flow.target == name)
        default = self.defaults.get(name)
        self.elements[name] = replace(element, children=children, outgoing=outgoing, incoming=incoming, default=default)
