"""Gateways: where ways part and meet. Conditions are asked in the order in which the flows are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.kernel import joins, watches
from engine.kernel.nodes import Node, Results, no_way
from engine.kernel.tokens import WAITING

if TYPE_CHECKING:
    from engine.bpmn.model import Flow
    from engine.kernel.tokens import Token


class Exclusive(Node):
    """The first flow whose condition holds, else the default."""

    def chosen(self, token: Token) -> list[Flow]:
        """Choose one."""
        default = self.element.default
        for flow in self.flows:
            if flow.id != default and (flow.condition is None or self.holds(token, flow)):
                return [flow]
        chosen = [flow for flow in self.flows if flow.id == default]
        if self.flows and not chosen:
            raise no_way(self)
        return chosen


class Join(Node):
    """A gateway that brings tokens together: it is visited once for all of them."""

    def _update(self, token: Token) -> None:
        """Wait for the others; a token that was put here by hand goes on alone."""
        if token.flow is None:
            token._ready()
        else:
            token._set_state(WAITING)
            joins.wait(token)
            self.arrived(token)

    def arrived(self, token: Token) -> None:
        """See whether a token's arrival lets the join go on."""


class Parallel(Join):
    """One token from each incoming flow, and one to each outgoing flow."""

    def arrived(self, token: Token) -> None:
        """Go on when each incoming flow has brought a token."""
        oldest: dict[str | None, Token] = {}
        for other in joins.waiting(token.scope, self):
            oldest.setdefault(other.flow, other)
        if len(oldest) == len(self.element.incoming):
            joins.unite(list(oldest.values()), token)

    def chosen(self, token: Token) -> list[Flow]:
        """Take every flow."""
        return list(self.flows)


class Inclusive(Join):
    """Every token that can still come, and each flow whose condition holds."""


class EventBased(Node):
    """Whichever of the events behind it happens first."""

    def act(self, token: Token) -> Results | None:
        """Arm them all."""
        nodes = [self.net.target(flow.id) for flow in self.flows]
        armed = [(node, watches.prepare(token, node.element.event)) for node in nodes]
        for node, wait in armed:
            watches.arm(token.workflow.add(node, token, watch=True), wait)
        return None

    def choose(self, token: Token, chosen: Node, results: Results) -> None:
        """Go on with the event that happened."""
        flow = next(flow for flow in self.flows if flow.target == chosen.element_id)
        scope = token.scope
        self.leave(token, (flow.id,))
        token.workflow.spawn(chosen, scope, flow.id, results)
