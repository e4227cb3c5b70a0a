"""A live instance: SpiffWorkflow's workflow with our tokens, run until everything in it waits.

Nothing polls: a token that can run stands in the *ready* line, first in, first out, and what waits is not looked at.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from SpiffWorkflow.workflow import Workflow

from engine.kernel import conditions, joins
from engine.kernel.errors import KernelLimit
from engine.kernel.net import Net
from engine.kernel.nodes import Node
from engine.kernel.port import Definition, Effect, InstanceEnded, VariablesSet
from engine.kernel.tokens import READY, WAITING, Token

Outcome = Literal["completed", "cancelled", "terminated", "error"]
MOST_STEPS = 50_000
ROOT = "0"


class Instance(Workflow):  # type: ignore[misc]
    """One process instance in memory; *counter* names the next token, *is_child* says that a call activity waits for it.

    *touched* are the tokens that may have changed since the parts they are in were written, ``None`` where there are none.
    """

    spec: Net
    tasks: dict[str, Token]
    task_tree: Token

    def __init__(self, net: Net, is_child: bool = False) -> None:
        super().__init__(net, deserializing=True)
        self.is_child = is_child
        self.counter = 0
        self.steps = 0
        self.has_ended = False
        self.ready: deque[Token] = deque()
        self.codes: dict[str, int] = {}
        self.touched: set[str] | None = None
        self.digests: dict[int, list[Any]] = {}
        self.joining: dict[tuple[str, str], list[Token]] = {}
        self.gone: dict[tuple[str, str], None] = {}
        self.conditions: dict[str, None] = {}
        self.changes: list[conditions.Change] = []
        self.effects: list[Effect] = []

    def prepare(self, definition: Definition, at: datetime) -> None:
        """Set what holds for one command: the definition's functions and the moment."""
        self.definition = definition
        self.at = at
        self.environment = self.spec.environment(definition.functions)
        self.environment.now = lambda: at
        self.steps = 0
        self.effects = []

    @property
    def root(self) -> Token:
        """Give the token of the process itself."""
        return self.task_tree

    def plant(self, variables: dict[str, object]) -> Token:
        """Make the token of the process itself."""
        self.task_tree = Token(self, self.spec.root, None, ROOT)
        self.task_tree.variables = variables
        return self.task_tree

    def add(self, node: Node, parent: Token, watch: bool = False) -> Token:
        """Make a token under the next key."""
        self.counter += 1
        token = Token(self, node, parent, str(self.counter), watch)
        if watch:
            token._set_state(WAITING)
        return token

    def spawn(self, node: Node, scope: Token, flow: str | None = None, results: Mapping[str, object] | None = None) -> Token:
        """Let a token arrive at *node*; *results* are what an event that already happened brings along."""
        token = self.add(node, scope)
        token.flow = flow
        if results is not None:
            token.memo["v"] = results
        node._update(token)
        return token

    def remove(self, token: Token) -> None:
        """Take a token out of the tree."""
        del self.tasks[token.id]
        token.touch()
        if token.parent is not None:
            token.parent.forget(token)
        joins.forget(token)

    def emit(self, effect: Effect) -> None:
        """Add to what happened."""
        self.effects.append(effect)

    def set_variables(self, scope: Token, variables: dict[str, object]) -> None:
        """Write into one scope."""
        assert scope.variables is not None, "only a scope holds variables"
        if variables:
            if self.conditions:
                self.changes += [(scope.id, name, "update" if name in scope.variables else "create") for name in variables]
            scope.variables.update(variables)
            scope.touch()
            self.emit(VariablesSet(None if scope is self.root else scope.id, variables))

    def note_condition(self, token: Token) -> None:
        """Ask the condition that *token* waits for whenever a variable changes; one that is true now happens at once."""
        self.conditions[token.id] = None
        if token.memo["w"]["cond"]:
            self.changes.append((token.id, "", "armed"))

    def forget_condition(self, token: Token) -> None:
        """Ask no more."""
        self.conditions.pop(token.id, None)

    def run(self) -> None:
        """Move every token until each one waits."""
        while conditions.ask(self) or self.ready or joins.release(self):
            if not self.ready:
                continue
            token = self.ready.popleft()
            if token.is_alive and token.state == READY:
                self.steps += 1
                if self.steps > MOST_STEPS:
                    raise KernelLimit(limit=MOST_STEPS, element_id=token.node.element_id)
                token.run()

    def end(self, outcome: Outcome, error_code: str | None = None, results: Mapping[str, object] | None = None) -> None:
        """End the instance and whatever is still open in it; *results* are told besides its variables."""
        for token in [*self.root.living, *self.root.armed]:
            token.cancel()
        self.has_ended = True
        self.ready.clear()
        self.emit(InstanceEnded(outcome, {**(self.root.variables or {}), **(results or {})}, error_code))

    def _task_completed_notify(self, task: Token) -> None:
        """Do nothing: nobody polls the tree when a task completes."""

    def update_waiting_tasks(self) -> None:
        """Do nothing: what waits is woken by its command."""
