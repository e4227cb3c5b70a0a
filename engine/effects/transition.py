"""A transition: one action's way through every process instance it touches, in one transaction.

The action starts or advances one instance. What that brings about in others (a called process begins or ends, a message
arrives, a signal is heard) waits in a queue and is done in turn, so that nothing recurses and everything is saved together.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from engine import audit, definitions, kernel, sealing
from engine.definitions import Loaded
from engine.effects import deadlines, numbering, projection
from engine.effects.batch import Batch, Place
from engine.errors import EngineError
from engine.kernel.errors import InstanceOver, NotWaiting
from engine.kernel.port import Advance, Cancel, Command, CompleteElement, FireTimer, ThrowError, UserTaskCreated
from engine.persistence.json import dumps, loads
from engine.persistence.keys import new_key
from engine.persistence.records import Instance, Task, values_of
from engine.persistence.work import Raced, UnitOfWork

MOST_STEPS = 20_000


class TooManySteps(EngineError):
    """This moves more than {limit} processes on at once. Look for processes that start each other without an end."""


class Transition:
    """Instances on the move, what is still to be done with them, and the rows this makes.

    *source_id* is the user task whose completion sets it going, *handed_in* what its person says about it by place,
    *returns* says of elements that are started again who gets them and why, *functions_before* what expressions could call
    before what they call was changed.
    """

    def __init__(self, work: UnitOfWork, source_id: UUID | None = None) -> None:
        self.work = work
        self.source_id = source_id
        self.handed_in: dict[Place, dict[str, Any]] = {}
        self.read_tasks: dict[Place, dict[str, Any]] = {}
        self.returns: dict[str, dict[str, Any]] = {}
        self.awaited: set[str] = set()
        self.batch = Batch()
        self.instances: dict[UUID, Instance] = {}
        self.definitions: dict[tuple[str, tuple[UUID, str | None] | None], Loaded] = {}
        self._moved: dict[UUID, set[str]] = {}
        self._touched: set[UUID] = set()
        self._queue: deque[Callable[[], object]] = deque()
        self.clocks_to_open: list[tuple[UUID, str | None, UserTaskCreated | None]] = []
        self.clocks_to_close: dict[UUID, set[str | None]] = {}
        self.functions_before: Mapping[str, Callable[..., object]] | None = None
        self._steps = 0

    # --- what may be asked for

    def begin(
        self,
        definition: Loaded,
        variables: Mapping[str, object],
        *,
        element_id: str | None = None,
        parent: Instance | None = None,
        parent_element_key: str | None = None,
        hidden_like: Instance | None = None,
        **facts: Any,
    ) -> Instance:
        """Start an instance, hidden from whom another matter is hidden; what it leads to happens when ``run`` is called."""
        work, key = self.work, new_key()
        variables = numbering.numbered(work, definition, variables)
        instance = Instance(
            key, definition.row.id, definition.process.id, parent.id if parent else None, parent_element_key,
            parent.root_id if parent else key, facts.get("business_key") or (parent.business_key if parent else None),
            definition.row.name, parent.unit if parent else work.actor.unit, "active", None, {}, b"", 1, work.now,
            work.actor.login, work.actor.name,
        )  # fmt: skip
        instance.excluded = list(parent.excluded) if parent else []
        if hidden_like is not None:
            projection.hide_like(self, instance, hidden_like)
        self.instances[key] = self.batch.new_instances[key] = instance
        sealed = self.seal(instance, definition, variables)
        advance = kernel.start(definition.kernel, sealed, work.now, element_id, parent is not None)
        self.note(instance, "instance.started", str(key), {"process": definition.process.id, "version": definition.row.version})
        self.apply(instance, advance)
        deadlines.open_for_instance(self, instance, definition)
        return instance

    def advance(self, instance: Instance, command: Command) -> None:
        """Give one command to one instance; what it leads to happens when ``run`` is called."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooManySteps(limit=MOST_STEPS)
        definition = definitions.loaded(self.work, instance.definition_id)
        sealed = self._sealed(instance, definition, command)
        self.apply(instance, kernel.advance(definition.kernel, instance.kernel_state, sealed, self.work.now))

    def _sealed(self, instance: Instance, definition: Loaded, command: Command) -> Command:
        """Take what is sensitive out of a command; what a worker or a called process gives back was never typed."""
        if isinstance(command, FireTimer | Cancel) or not command.variables:
            return command
        typed = not isinstance(command, CompleteElement | ThrowError)
        return replace(command, variables=self.seal(instance, definition, command.variables, typed))

    def seal(
        self, instance: Instance, definition: Loaded, variables: Mapping[str, object], typed: bool = True
    ) -> Mapping[str, object]:
        """Keep clear texts sealed beside the instance they are on their way to, and give the variables without them."""
        plain, records = sealing.take(self.work, definition, instance, variables, typed)
        self.batch.sealed += records
        return plain

    def apply(self, instance: Instance, advance: Advance) -> None:
        """Take over the new state of an instance and queue what its effects ask for."""
        from engine.effects.interpreter import interpret

        self.keep(instance)
        self.touch(instance)
        instance.kernel_state = advance.state
        interpret(self, instance, advance.effects)

    def keep(self, instance: Instance) -> None:
        """Save an instance with this transition."""
        self.instances[instance.id] = instance
        if instance.id not in self.batch.new_instances:
            self.batch.changed_instances[instance.id] = instance

    def work_off(self) -> None:
        """Do everything that is queued, without writing it yet."""
        while self._queue:
            self._queue.popleft()()

    def run(self) -> None:
        """Do everything that is queued, bring titles and ledger rows up to date, and write it all."""
        while self._queue or self._moved:
            self.work_off()
            moved, self._moved = self._moved, {}
            for key, changed in moved.items():
                projection.project(self, self.instances[key], changed)
        deadlines.settle(self)
        moved_tasks = dict(self.batch.rescheduled)
        self.batch.flush(self.work)
        deadlines.follow(self, moved_tasks)

    # --- for the interpreter

    def later(self, task: Callable[[], object]) -> None:
        """Queue something to be done once the effects at hand are worked off."""
        self._queue.append(task)

    def send(self, instance_id: UUID, command: Command) -> None:
        """Queue a command for another instance."""
        self.later(lambda: self.deliver(instance_id, command))

    def deliver(self, instance_id: UUID, command: Command) -> None:
        """Give a command to another instance at once; only for what is itself taken from the queue."""
        instance = self.get(instance_id)
        if instance.has_ended:
            return
        try:
            self.advance(instance, command)
        except (NotWaiting, InstanceOver) as error:
            # this very transition has gone another way there, or somebody faster has, whose work the retry will see
            if instance_id not in self._touched:
                raise Raced() from error

    def get(self, instance_id: UUID) -> Instance:
        """Give an instance as this transition has left it so far."""
        if instance_id not in self.instances:
            found = self.work.process_instances.find(instance_id, lock=self.work.locking)
            if found is None:
                raise Raced()
            self.instances[instance_id] = found
        return self.instances[instance_id]

    def definition(
        self, process_id: str, caller: Loaded | None = None, binding: str = "latest", tag: str | None = None
    ) -> Loaded:
        """Give the version to start, looked up once per transition."""
        bound = (caller.row.deployment_id, tag) if caller is not None and binding != "latest" else None
        if (process_id, bound) not in self.definitions:
            found = (
                definitions.bound(self.work, process_id, caller.row, binding, tag)
                if caller is not None
                else definitions.active(self.work, process_id)
            )
            self.definitions[process_id, bound] = found
        return self.definitions[process_id, bound]

    def set_variables(self, instance: Instance, values: Mapping[str, object]) -> None:
        """Keep root variables on the instance, as JSON, and their scalars for search."""
        plain: Any = loads(dumps(values))
        instance.variables = instance.variables | plain
        self.batch.set_variables(instance, plain)
        self.touch(instance, *plain)

    def touch(self, instance: Instance, *names: str) -> None:
        """Note that what lists and ledgers show of an instance may have changed."""
        self._touched.add(instance.id)
        self._moved.setdefault(instance.id, set()).update(names)

    def hand_in(self, task: Task, **what: Any) -> None:
        """Note what somebody says about a task that is about to end."""
        place = (task.instance_id, task.element_key)
        self.handed_in[place] = what
        self.read_tasks[place] = values_of(task)

    def came(self, element_id: str) -> dict[str, Any]:
        """Give how a task of this element comes about, if it is more than the flow that leads to it."""
        return self.returns.get(element_id, {})

    def parent_key(self, place: Place) -> str | None:
        """Give the enclosing visit of one that was entered in this transition."""
        found: str | None = self.batch.visits.get(place, {}).get("parent_key")
        return found

    def note(self, instance: Instance, action: str, subject: str, facts: Mapping[str, object]) -> None:
        """Append to the instance's audit chain."""
        self.batch.audit.append(audit.chained(self.work, instance, action, subject, facts))

    def is_listening(self, instance_id: UUID | None) -> bool:
        """Tell whether an instance that was waiting still goes on, as far as this transition knows."""
        found = self.instances.get(instance_id) if instance_id else None
        return found is None or found.is_active
