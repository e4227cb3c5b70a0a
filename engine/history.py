"""History: the trail of an instance as people read it, and where its tokens have been."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import definitions, process_instances
from engine.persistence.records import Row, Task
from engine.persistence.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail: who did what about which step, when, in which post, on whose behalf, with which opinion."""

    at: datetime
    action: str
    login: str
    name: str
    post: str | None
    unit: str | None
    on_behalf_of: str | None
    step: str
    opinion: str
    reason: str
    facts: Mapping[str, Any]
    instance_id: UUID
    task_id: UUID | None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of an element, as diagrams and the list of steps show it."""

    element_key: str
    element_id: str
    name: str
    type: str
    parent_key: str | None
    entered_at: datetime
    left_at: datetime | None
    outcome: str | None
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an instance stands on its diagram, by element id."""

    done: frozenset[str]
    current: Mapping[str, datetime]
    flows: frozenset[str]
    failed: frozenset[str]


def trail(work: UnitOfWork, instance_id: UUID) -> list[Entry]:
    """Give what people and the engine did in an instance, in order."""
    return [_entry(row) for row in work.audit.of_instance(instance_id)]


def visits(work: UnitOfWork, instance_id: UUID) -> list[Visit]:
    """Give every visit of an instance in the order of entering."""
    instance = process_instances.get(work, instance_id)
    elements = definitions.loaded(work, instance.definition_id).process.elements
    return [
        Visit(
            row.element_key, row.element_id, elements[row.element_id].name if row.element_id in elements else row.element_id,
            row.type, row.parent_key, row.entered_at, row.left_at, row.outcome, tuple(row.taken or ()),
        )
        for row in work.process_instances.visits(instance_id)
    ]  # fmt: skip


def progress(work: UnitOfWork, instance_id: UUID) -> Progress:
    """Give what a diagram marks: steps done, steps it stands at and since when, flows taken, steps that failed."""
    found = visits(work, instance_id)
    done = frozenset(visit.element_id for visit in found if visit.outcome == "completed")
    current = {visit.element_id: visit.entered_at for visit in found if visit.left_at is None}
    flows = frozenset(flow for visit in found for flow in visit.taken)
    failed = frozenset(row.element_id for row in work.incidents.of_instance(instance_id) if row.resolved_at is None)
    return Progress(done, current, flows, failed)


def tasks(work: UnitOfWork, instance_id: UUID) -> list[Task]:
    """Give the user tasks of an instance in the order they came, with who finished them and how."""
    return work.user_tasks.of_instance(instance_id)


def copies(work: UnitOfWork, instance_id: UUID) -> Sequence[Row[Any]]:
    """Give the copies for information sent about an instance, with their receipts."""
    return work.read_copies.of_instance(instance_id)


def _entry(row: Row[Any]) -> Entry:
    facts: dict[str, Any] = dict(row.facts)
    return Entry(
        row.at, row.action, row.actor, row.actor_name, row.post, row.unit, row.on_behalf_of, str(facts.get("name", "")),
        str(facts.get("opinion", "")), str(facts.get("reason", "")), facts, row.instance_id,
        UUID(row.subject) if row.action.startswith("task.") else None,
    )  # fmt: skip
