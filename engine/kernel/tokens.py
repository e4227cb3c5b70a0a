"""Tokens: SpiffWorkflow's tasks, one for each visit of an element and one for each thing that is waited for.

The tree holds only what lives: the parent of a token is its scope (the process, a sub-process, a loop), and a token that
is done is taken out. So the tree stays as small as the work that is open, however long an instance runs.
A task's own ``data`` stays empty; variables are in ``variables``, where the token opens a scope.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from engine.kernel.instance import Instance
    from engine.kernel.nodes import Node

FUTURE: int = TaskState.FUTURE
WAITING: int = TaskState.WAITING
READY: int = TaskState.READY
STARTED: int = TaskState.STARTED
ERROR: int = TaskState.ERROR
CANCELLED: int = TaskState.CANCELLED

NEW, ENTERING, ACTING, FINISHING, TAKING = range(5)


class Token(Task):  # type: ignore[misc]
    """A visit of an element, or (as a *watch*) something armed beside it: a boundary event, an event sub-process' start.

    *phase* says how far the visit got, so that a failed one goes on from there; *memo* is what it must remember;
    *written* is how it stands in the stored state, as long as nothing about it has changed.
    """

    id: str
    workflow: Instance
    task_spec: Node
    parent: Token | None
    state: int

    def __init__(self, workflow: Instance, node: Node, parent: Token | None, key: str, watch: bool = False) -> None:
        self.watch = watch
        self.watches: dict[str, None] = {}
        self.variables: dict[str, object] | None = None
        self.flow: str | None = None
        self.phase = NEW
        self.written: bytes | None = None
        super().__init__(workflow, node, parent, state=FUTURE, id=key)
        self._children: dict[str, None] = {}
        self._parent: str | None = parent.id if parent is not None else None
        self.touch()

    @property
    def node(self) -> Node:
        """Give what the token stands on."""
        return self.task_spec

    @property
    def memo(self) -> dict[str, Any]:
        """Give what the visit must remember; kept with the state, so whoever looks may have changed it."""
        self.touch()
        return self.internal_data  # type: ignore[no-any-return]

    @property
    def scope(self) -> Token:
        """Give the token this one lives in."""
        parent = self.parent
        assert parent is not None, "the process itself has no scope"
        return parent

    @property
    def scope_key(self) -> str | None:
        """Give the key of the visit this one lives in, ``None`` for the process itself."""
        scope = self.scope
        return None if scope.parent is None else scope.id

    @property
    def living(self) -> list[Token]:
        """Give the visits inside this scope, oldest first."""
        return [self.workflow.tasks[key] for key in self._children]

    @property
    def armed(self) -> list[Token]:
        """Give what is armed beside this visit or for this scope."""
        return [self.workflow.tasks[key] for key in self.watches]

    @property
    def is_alive(self) -> bool:
        """Say whether the token is still in the tree."""
        return self.id in self.workflow.tasks

    @property
    def is_empty(self) -> bool:
        """Say whether nothing lives inside this scope."""
        return not self._children

    def touch(self) -> None:
        """Note that this token may be another one than was written."""
        self.written = None
        if self.workflow.touched is not None:
            self.workflow.touched.add(self.id)

    def go(self, phase: int) -> None:
        """Put the token in line to run from *phase*."""
        self.phase = phase
        self._ready()

    def forget(self, child: Token) -> None:
        """Drop a token that was taken out of the tree."""
        (self.watches if child.watch else self._children).pop(child.id, None)

    def cancel(self) -> None:
        """Take the visit back with everything inside it, innermost first."""
        for child in [*self.living, *self.armed]:
            child.cancel()
        failed = self.state == ERROR
        self._set_state(CANCELLED)
        self.workflow.remove(self)
        self.node.cancelled(self, failed)

    def _child_added_notify(self, child: Token) -> None:
        (self.watches if child.watch else self._children)[child.id] = None

    def _set_state(self, value: int) -> None:
        self._state = value
        self.touch()
        if value == READY:
            self.workflow.ready.append(self)
