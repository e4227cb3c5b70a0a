"""A checked process: what a process file says once it has been read, checked and compiled.

Everything here is immutable and carries no XML; the kernel runs it, pages draw from it.
Values that may be literal or FEEL are ``Value``: ``value.of(context, environment)`` gives the result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.feel import Environment, Expression

ElementType = Literal[
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask",
    "callActivity", "subProcess", "eventSubProcess", "transaction", "adHocSubProcess",
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway",
]  # fmt: skip
EventKind = Literal[
    "none", "message", "timer", "signal", "error", "escalation", "terminate",
    "conditional", "link", "compensation", "cancel", "multiple", "parallelMultiple",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A literal, or a FEEL expression (written with a leading ``=``)."""

    text: str
    expression: Expression | None = None

    def of(self, context: Mapping[str, object], environment: Environment) -> object:
        """Evaluate in *context*; a literal is its own text."""
        return self.text if self.expression is None else self.expression.evaluate(context, environment)


@dataclass(frozen=True, slots=True)
class Mapped:
    """One line of an ``ioMapping``: *source* is evaluated and put under *target* (a dotted path makes nested contexts)."""

    source: Value
    target: str


@dataclass(frozen=True, slots=True)
class Event:
    """What an event waits for or throws.

    *timer* is "date", "duration" or "cycle" and *expression* its text; *name* is the message, signal or link name
    (a ``Value`` for messages); *code* the error or escalation code (``None`` catches all).
    A conditional event's condition is its *expression*; *variable_names* and *variable_events* (create, update) narrow
    when it is looked at, empty means always. *payload* and *time_to_live* belong to a thrown message, *activity* and
    *wait_for_completion* to a thrown compensation (no activity compensates the whole scope).
    """

    kind: EventKind
    name: Value | None = None
    correlation_key: Value | None = None
    code: str | None = None
    timer: Literal["date", "duration", "cycle"] | None = None
    expression: Value | None = None
    parts: tuple["Event", ...] = ()
    payload: Value | None = None
    time_to_live: Value | None = None
    variable_names: tuple[str, ...] = ()
    variable_events: tuple[str, ...] = ()
    activity: str | None = None
    wait_for_completion: bool = True


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """Several children of one activity; *cardinality* when there is no collection.

    *behavior* says what finished children throw for a boundary of the activity to catch: with "None" each throws
    *none_event*, with "One" the first throws *one_event*, with "Complex" conditions choose, with "All" nothing is thrown.
    """

    sequential: bool
    collection: Value | None = None
    input_element: str | None = None
    output_collection: str | None = None
    output_element: Value | None = None
    completion_condition: Value | None = None
    cardinality: Value | None = None
    behavior: Literal["None", "One", "All", "Complex"] = "All"
    none_event: Event | None = None
    one_event: Event | None = None
    complex_events: tuple[tuple[Expression, Event], ...] = ()


@dataclass(frozen=True, slots=True)
class StandardLoop:
    """Repeat while *condition* holds, at most *maximum* times."""

    test_before: bool
    condition: Value | None
    maximum: int | None


@dataclass(frozen=True, slots=True)
class AdHoc:
    """Inner activities started by choice; all that nothing leads to, when *active_elements* is not given."""

    active_elements: Value | None = None
    completion_condition: Value | None = None
    sequential: bool = False
    cancel_remaining: bool = True


@dataclass(frozen=True, slots=True)
class Listener:
    """A job of *type* that runs before the element goes on, at *event* (start, end; creating, assigning ... on user tasks)."""

    event: str
    type: Value
    retries: Value | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who may do a user task, and by when; every value may be FEEL."""

    assignee: Value | None = None
    candidate_users: Value | None = None
    candidate_groups: Value | None = None
    due_date: Value | None = None
    follow_up_date: Value | None = None
    priority: Value | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One flow node; *parent* is the enclosing sub-process' id or ``None``, *lane* the innermost lane's name.

    *compensation_handler* is set on a compensation boundary event; *binding* is "latest", "deployment" or "versionTag",
    the last with *version_tag*. *properties* are those named ``bpm:...``, without any others a modeler wrote.
    """

    id: str
    type: ElementType
    name: str
    line: int
    parent: str | None = None
    lane: str | None = None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str | None = None
    event: Event | None = None
    attached_to: str | None = None
    interrupting: bool = True
    loop: MultiInstance | StandardLoop | None = None
    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()
    assignment: Assignment | None = None
    form_id: Value | None = None
    job_type: Value | None = None
    job_retries: Value | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    script: Expression | None = None
    result_variable: str | None = None
    called_decision: Value | None = None
    called_process: Value | None = None
    propagate_all_child_variables: bool = True
    propagate_all_parent_variables: bool = True
    binding: str = "latest"
    documentation: str = ""
    properties: Mapping[str, Value] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    version_tag: str | None = None
    start_quantity: int = 1
    completion_quantity: int = 1
    activation_condition: Expression | None = None
    instantiate: bool = False
    for_compensation: bool = False
    compensation_handler: str | None = None
    ad_hoc: AdHoc | None = None
    execution_listeners: tuple[Listener, ...] = ()
    task_listeners: tuple[Listener, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; *condition* is ``None`` where it is unconditional."""

    id: str
    name: str
    source: str
    target: str
    condition: Expression | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """One executable process of a file; *elements* holds every depth, *roots* the top level's ids in document order."""

    id: str
    name: str
    file: str
    version_tag: str | None
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    roots: tuple[str, ...]
    lanes: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)
    documentation: str = ""
    data_objects: tuple[str, ...] = ()
    execution_listeners: tuple[Listener, ...] = ()
    line: int = 0

    def links(self, element: Element, type_: ElementType) -> list[Element]:
        """Give the link events of a type that stand beside the link event *element* and have its name; none for others."""
        if element.event is None or element.event.kind != "link":
            return []
        beside = [one for one in self.elements.values() if one.parent == element.parent and one.type == type_]
        return [one for one in beside if one.event and one.event.kind == "link" and one.event.name == element.event.name]
