"""Containers: the process itself and its sub-processes, each a scope in which tokens of its own live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.model import Element
from engine.kernel import watches
from engine.kernel.nodes import Node, Results

if TYPE_CHECKING:
    from engine.kernel.net import Net
    from engine.kernel.tokens import Token


class Container(Node):
    """An embedded or event sub-process; *begin* is its own start, *starts* are those of its event sub-processes."""

    begin: Node | None = None

    def opened(self, token: Token) -> dict[str, object] | None:
        """Open a scope, always."""
        return super().opened(token) or {}

    def act(self, token: Token) -> Results | None:
        """Arm what can break in, and let the first token begin."""
        self.open(token)
        first, *inside = token.memo.pop("path", None) or [self.begin.element_id if self.begin else ""]
        begun = token.workflow.spawn(self.net.node(first), token, None, token.memo.pop("brought", None))
        if inside:
            begun.memo["path"] = inside
        return None

    def open(self, token: Token) -> None:
        """Arm the starts of the event sub-processes in this scope."""
        armed = [(node, watches.prepare(token, node.element.event)) for node in self.starts if watches.waits(node)]
        for node, wait in armed:
            watches.arm(token.workflow.add(node, token, watch=True), wait)


class Root(Container):
    """The process itself."""

    def __init__(self, net: Net, name: str, line: int) -> None:
        super().__init__(net, "", Element(id=net.process.id, type="subProcess", name=name, line=line))

    def finish(self, token: Token, results: Results) -> None:
        """Nothing to write: the variables stay where they are."""

    def _on_complete(self, token: Token) -> None:
        token.workflow.end("completed")
