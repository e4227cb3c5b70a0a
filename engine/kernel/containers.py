"""Containers: the process itself and its sub-processes, each a scope in which tokens of its own live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.model import Element
from engine.feel import FeelError
from engine.kernel import compensation, scopes, throwing, watches
from engine.kernel.errors import STUCK, Failure
from engine.kernel.nodes import Node, Results

if TYPE_CHECKING:
    from engine.bpmn.model import Process
    from engine.kernel.net import Net
    from engine.kernel.tokens import Token


class Container(Node):
    """An embedded or event sub-process; *begin* is its own start, *starts* are those of its event sub-processes."""

    opens_scope = True
    begin: Node | None = None

    def opened(self, token: Token) -> dict[str, object] | None:
        """Open a scope, always; one that is opened again to be undone finds what it had."""
        return token.variables if "back" in token.memo else super().opened(token) or {}

    def act(self, token: Token) -> Results | None:
        """Arm what can break in, and let the first token begin; or undo what was done here."""
        if "back" not in token.memo:
            watches.arm_all(token, watches.prepare_all(token, self.starts))
        elif "path" not in token.memo:
            return None if compensation.begin(token, token.memo.pop("past"), "") else {}
        first, *inside = token.memo.pop("path", None) or [self.begin.element_id if self.begin else ""]
        begun = token.workflow.spawn(self.net.node(first), token, None, token.memo.pop("brought", None))
        if inside:
            begun.memo["path"] = inside
        return None

    def finish(self, token: Token, results: Results) -> None:
        """Write the results; a scope that was undone has none."""
        if "back" not in token.memo:
            super().finish(token, results)


class Root(Container):
    """The process itself."""

    def __init__(self, net: Net, process: Process) -> None:
        element = Element(process.id, "subProcess", process.name, process.line, execution_listeners=process.execution_listeners)
        super().__init__(net, "", element)

    def finish(self, token: Token, results: Results) -> None:
        """Nothing to write: the variables stay where they are."""

    def _on_complete(self, token: Token) -> None:
        token.workflow.end("completed")


class Transaction(Container):
    """A sub-process that can be cancelled as a whole: what was done in it is undone, then its cancel event goes on."""

    def cancel(self, token: Token) -> None:
        """Stop what runs, undo what is done, and leave."""
        dones = compensation.harvest(token)
        for other in [*token.living, *token.armed]:
            other.cancel()
        token.memo["cancelled"] = 1
        if not compensation.begin(token, dones, compensation.CANCEL):
            self.left_by_cancel(token)

    def left_by_cancel(self, token: Token) -> None:
        """Go on at the cancel event on the boundary."""
        [event] = [node for node in self.boundaries if any(part.kind == "cancel" for part in watches.parts(node.element.event))]
        throwing.at_boundary(event, token, {}, True)

    def settle(self, token: Token) -> None:
        """End when nothing is left inside, unless it is being cancelled."""
        if "cancelled" not in token.memo:
            super().settle(token)


class AdHoc(Container):
    """A sub-process whose activities are started by choice, together or one after the other, until it is complete."""

    def act(self, token: Token) -> Results | None:
        """Start what was chosen."""
        if "back" in token.memo:
            return super().act(token)
        chosen = self._chosen(token)
        watches.arm_all(token, watches.prepare_all(token, self.starts))
        plan = self.element.ad_hoc
        if plan is not None and plan.sequential:
            chosen, token.memo["next"] = chosen[:1], chosen[1:]
        for element_id in chosen:
            token.workflow.spawn(self.net.node(element_id), token)
        return None if chosen else {}

    def _chosen(self, token: Token) -> list[str]:
        """Give the activities to start: those named, else all that nothing leads to."""
        plan, process = self.element.ad_hoc, self.net.process
        if plan is None or plan.active_elements is None:
            inside = [process.elements[child] for child in self.element.children]
            return [one.id for one in inside if not one.incoming and not one.attached_to and one.type != "eventSubProcess"]
        found = plan.active_elements.of(scopes.visible(token), token.workflow.environment)
        if not isinstance(found, list) or not all(name in self.element.children for name in found):
            template = "The active elements of {element_id} are not a list of activities inside it."
            raise Failure("data", template, element_id=self.element_id)
        return [str(name) for name in found]

    def settle(self, token: Token) -> None:
        """Something inside ended: complete, or start what comes next."""
        if "whole" not in token.memo and self._is_complete(token):
            token.memo["whole"] = 1
            token.memo.pop("next", None)
            if self.element.ad_hoc is None or self.element.ad_hoc.cancel_remaining:
                for other in token.living:
                    other.cancel()
        if token.is_empty and token.memo.get("next"):
            token.workflow.spawn(self.net.node(token.memo["next"].pop(0)), token)
        elif STUCK not in token.memo:
            super().settle(token)

    def _is_complete(self, token: Token) -> bool:
        """Ask the completion condition; one that fails is an incident, and is asked again when that is resolved."""
        plan = self.element.ad_hoc
        if plan is None or plan.completion_condition is None or "back" in token.memo:
            return False
        try:
            return plan.completion_condition.of(scopes.visible(token), token.workflow.environment) is True
        except FeelError as error:
            self.stick(token, error)
            return False

    def resumed(self, token: Token) -> None:
        """Ask the completion condition again."""
        self.settle(token)
