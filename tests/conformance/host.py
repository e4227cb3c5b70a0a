"""A world in memory around the kernel: it carries messages, signals, timers and children between instances."""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine import kernel
from engine.bpmn.model import Process
from engine.kernel import port

STEPS = 10_000


@dataclass(slots=True)
class Running:
    """One instance: its state, what it waits for and what has become of it."""

    process: str
    parent: tuple[int, str] | None = None
    state: bytes = b""
    over: bool = False
    variables: dict[str, object] = field(default_factory=dict)
    incidents: dict[str, str] = field(default_factory=dict)
    timers: dict[str, datetime] = field(default_factory=dict)
    subscriptions: dict[str, port.SubscriptionOpened] = field(default_factory=dict)
    children: dict[str, int] = field(default_factory=dict)


class Host:
    """Runs the processes of one file until everything waits."""

    def __init__(self, processes: list[Process], at: datetime) -> None:
        self.clock = at
        self.definitions = {one.id: port.Definition(f"{one.id}:1", one, lambda decision, variables: None) for one in processes}
        self.instances: list[Running] = []
        self._waiting: deque[Callable[[], None]] = deque()

    def start(self, process: str, variables: Mapping[str, object]) -> None:
        """Start an instance and let everything that follows happen."""
        self._begin(process, variables)
        self._settle()

    def advance_clock(self, by: timedelta) -> None:
        """Let time pass, second by second."""
        for _ in range(int(by.total_seconds())):
            self.clock += timedelta(seconds=1)
            for number, instance in enumerate(self.instances):
                due = [key for key, at in instance.timers.items() if at <= self.clock]
                for key in due:
                    self._waiting.append(lambda number=number, key=key: self._fire(number, key))  # type: ignore[misc]
            self._settle()

    def trace(self) -> Counter[str]:
        """Count the words that the script tasks of all instances left behind."""
        words: Counter[str] = Counter()
        for instance in self.instances:
            left = instance.variables.get("trace")
            words.update(left if isinstance(left, list) else [])
        return words

    def outcome(self) -> str:
        """Say how the file ended: by incident, waiting or completed; a deadlock is a token that waits."""
        if any(kind != "deadlock" for instance in self.instances for kind in instance.incidents.values()):
            return "incident"
        return "completed" if all(instance.over for instance in self.instances) else "waiting"

    def _settle(self) -> None:
        for _ in range(STEPS):
            if not self._waiting:
                return
            self._waiting.popleft()()
        raise TimeoutError("the instances never come to rest")

    def _begin(
        self, process: str, variables: Mapping[str, object], element: str | None = None, parent: tuple[int, str] | None = None
    ) -> int:
        instance = Running(process, parent)
        self.instances.append(instance)
        number = len(self.instances) - 1
        advance = kernel.start(self.definitions[process], variables, self.clock, element, parent is not None)
        self._take(number, advance)
        return number

    def _command(self, number: int, command: port.Command) -> None:
        instance = self.instances[number]
        if not instance.over:
            self._take(number, kernel.advance(self.definitions[instance.process], instance.state, command, self.clock))

    def _fire(self, number: int, key: str) -> None:
        if self.instances[number].timers.get(key, self.clock + timedelta(days=1)) <= self.clock:
            del self.instances[number].timers[key]
            self._command(number, port.FireTimer(key))

    def _take(self, number: int, advance: port.Advance) -> None:
        self.instances[number].state = advance.state
        for effect in advance.effects:
            if handle := _HANDLERS.get(type(effect)):
                handle(self, number, effect)

    def _ended(self, number: int, effect: port.InstanceEnded) -> None:
        instance = self.instances[number]
        instance.over = True
        instance.timers.clear()
        instance.subscriptions.clear()
        if instance.parent is None:
            return
        parent, key = instance.parent
        command: port.Command = port.CompleteElement(key, effect.variables)
        if effect.outcome == "error":
            command = port.ThrowError(key, effect.error_code or "", variables=effect.variables)
        self._waiting.append(lambda: self._command(parent, command))

    def _escaped(self, number: int, effect: port.EscalationEscaped) -> None:
        if found := self.instances[number].parent:
            parent, key = found
            self._waiting.append(lambda: self._command(parent, port.ThrowEscalation(key, effect.code, effect.variables)))

    def _child(self, number: int, effect: port.ChildStarted) -> None:
        def begin() -> None:
            parent = self.instances[number]
            parent.children[effect.element_key] = self._begin(
                effect.process_id, effect.variables, parent=(number, effect.element_key)
            )

        self._waiting.append(begin)

    def _published(self, number: int, effect: port.MessagePublished) -> None:
        self._waiting.append(lambda: self._deliver("message", effect.name, effect.correlation_key, effect.variables))

    def _broadcast(self, number: int, effect: port.SignalBroadcast) -> None:
        self._waiting.append(lambda: self._deliver("signal", effect.name, None, effect.variables, sender=number))

    def _deliver(self, kind: str, name: str, key: str | None, variables: Mapping[str, object], sender: int | None = None) -> None:
        """Give a message to one receiver, a signal to everything that waits now, or begin a process with it."""
        found = [
            (number, opened.element_key)
            for number, instance in enumerate(self.instances)
            if number != sender
            for opened in instance.subscriptions.values()
            if (opened.kind, opened.name) == (kind, name) and opened.correlation_key in (None, key)
        ]
        starts = [(one, element) for one in self.definitions for element in self._starts(one, kind, name)]
        for number, element_key in found[:1] if kind == "message" else found:
            if element_key in self.instances[number].subscriptions:
                self._command(number, port.Trigger(element_key, variables))
        for process, element in starts if kind == "signal" else starts[: not found]:
            self._begin(process, variables, element)

    def _starts(self, process: str, kind: str, name: str) -> list[str]:
        roots = self.definitions[process].process.roots
        return [one for one in roots if self._waits_for(process, one, kind, name)]

    def _waits_for(self, process: str, element: str, kind: str, name: str) -> bool:
        found = self.definitions[process].process.elements[element]
        begins = found.type == "startEvent" or found.instantiate
        return (
            begins
            and found.event is not None
            and found.event.kind == kind
            and found.event.name is not None
            and found.event.name.text == name
        )


def _note(what: Callable[[Running, object], None]) -> Callable[[Host, int, object], None]:
    return lambda host, number, effect: what(host.instances[number], effect)


_HANDLERS: dict[type, Callable[[Host, int, object], None]] = {
    port.InstanceEnded: Host._ended,
    port.ChildStarted: Host._child,
    port.EscalationEscaped: Host._escaped,
    port.MessagePublished: Host._published,
    port.SignalBroadcast: Host._broadcast,
    port.TimerArmed: _note(lambda running, effect: running.timers.update({effect.element_key: effect.due_at})),
    port.TimerDisarmed: _note(lambda running, effect: running.timers.pop(effect.element_key, None)),
    port.SubscriptionOpened: _note(lambda running, effect: running.subscriptions.update({effect.element_key: effect})),
    port.SubscriptionClosed: _note(lambda running, effect: running.subscriptions.pop(effect.element_key, None)),
    port.IncidentRaised: _note(lambda running, effect: running.incidents.update({effect.element_key: effect.kind})),
    port.IncidentResolved: _note(lambda running, effect: running.incidents.pop(effect.element_key, None)),
    port.VariablesSet: _note(
        lambda running, effect: running.variables.update(effect.variables) if effect.scope_key is None else None
    ),
}
