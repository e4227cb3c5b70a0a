"""Nodes: SpiffWorkflow's task specs, each of which knows how one kind of element behaves.

A visit goes through phases: *entering* (input mappings, boundary events armed), *acting* (what the element does, or waits
for), *finishing* (results and output mappings), *taking* (which flows go on). What fails in a phase becomes an incident,
and resolving it goes on from that phase. A phase evaluates everything before it changes anything.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from SpiffWorkflow.specs.base import TaskSpec

from engine.errors import EngineError
from engine.feel import FeelError
from engine.kernel import compensation, joins, listening, scopes, watches
from engine.kernel.errors import STUCK, Failure
from engine.kernel.port import ElementEntered, ElementLeft, IncidentRaised, IncidentResolved, VariablesSet
from engine.kernel.tokens import ACTING, ENTERING, FINISHING, NEW, TAKING, WAITING, Token

if TYPE_CHECKING:
    from engine.bpmn.model import Element, Flow
    from engine.kernel.loops import Loop
    from engine.kernel.net import Net

Results = Mapping[str, object]


class Node(TaskSpec):  # type: ignore[misc]
    """An element that does nothing but pass its token on: plain and manual tasks, none events, merges."""

    takes_results = False
    opens_scope = False
    element: Element
    name: str

    def __init__(self, net: Net, code: str, element: Element) -> None:
        super().__init__(net, f":{code}")
        self.net = net
        self.code = code
        self.element = element
        self.element_id = element.id
        self.kind: str = element.type
        self.flows: tuple[Flow, ...] = ()
        self.boundaries: tuple[Node, ...] = ()
        self.starts: tuple[Node, ...] = ()
        self.loop: Loop | None = None
        self.undone_by: Node | None = None
        self.undone_inside: tuple[str, ...] = ()
        self.before, self.after = listening.split(element)

    # --- the phases of a visit

    def _run(self, token: Token) -> bool | None:
        """Go on as far as possible: ``True`` done, ``None`` waits, ``False`` failed."""
        try:
            return self._proceed(token)
        except Failure as failure:
            self.fail(token, failure)
        except FeelError as error:
            self.fail(token, Failure("expression", "An expression failed. {reason}", _stack(), reason=str(error)))
        except EngineError as error:
            self.fail(token, Failure("data", error.template(), _stack(), **error.facts))
        return False

    def _proceed(self, token: Token) -> bool | None:
        if token.phase <= ENTERING:
            self.enter(token)
            token.phase = ACTING
            listening.begin(token, self.before)
        if token.phase == ACTING:
            if not listening.is_over(token, self.before):
                return None
            results = self.act(token)
            if results is None:
                return None
            token.memo["v"] = results
            token.phase = FINISHING
        if token.phase == FINISHING:
            self.finish(token, token.memo.get("v") or {})
            token.memo.pop("v", None)
            token.phase = TAKING
            listening.begin(token, self.after)
        if not listening.is_over(token, self.after):
            return None
        self.take(token)
        return True

    def enter(self, token: Token) -> None:
        """Say that the element was reached, open its local scope and arm its boundary events."""
        if token.phase == NEW:
            token.phase = ENTERING
            token.workflow.emit(ElementEntered(token.id, self.element.id, self.kind, token.scope_key, token.memo.get("i")))
        before, token.variables = token.variables, self.opened(token)
        try:
            prepared = [] if "back" in token.memo else watches.prepare_all(token, self.boundaries)
        except BaseException:
            token.variables = before
            raise
        if token.variables:
            token.workflow.emit(VariablesSet(token.id, dict(token.variables)))
        watches.arm_all(token, prepared)

    def opened(self, token: Token) -> dict[str, object] | None:
        """Give the scope that the visit opens with its variables, ``None`` when it opens none."""
        if self.element.inputs:
            return {**(token.variables or {}), **scopes.inputs(token, self.element.inputs)}
        return token.variables

    def act(self, token: Token) -> Results | None:
        """Do what the element does and give its results; ``None`` waits for them."""
        return {}

    def finish(self, token: Token, results: Results) -> None:
        """Write the results to where they belong: only the mapped ones, where there are output mappings."""
        if self.element.outputs:
            scopes.merge(token.scope, scopes.outputs(token, self.element.outputs, results))
        elif results:
            scopes.merge(token, results)

    def take(self, token: Token) -> None:
        """Choose the flows to go on with; what undoes something else leads nowhere."""
        if "for" in token.memo:
            token.memo["t"] = []
        elif self.loop is not None:
            self.loop.collect(token)
        else:
            token.memo["t"] = [flow.id for flow in self.chosen(token)]

    def chosen(self, token: Token) -> list[Flow]:
        """Give the flows whose condition holds and those without one; the default where no condition does."""
        if not any(flow.condition for flow in self.flows):
            return list(self.flows)
        default = self.element.default
        true = [flow for flow in self.flows if flow.condition and self.holds(token, flow)]
        free = [flow for flow in self.flows if not flow.condition and flow.id != default]
        chosen = true + free if true else free + [flow for flow in self.flows if flow.id == default]
        if not chosen:
            raise no_way(self)
        return [flow for flow in self.flows if flow in chosen]

    def holds(self, token: Token, flow: Flow) -> bool:
        """Say whether the condition of *flow* is true."""
        assert flow.condition is not None, "only flows with a condition are asked"
        return flow.condition.evaluate(scopes.visible(token), token.workflow.environment) is True

    # --- what happens to a visit

    def _update(self, token: Token) -> None:
        """A token arrived; an element may need several before it begins."""
        if self.element.start_quantity == 1 or token.flow is None:
            token._ready()
            return
        token._set_state(WAITING)
        joins.wait(token)
        together = joins.waiting(token.scope, self)
        if len(together) == self.element.start_quantity:
            joins.unite(together, token)

    def _on_ready(self, token: Token) -> None:
        """Nothing to prepare: the token stands in line."""

    def _on_error(self, token: Token) -> None:
        """The incident was raised where it happened."""

    def _on_complete(self, token: Token) -> None:
        """Leave, and let tokens arrive at what follows."""
        scope, taken = token.scope, token.memo.get("t", [])
        self.leave(token, tuple(taken))
        if "for" in token.memo:
            compensation.handled(scope, token.memo["for"])
        else:
            compensation.note(scope if self.loop is None else scope.scope, token)
            if self.loop is not None:
                self.loop.child_left(scope, token)
                return
        for flow in taken:
            for _ in range(self.element.completion_quantity):
                token.workflow.spawn(self.net.target(flow), scope, flow)
        if scope.is_alive:
            scope.node.settle(scope)

    def leave(self, token: Token, taken: tuple[str, ...]) -> None:
        """Say that the visit completed and take it out with everything armed beside it."""
        for armed in token.armed:
            armed.cancel()
        token.workflow.remove(token)
        token.workflow.emit(ElementLeft(token.id, self.element.id, "completed", taken, token.memo.get("i")))

    def settle(self, token: Token) -> None:
        """Something inside this scope ended: go on when it was the last."""
        if token.is_empty and token.is_alive:
            token.go(FINISHING)

    def cancelled(self, token: Token, failed: bool) -> None:
        """Say that the visit was taken back."""
        if failed or token.memo.get(STUCK):
            token.workflow.emit(IncidentResolved(token.id))
        if token.watch:
            watches.disarm(token)
        elif token.phase != NEW:
            self.withdraw(token)
            listening.call_off(token)
            outcome: Literal["completed", "cancelled"] = "completed" if token.memo.get("done") else "cancelled"
            token.workflow.emit(ElementLeft(token.id, self.element.id, outcome, (), token.memo.get("i")))

    def waits_for_all(self, token: Token) -> bool:
        """Say whether a token that waits here waits for every other that can still come."""
        return False

    def taken(self, tokens: list[Token]) -> set[str | None]:
        """Give the incoming flows that need no token any more where *tokens* wait."""
        return {token.flow for token in tokens}

    def come(self, tokens: list[Token]) -> None:
        """Go on with *tokens*, for no other can come any more."""
        joins.unite(tokens, tokens[-1])

    def resumed(self, token: Token) -> None:
        """Look again at what was stuck here, now that its incident is resolved."""
        if token.watch or "cond" in token.memo.get("w", {}):
            token.workflow.changes.append((token.id, "", "resolved"))

    def withdraw(self, token: Token) -> None:
        """Take back what the visit asked for outside: nothing, for most elements."""

    def stick(self, token: Token, error: FeelError) -> None:
        """Raise an incident on a visit that goes on waiting; one that is stuck already says no more."""
        if STUCK not in token.memo:
            token.memo[STUCK] = 1
            self.fail(token, Failure("expression", "An expression failed. {reason}", repr(error), reason=str(error)))

    def fail(self, token: Token, failure: Failure) -> None:
        """Raise an incident on the element."""
        seen = dict(scopes.visible(token))
        token.workflow.emit(
            IncidentRaised(
                token.id, self.element.id, failure.kind, str(failure), failure.detail, seen, failure.template, failure.facts
            )
        )


def no_way(node: Node) -> Failure:
    """Give the failure of a split where no condition holds."""
    template = "No outgoing condition of {element_id} is true and it has no default flow."
    return Failure("condition", template, element_id=node.element_id)


def _stack() -> str:
    return traceback.format_exc(limit=-6)
