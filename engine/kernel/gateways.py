"""Gateways: where ways part and meet. Conditions are asked in the order in which the flows are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel import FeelError
from engine.kernel import joins, scopes, watches
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

    def waits_for_all(self, token: Token) -> bool:
        """Wait for every other, always."""
        return True


class Complex(Join):
    """A gateway that goes on when its activation condition says so, and takes in what comes afterwards.

    The condition sees ``activationCount``, the number of incoming flows with a token. Once it went on, tokens in flows that
    had none are taken in until no more can come; then flows whose condition names ``waitingForStart`` are asked once more,
    now with ``false``. Without an activation condition it waits for all that can come.
    """

    def arrived(self, token: Token) -> None:
        """Go on when the condition holds for what has come."""
        if self.element.activation_condition is None:
            if len(self.element.incoming) < 2:
                joins.unite([token], token)
        elif not self._is_late(token):
            self._try(token)

    def _is_late(self, token: Token) -> bool:
        """Say whether *token* comes late to a gateway that went on already; one in a flow that had its turn begins anew."""
        gone = self._gone(token)
        if gone and token.flow in gone:
            self.close(token.scope)
        return bool(gone) and token.flow not in gone

    def _gone(self, token: Token) -> list[str]:
        """Give the flows whose tokens the gateway went on with, while it is open for late ones."""
        return token.scope.memo.get("gone", {}).get(self.code, [])  # type: ignore[no-any-return]

    def close(self, scope: Token) -> None:
        """Begin a new round."""
        del scope.memo["gone"][self.code]
        scope.workflow.gone.pop((scope.id, self.code), None)

    def _try(self, token: Token) -> None:
        group = joins.waiting(token.scope, self)
        flows = list(dict.fromkeys(other.flow for other in group))
        if self._activates(token, len(flows)):
            token.scope.memo.setdefault("gone", {})[self.code] = flows
            token.workflow.gone[token.scope.id, self.code] = None
            first = {other.flow: other for other in reversed(group)} | {token.flow: token}
            joins.unite(list(first.values()), token)

    def _activates(self, token: Token, count: int) -> bool:
        condition = self.element.activation_condition
        assert condition is not None, "only gateways with one are asked"
        context = {**scopes.visible(token), "activationCount": count}
        try:
            return condition.evaluate(context, token.workflow.environment) is True
        except FeelError as error:
            self.stick(token, error)
            return False

    def resumed(self, token: Token) -> None:
        """Ask the condition again."""
        if self.element.activation_condition is not None:
            self._try(token)

    def waits_for_all(self, token: Token) -> bool:
        """Wait for every other without a condition, and for late ones once it went on."""
        return self.element.activation_condition is None or bool(self._gone(token))

    def taken(self, tokens: list[Token]) -> set[str | None]:
        """Give the flows that need no token any more."""
        return super().taken(tokens) | set(self._gone(tokens[0]))

    def come(self, tokens: list[Token]) -> None:
        """Go on; late tokens go on by the flows that ask about them, and the others begin a new round."""
        gone = self._gone(tokens[0])
        if not gone:
            super().come(tokens)
            return
        self.close(tokens[0].scope)
        late, early = ([one for one in tokens if (one.flow in gone) is again] for again in (False, True))
        if late:
            late[-1].memo["late"] = 1
            super().come(late)
        if early:
            self._try(early[-1])

    def chosen(self, token: Token) -> list[Flow]:
        """Choose like an inclusive gateway; after late tokens only flows that ask ``waitingForStart``."""
        late = "late" in token.memo
        asked = [flow for flow in self.flows if flow.condition and (not late or "waitingForStart" in flow.condition.names)]
        true = [flow for flow in asked if self._holds(token, flow, late)]
        free = [flow for flow in self.flows if not flow.condition and flow.id != self.element.default]
        found = true + free or [flow for flow in self.flows if flow.id == self.element.default]
        if self.flows and not found and not late:
            raise no_way(self)
        return true if late else found

    def _holds(self, token: Token, flow: Flow, late: bool) -> bool:
        assert flow.condition is not None, "only flows with a condition are asked"
        context = {**scopes.visible(token), "waitingForStart": not late}
        return flow.condition.evaluate(context, token.workflow.environment) is True


class EventBased(Node):
    """Whichever of the events behind it happens first."""

    def act(self, token: Token) -> Results | None:
        """Arm them all."""
        watches.arm_all(token, watches.prepare_all(token, [self.net.target(flow.id) for flow in self.flows]))
        return None

    def choose(self, token: Token, chosen: Node, results: Results) -> None:
        """Go on with the event that happened."""
        flow = next(flow for flow in self.flows if flow.target == chosen.element_id)
        scope = token.scope
        self.leave(token, (flow.id,))
        token.workflow.spawn(chosen, scope, flow.id, results)
