"""Events: starts and ends, catches and throws, boundary events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.kernel import compensation, scopes, throwing, thrown, watches
from engine.kernel.nodes import Node, Results

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
        """Give what the event brought, or wait for it; a condition that is true already is not waited for."""
        if "v" in token.memo:
            return token.memo["v"]  # type: ignore[no-any-return]
        found = watches.prepare_parts(token, self.element.event)
        if len(found) > 1:
            watches.arm_all(token, [(self, found)])
            return None
        if not found or found[0].get("cond") is True:
            return {}
        watches.arm(token, found[0])
        return None

    def withdraw(self, token: Token) -> None:
        """Stop waiting."""
        watches.disarm(token)


class Throw(Node):
    """An intermediate throw event or a send task: throws, and goes on when what it compensates is undone."""

    def act(self, token: Token) -> Results | None:
        """Throw."""
        inside = thrown.throw(token, self.element.event)
        if inside:
            token.memo["say"] = inside
        undoing = [part for part in watches.parts(self.element.event) if part.kind == "compensation"]
        token.memo["left"] = sum(self._compensate(token, part) for part in undoing)
        return None if token.memo["left"] else {}

    def _compensate(self, token: Token, event: Event) -> bool:
        """Undo what was completed; say whether this waits for it."""
        scope, dones = compensation.take(token, event.activity)
        return compensation.begin(scope, dones, token.id if event.wait_for_completion else "") and event.wait_for_completion

    def _on_complete(self, token: Token) -> None:
        """Let what is thrown act at once inside the instance, then go on, unless that took the token's scope away."""
        token.memo["done"] = 1
        thrown.act(token, token.memo.pop("say", []))
        if token.is_alive:
            super()._on_complete(token)


class Link(Throw):
    """A throwing link: goes on at the link event of its name."""

    def _on_complete(self, token: Token) -> None:
        """Leave, and arrive there."""
        scope = token.scope
        self.leave(token, ())
        token.workflow.spawn(self.net.link(self.element), scope)


class End(Throw):
    """An end event; an error, a cancellation or a termination reaches further than its own token."""

    def act(self, token: Token) -> Results | None:
        """Throw; an error that nobody catches is an incident here, unless a parent instance can be told."""
        error = self._part("error")
        if error is not None:
            caught = throwing.find(token, "error", error.code, inside=True)
            if caught is None and not token.workflow.is_child:
                raise throwing.uncaught(error.code)
        return super().act(token)

    def _part(self, kind: str) -> Event | None:
        return next((part for part in watches.parts(self.element.event) if part.kind == kind), None)

    def _on_complete(self, token: Token) -> None:
        """Leave, and let the error, the cancellation or the termination do its work."""
        scope, error = token.scope, self._part("error")
        if error is None and not self._part("terminate") and not self._part("cancel"):
            super()._on_complete(token)
            return
        thrown.act(token, token.memo.pop("say", []))
        if not token.is_alive:
            return
        inside = scopes.visible_inside(token)
        caught = throwing.find(token, "error", error.code, inside=True) if error else None
        self.leave(token, ())
        if error is not None:
            throwing.deliver_or_end(token, caught, error.code, inside)
        elif self._part("cancel"):
            transaction = _transaction(scope)
            transaction.node.cancel(transaction)
        else:
            self._terminate(scope)

    def _terminate(self, scope: Token) -> None:
        if scope.parent is None:
            scope.workflow.end("terminated")
            return
        for other in scope.living:
            other.cancel()
        scope.node.settle(scope)


def _transaction(scope: Token) -> Token:
    """Give the transaction around a cancel end event."""
    while scope.node.element.type != "transaction":
        scope = scope.scope
    return scope
