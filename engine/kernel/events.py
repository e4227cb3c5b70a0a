"""Events: starts and ends, catches and throws, boundary events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.kernel import scopes, throwing, watches
from engine.kernel.activities import evaluated
from engine.kernel.errors import Failure
from engine.kernel.happening import hear
from engine.kernel.nodes import Node, Results
from engine.kernel.port import MessagePublished, SignalBroadcast

if TYPE_CHECKING:
    from engine.bpmn.model import Event
    from engine.kernel.tokens import Token


class Happened(Node):
    """An event that has happened when its token arrives, with what it brought: start and boundary events."""

    def act(self, token: Token) -> Results | None:
        """Give what the event brought."""
        return token.memo.get("v") or {}


class Started(Happened):
    """The start of an event sub-process: what its event brought stays inside."""

    def finish(self, token: Token, results: Results) -> None:
        """Keep the results, mapped where the start maps them, in the event sub-process' own scope."""
        mapped = scopes.outputs(token, self.element.outputs, results) if self.element.outputs else dict(results)
        token.workflow.set_variables(token.scope, mapped)


class Catch(Node):
    """An intermediate catch event or a receive task: waits for its event, unless that happened at an event gateway."""

    def act(self, token: Token) -> Results | None:
        """Give what the event brought, or wait for it."""
        if "v" in token.memo:
            return token.memo["v"]  # type: ignore[no-any-return]
        if watches.waits(self):
            watches.arm(token, watches.prepare(token, self.element.event))
            return None
        return {}

    def withdraw(self, token: Token) -> None:
        """Stop waiting."""
        watches.disarm(token)


class Throw(Node):
    """An intermediate throw event or a send task: publishes its message or signal and goes on."""

    def act(self, token: Token) -> Results | None:
        """Throw."""
        event = self.element.event
        if event is not None and event.kind == "message":
            self._publish(token, event)
        elif event is not None and event.kind == "signal":
            name, payload = watches.text(token, event.name, "signal name"), self._payload(token, event)
            token.workflow.emit(SignalBroadcast(token.id, name, payload))
            token.memo["signal"] = [name, payload]
        return {}

    def _publish(self, token: Token, event: Event) -> None:
        name = watches.text(token, event.name, "message name")
        key = None if event.correlation_key is None else watches.text(token, event.correlation_key, "correlation key")
        payload = self._payload(token, event)
        live = evaluated(token, event.time_to_live)
        lasts = None if live is None else scopes.stored(live)
        if lasts is not None and not isinstance(lasts, str):
            raise Failure("data", "The time to live of {element_id} is not a duration.", element_id=self.element_id)
        token.workflow.emit(MessagePublished(token.id, name, key, payload, lasts))

    def _payload(self, token: Token, event: Event) -> dict[str, object]:
        if event.payload is None:
            return dict(scopes.visible_inside(token))
        found = evaluated(token, event.payload)
        if not isinstance(found, Mapping):
            raise Failure("data", "The payload of {element_id} is not a context.", element_id=self.element_id)
        return scopes.stored_all(found)

    def _on_complete(self, token: Token) -> None:
        """Let what is thrown act at once inside the instance, then go on, unless that took the token's scope away."""
        event = self.element.event
        token.memo["done"] = 1
        if event is not None and event.kind == "escalation":
            catcher = throwing.find(token, event.kind, event.code, inside=True)
            if catcher is not None:
                throwing.deliver(catcher, {})
        elif "signal" in token.memo:
            hear(token, *token.memo["signal"])
        if token.is_alive:
            super()._on_complete(token)


class End(Throw):
    """An end event; an error or a termination reaches further than its own token."""

    def act(self, token: Token) -> Results | None:
        """Throw; an error that nobody catches is an incident here, unless a parent instance can be told."""
        event = self.element.event
        if event is not None and event.kind == "error":
            caught = throwing.find(token, "error", event.code, inside=True)
            if caught is None and not token.workflow.is_child:
                raise throwing.uncaught(event.code)
            return {}
        return super().act(token)

    def _on_complete(self, token: Token) -> None:
        """Leave, and let the error or the termination do its work."""
        event, scope = self.element.event, token.scope
        kind = "none" if event is None else event.kind
        if kind == "error":
            caught = throwing.find(token, "error", event.code if event else None, inside=True)
            self.leave(token, ())
            throwing.deliver_or_end(token, caught, event.code if event else None, scopes.visible_inside(token))
        elif kind == "terminate":
            self.leave(token, ())
            self._terminate(scope)
        else:
            super()._on_complete(token)

    def _terminate(self, scope: Token) -> None:
        if scope.parent is None:
            scope.workflow.end("terminated")
            return
        for other in scope.living:
            other.cancel()
        scope.node.settle(scope)
