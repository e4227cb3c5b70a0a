"""Clean-up by age: matters that ended long ago, oldest first, and what is forgotten of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, tuple_

from engine.persistence.models.runtime import ElementInstance, Incident, Job, ProcessInstance, StatePart, Subscription, Variable
from engine.persistence.models.tasks import Draft, ReadCopy, TaskCandidate, UserTask
from engine.persistence.models.urging import Urging
from engine.persistence.repositories.base import Repository

_instance, _task = ProcessInstance.__table__, UserTask.__table__
_family = ProcessInstance.__table__.alias("family")
_OF_INSTANCES: Sequence[Any] = [model.__table__ for model in (ElementInstance, Variable, Incident, Job, Subscription, StatePart)]
_OF_TASKS: Sequence[Any] = [model.__table__ for model in (TaskCandidate, Draft, ReadCopy, Urging)]


class Cleaning(Repository):
    """What is old enough to be forgotten. The trail is not: nothing here touches it or the rows it is anchored in."""

    def ended(self, after: tuple[datetime, UUID] | None, before: datetime, most: int) -> list[tuple[datetime, UUID]]:
        """Give matters that ended *before* a moment with all they called, from *after* one of them on, oldest first."""
        whole = ~select(_family.c.id).where(_family.c.root_id == _instance.c.id, _family.c.ended_at.is_(None)).exists()
        which: list[ColumnElement[bool]] = [_instance.c.parent_id.is_(None), _instance.c.ended_at < before, whole]
        if after is not None:
            which.append(
                tuple_(_instance.c.ended_at, _instance.c.id)
                > tuple_(*after, types=[_instance.c.ended_at.type, _instance.c.id.type])
            )
        query = select(_instance.c.ended_at, _instance.c.id).where(*which).order_by(_instance.c.ended_at, _instance.c.id)
        return [(row.ended_at, row.id) for row in self._connection.execute(query.limit(most))]

    def forget(self, roots: Collection[UUID]) -> None:
        """Forget where matters' tokens have been, what they were searched by, and the steps people took in them."""
        instances = select(_instance.c.id).where(_instance.c.root_id.in_(list(roots)))
        tasks = select(_task.c.id).where(_task.c.instance_id.in_(instances))
        for table in _OF_TASKS:
            self._connection.execute(delete(table).where(table.c.task_id.in_(tasks)))
        self._connection.execute(delete(_task).where(_task.c.instance_id.in_(instances)))
        for table in _OF_INSTANCES:
            self._connection.execute(delete(table).where(table.c.instance_id.in_(instances)))
