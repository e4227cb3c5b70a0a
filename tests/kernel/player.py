"""A player of processes: holds the state between commands, and remembers what is open outside."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from engine import kernel
from engine.bpmn.model import Process
from engine.kernel import live, port

MORNING = datetime(2022, 8, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_Kind = TypeVar("_Kind")


class Player:
    """One instance of *process*; with *reload* every command starts from the stored state."""

    def __init__(
        self,
        process: Process,
        variables: Mapping[str, object] | None = None,
        reload: bool = False,
        decide: Callable[..., object] = lambda decision, variables: None,
        functions: Mapping[str, Callable[..., object]] | None = None,
        key: str = "p:1",
        **options: Any,
    ) -> None:
        self.definition = port.Definition(key, process, decide, functions or {})
        self.at = MORNING
        self.reload = reload
        self.all: list[port.Effect] = []
        self.open: dict[str, port.Effect] = {}
        self._take(kernel.start(self.definition, variables or {}, self.at, **options))

    def _take(self, advance: port.Advance) -> None:
        self.state, self.effects = advance.state, advance.effects
        self.all += advance.effects
        for effect in advance.effects:
            match effect:
                case port.UserTaskCreated() | port.JobCreated() | port.ChildStarted():
                    self.open[effect.element_key] = effect
                case port.TimerArmed() | port.SubscriptionOpened() | port.IncidentRaised():
                    self.open[effect.element_key] = effect
                case port.UserTaskClosed() | port.JobCancelled() | port.ChildCancelled():
                    self.open.pop(effect.element_key, None)
                case port.TimerDisarmed() | port.SubscriptionClosed() | port.IncidentResolved():
                    self.open.pop(effect.element_key, None)

    def send(self, command: port.Command) -> tuple[port.Effect, ...]:
        """Carry out a command."""
        if self.reload:
            live.take(self.definition.key, self.state)
        self._take(kernel.advance(self.definition, self.state, command, self.at))
        return self.effects

    def key(self, element_id: str) -> str:
        """Give the key of the oldest open thing at an element."""
        return next(key for key, effect in self.open.items() if effect.element_id == element_id)  # type: ignore[union-attr]

    def do(self, element_id: str, **variables: object) -> tuple[port.Effect, ...]:
        """Complete the user task, job or child that is open at an element."""
        key = self.key(element_id)
        if not isinstance(self.open[key], port.UserTaskCreated):
            del self.open[key]
        return self.send(port.CompleteElement(key, variables))

    def receive(self, element_id: str, **variables: object) -> tuple[port.Effect, ...]:
        """Let the message or signal arrive that an element waits for."""
        return self.send(port.Trigger(self.key(element_id), variables))

    def wait(self, **span: float) -> None:
        """Let time pass, and fire each timer that is due, once."""
        self.at += timedelta(**span)
        due = [effect for effect in self.open.values() if isinstance(effect, port.TimerArmed) and effect.due_at <= self.at]
        for effect in sorted(due, key=lambda timer: timer.due_at):
            if self.open.get(effect.element_key) is effect:
                del self.open[effect.element_key]
                self.send(port.FireTimer(effect.element_key))

    def fail(self, element_id: str, code: str, **variables: object) -> tuple[port.Effect, ...]:
        """Report an error for a job or child."""
        key = self.key(element_id)
        del self.open[key]
        return self.send(port.ThrowError(key, code, "told by a worker", variables))

    def resolve(self, element_id: str, **variables: object) -> tuple[port.Effect, ...]:
        """Resolve the incident at an element."""
        return self.send(port.ResolveIncident(self.key(element_id), variables))

    def tell(self, kind: type[_Kind]) -> list[_Kind]:
        """List the last command's effects of one kind."""
        return [effect for effect in self.effects if isinstance(effect, kind)]

    @property
    def waits_at(self) -> list[str]:
        """List the elements with something open outside, sorted."""
        return sorted(effect.element_id for effect in self.open.values())  # type: ignore[union-attr]

    @property
    def path(self) -> list[str]:
        """List the elements that were completed, in order."""
        return [e.element_id for e in self.all if isinstance(e, port.ElementLeft) and e.outcome == "completed"]

    @property
    def cancelled(self) -> list[str]:
        """List the elements that were taken back, in order."""
        return [e.element_id for e in self.all if isinstance(e, port.ElementLeft) and e.outcome == "cancelled"]

    @property
    def ended(self) -> str | None:
        """Give the outcome, ``None`` while the instance runs."""
        last = self.all[-1]
        return last.outcome if isinstance(last, port.InstanceEnded) else None

    @property
    def variables(self) -> dict[str, object]:
        """Give the instance's own variables."""
        return kernel.variables(self.definition, self.state)
