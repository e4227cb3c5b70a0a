"""The kernel's port: commands go in, effects come out, and the state is an opaque value in between.

``start`` and ``advance`` are pure: no clock, no database, no network, and the same input gives the same output.
An element key is a string that names one visit of one element within its instance, for as long as history is kept.
Variables are JSON-like: ``None, bool, int, Decimal, str, list, dict`` and FEEL's dates, times and durations.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from engine.bpmn.model import Process

Variables = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Definition:
    """A process made ready to run: *decide* evaluates a decision by id and, where it is not the latest, by binding and tag.

    *functions* are added to FEEL (calendar, reference).
    """

    key: str
    process: Process
    decide: Callable[..., object]
    functions: Mapping[str, Callable[..., object]] = field(default_factory=dict)


# --- commands


@dataclass(frozen=True, slots=True)
class CompleteElement:
    """A user task, job or child instance is done; *variables* are its results."""

    element_key: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A message or signal arrived for an open subscription."""

    element_key: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FireTimer:
    """An armed timer is due."""

    element_key: str


@dataclass(frozen=True, slots=True)
class ThrowError:
    """A worker or a child instance reports a business error, for a boundary event or event sub-process to catch."""

    element_key: str
    code: str
    message: str = ""
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThrowEscalation:
    """A child instance escalates, for a boundary event or event sub-process to catch; the child itself goes on."""

    element_key: str
    code: str | None
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResolveIncident:
    """Try the failed element again; *variables* are merged into the scope it reads first."""

    element_key: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the whole instance now."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Modify:
    """Cancel the visits in *cancel* and start the elements in *start*, in the lowest scope they share; variables stay.

    *within* names the visit of a sub-process to start an element in, where it runs several times.
    """

    cancel: tuple[str, ...]
    start: tuple[str, ...]
    variables: Variables = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Correct:
    """Root variables are put right from outside; timers, due dates and inputs counted from them follow.

    *functions* are those the definition had before, where what they give has changed as well.
    """

    variables: Variables = field(default_factory=dict)
    functions: Mapping[str, Callable[..., object]] | None = None


Command = CompleteElement | Trigger | FireTimer | ThrowError | ThrowEscalation | ResolveIncident | Cancel | Modify | Correct


# --- effects, in the order in which they happened


@dataclass(frozen=True, slots=True)
class ElementEntered:
    """An element was reached; *parent_key* is the enclosing sub-process' or loop body's visit.

    *type* is the element's, or "multiInstanceBody" or "standardLoopBody" for the visit that holds a loop's children.
    """

    element_key: str
    element_id: str
    type: str
    parent_key: str | None = None
    loop_counter: int | None = None


@dataclass(frozen=True, slots=True)
class ElementLeft:
    """An element ended; *outcome* says how. *taken* are the sequence flows that were followed.

    *loop_counter* is set on the children of a loop, not on its body.
    """

    element_key: str
    element_id: str
    outcome: Literal["completed", "cancelled"]
    taken: tuple[str, ...] = ()
    loop_counter: int | None = None


@dataclass(frozen=True, slots=True)
class UserTaskCreated:
    """Work for a person, every expression evaluated. *properties* holds the ``bpm:`` properties, evaluated."""

    element_key: str
    element_id: str
    name: str
    lane: str | None
    form_id: str | None
    assignee: str | None
    candidate_users: tuple[str, ...]
    candidate_groups: tuple[str, ...]
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int
    properties: Mapping[str, object]
    headers: Mapping[str, str]
    local: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UserTaskClosed:
    """The user task is over: completed, or cancelled by the process."""

    element_key: str
    outcome: Literal["completed", "cancelled"]


@dataclass(frozen=True, slots=True)
class UserTaskRescheduled:
    """The open user task is due at another moment."""

    element_key: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobCreated:
    """Work for a worker of *type*; its result comes back as ``CompleteElement``, ``ThrowError`` or an incident."""

    element_key: str
    element_id: str
    type: str
    retries: int
    headers: Mapping[str, str]
    variables: Variables


@dataclass(frozen=True, slots=True)
class JobCancelled:
    """The job is no longer wanted."""

    element_key: str


@dataclass(frozen=True, slots=True)
class TimerArmed:
    """Fire *element_key* at *due_at* (zone-aware)."""

    element_key: str
    element_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TimerDisarmed:
    """Forget the timer; a timer that fired and is not armed again is gone without this."""

    element_key: str


@dataclass(frozen=True, slots=True)
class SubscriptionOpened:
    """Waits for a message or signal; a ``correlation_key`` of ``None`` matches by name alone."""

    element_key: str
    element_id: str
    kind: Literal["message", "signal"]
    name: str
    correlation_key: str | None


@dataclass(frozen=True, slots=True)
class SubscriptionClosed:
    """No longer waits."""

    element_key: str


@dataclass(frozen=True, slots=True)
class MessagePublished:
    """The process sends a message; *time_to_live* is an ISO 8601 duration or ``None``."""

    element_key: str
    name: str
    correlation_key: str | None
    variables: Variables
    time_to_live: str | None = None


@dataclass(frozen=True, slots=True)
class SignalBroadcast:
    """The process sends a signal to everything that waits for it now, apart from this instance: that has heard it already."""

    element_key: str
    name: str
    variables: Variables


@dataclass(frozen=True, slots=True)
class EscalationEscaped:
    """A child escalates what nobody in it catches; its parent is told by ``ThrowEscalation``."""

    code: str | None
    variables: Variables


@dataclass(frozen=True, slots=True)
class ChildStarted:
    """A call activity wants an instance of *process_id*; its end comes back as ``CompleteElement`` on *element_key*."""

    element_key: str
    element_id: str
    process_id: str
    variables: Variables
    binding: str = "latest"
    version_tag: str | None = None


@dataclass(frozen=True, slots=True)
class ChildCancelled:
    """The child instance started under *element_key* must be cancelled."""

    element_key: str


@dataclass(frozen=True, slots=True)
class ChildCorrected:
    """Some *variables* the child instance under *element_key* was given are different now: ``Correct`` it."""

    element_key: str
    variables: Variables


@dataclass(frozen=True, slots=True)
class VariablesSet:
    """Variables of a scope changed; *scope_key* is ``None`` for the instance's own scope."""

    scope_key: str | None
    variables: Variables


@dataclass(frozen=True, slots=True)
class IncidentRaised:
    """An element failed and waits for help; *variables* are what it saw, *detail* is for operators.

    *kind* is one of expression, condition, data, decision, timer, error, limit, deadlock. *message* is *template* (the
    English key of the catalogues) filled with *facts*.
    """

    element_key: str
    element_id: str
    kind: str
    message: str
    detail: str = ""
    variables: Variables = field(default_factory=dict)
    template: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncidentResolved:
    """The element was tried again, or is no longer there."""

    element_key: str


@dataclass(frozen=True, slots=True)
class InstanceEnded:
    """Nothing waits any more; *error_code* is set where an uncaught error ended a child.

    The outcome "error" tells the parent to send ``ThrowError`` with *variables*, any other to send ``CompleteElement``.
    """

    outcome: Literal["completed", "cancelled", "terminated", "error"]
    variables: Variables
    error_code: str | None = None


Effect = (
    ElementEntered | ElementLeft | UserTaskCreated | UserTaskClosed | UserTaskRescheduled | JobCreated | JobCancelled
    | TimerArmed | TimerDisarmed | SubscriptionOpened | SubscriptionClosed | MessagePublished | SignalBroadcast
    | EscalationEscaped | ChildStarted | ChildCancelled | ChildCorrected | VariablesSet | IncidentRaised | IncidentResolved
    | InstanceEnded
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Advance:
    """What a command led to: the new *state* (bytes to store as they are) and what happened."""

    state: bytes
    effects: tuple[Effect, ...]
