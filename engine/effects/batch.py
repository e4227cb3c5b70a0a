"""The rows of one transition, collected so that each table is written with one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from engine.effects import recusing
from engine.persistence.keys import new_key
from engine.persistence.records import Instance
from engine.persistence.repositories.candidates import offer
from engine.persistence.repositories.clocks import ClockRow
from engine.persistence.repositories.sealed import SealedRecord
from engine.persistence.work import Raced, UnitOfWork

Place = tuple[UUID, str]
Row = dict[str, Any]


@dataclass(slots=True)
class Batch:
    """Rows to insert, change and remove; what comes and goes within one transition is never written."""

    new_instances: dict[UUID, Instance] = field(default_factory=dict)
    changed_instances: dict[UUID, Instance] = field(default_factory=dict)
    visits: dict[Place, Row] = field(default_factory=dict)
    variables: dict[Place, Row] = field(default_factory=dict)
    tasks: dict[Place, Row] = field(default_factory=dict)
    candidates: dict[Place, list[str]] = field(default_factory=dict)
    closed_tasks: dict[Place, Row] = field(default_factory=dict)
    rescheduled: dict[Place, datetime | None] = field(default_factory=dict)
    jobs: dict[Place, Row] = field(default_factory=dict)
    dropped_jobs: list[Place] = field(default_factory=list)
    subscriptions: dict[Place, Row] = field(default_factory=dict)
    closed_subscriptions: list[Place] = field(default_factory=list)
    incidents: dict[Place, Row] = field(default_factory=dict)
    resolved_incidents: list[Place] = field(default_factory=list)
    clocks: list[ClockRow] = field(default_factory=list)
    closed_clocks: list[tuple[UUID, str | None]] = field(default_factory=list)
    milestones: list[Row] = field(default_factory=list)
    audit: list[Row] = field(default_factory=list)
    sealed: list[SealedRecord] = field(default_factory=list)
    kept_out: dict[UUID, tuple[UUID, frozenset[str]]] = field(default_factory=dict)

    def enter(self, place: Place, row: Row) -> None:
        """Note that an element was reached."""
        self.visits[place] = row | {"left_at": None, "outcome": None, "taken": None}

    def leave(self, place: Place, row: Row, **how: object) -> None:
        """Note how a visit ended; *row* stands in for what was written when it was entered."""
        self.visits[place] = self.visits.get(place, row) | how

    def set_variables(self, instance: Instance, values: Mapping[str, object]) -> None:
        """Keep scalars where a search finds them; what is no scalar any more is not found any more."""
        for name, value in values.items():
            text, number = _searchable(value)
            self.variables[instance.id, name] = {"instance_id": instance.id, "name": name, "text": text, "number": number}

    def close_task(self, place: Place, row: Row, known: Row | None = None) -> None:
        """End a task that has not been written yet, or of which all is *known*, or any other."""
        if place not in self.tasks and known is None:
            self.closed_tasks[place] = {"b_instance": place[0], "b_element": place[1]} | row
            return
        how = {name: value for name, value in row.items() if name != "b_state"}
        self.tasks[place] = self.tasks.get(place, known or {}) | how | {"state": row["b_state"]}
        self.candidates.pop(place, None)

    def drop_job(self, place: Place) -> None:
        """Forget a job, whether it has been written yet or not."""
        if self.jobs.pop(place, None) is None:
            self.dropped_jobs.append(place)

    def close_subscription(self, place: Place) -> None:
        """Forget a subscription, whether it has been written yet or not."""
        if self.subscriptions.pop(place, None) is None:
            self.closed_subscriptions.append(place)

    def resolve_incident(self, place: Place) -> None:
        """Close an incident, whether it has been written yet or not."""
        if self.incidents.pop(place, None) is None:
            self.resolved_incidents.append(place)

    def flush(self, work: UnitOfWork) -> None:
        """Write everything; decline when somebody else changed one of the instances meanwhile."""
        self._write_instances(work)
        if self.visits:
            work.process_instances.put_visits(list(self.visits.values()))
        if self.variables:
            work.process_instances.put_variables(list(self.variables.values()))
        self._write_tasks(work)
        self._write_clocks(work)
        self._write_waits(work)
        if self.milestones:
            work.milestones.add(self.milestones)
        if self.audit:
            work.audit.add(self.audit)
        if self.sealed:
            work.sealed.add(self.sealed)
        if self.kept_out:
            recusing.spread(work, self.kept_out)
        self._clear()

    def _write_instances(self, work: UnitOfWork) -> None:
        for key in self.new_instances:
            self.changed_instances.pop(key, None)
        # the lock first: whoever lost the race learns it before anything else is done
        new, changed = list(self.new_instances.values()), list(self.changed_instances.values())
        if (new or changed) and not work.process_instances.put(new, changed):
            raise Raced()

    def _write_tasks(self, work: UnitOfWork) -> None:
        if self.closed_tasks:
            work.user_tasks.close(list(self.closed_tasks.values()))
        if self.tasks:
            names = [offer(self.tasks[place], name) for place, found in self.candidates.items() for name in dict.fromkeys(found)]
            work.user_tasks.put(list(self.tasks.values()), names)
        if self.rescheduled:
            work.user_tasks.reschedule(self.rescheduled)

    def _write_clocks(self, work: UnitOfWork) -> None:
        if self.clocks or self.closed_clocks:
            work.clocks.put(self.clocks, self.closed_clocks, work.now)
        if self.dropped_jobs:
            work.jobs.drop(self.dropped_jobs)
        if self.jobs:
            work.jobs.add(list(self.jobs.values()))

    def _write_waits(self, work: UnitOfWork) -> None:
        if self.closed_subscriptions:
            work.subscriptions.close(self.closed_subscriptions)
        if self.subscriptions:
            work.subscriptions.add(list(self.subscriptions.values()))
        if self.resolved_incidents:
            work.incidents.resolve_elements(self.resolved_incidents, work.now, work.actor.login)
        if self.incidents:
            work.incidents.add(list(self.incidents.values()))

    def _clear(self) -> None:
        Batch.__init__(self)


def job_row(kind: str, type_: str, due_at: datetime, **facts: object) -> Row:
    """Make the row of a job that nobody works on yet."""
    row: Row = {"id": new_key(), "kind": kind, "type": type_, "due_at": due_at, "instance_id": None, "element_key": None,
                "element_id": None, "definition_id": None, "subject": None, "payload": {}, "retries": 0, "failures": 0,
                "lock_owner": None, "locked_until": None, "message": None}  # fmt: skip
    return row | facts


def _searchable(value: object) -> tuple[str | None, float | None]:
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, int | float | Decimal):
        return None, float(value)
    return (value, None) if isinstance(value, str) and len(value) <= 500 else (None, None)
