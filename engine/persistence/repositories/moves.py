"""Moves: the rows of a running instance when it goes on with another version of its process."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select, update

from engine.persistence.models.runtime import ElementInstance, Incident, Job, ProcessInstance, Subscription
from engine.persistence.models.tasks import UserTask
from engine.persistence.records import Instance
from engine.persistence.repositories.base import Repository
from engine.persistence.repositories.process_instances import COLUMNS
from engine.persistence.repositories.state_parts import StateParts

_instance, _visit, _task = ProcessInstance.__table__, ElementInstance.__table__, UserTask.__table__
_job, _subscription, _incident = Job.__table__, Subscription.__table__, Incident.__table__
_OPEN = {_visit: _visit.c.left_at.is_(None), _task: _task.c.state == "open", _incident: _incident.c.resolved_at.is_(None)}
_BOUND = (_task, _job, _subscription)


class Moves(Repository):
    """What runs on a version, and what is written when it moves to another."""

    def running_on(self, definition_id: UUID) -> list[Instance]:
        """Give the instances that run on a version, oldest first."""
        runs = _instance.c.definition_id == definition_id, _instance.c.state == "active", self._open(_instance.c.id)
        query = select(*COLUMNS).where(*runs).order_by(_instance.c.started_at, _instance.c.id)
        return [StateParts(self._session).instance(row) for row in self._connection.execute(query)]

    def standing(self, definition_id: UUID) -> dict[str, int]:
        """Count the open visits of a version's running instances by their element."""
        on = _visit.c.instance_id == _instance.c.id, _instance.c.definition_id == definition_id, _instance.c.state == "active"
        query = (
            select(_visit.c.element_id, func.count().label("open"))
            .where(*on, _visit.c.left_at.is_(None), self._open(_instance.c.id))
            .group_by(_visit.c.element_id)
        )
        return {row.element_id: row.open for row in self._connection.execute(query)}

    def move(self, instance_id: UUID, definition_id: UUID, places: Sequence[Mapping[str, object]]) -> None:
        """Write the version an instance runs on, and at each of *places* (by element key) the element that is meant now."""
        self._connection.execute(update(_instance).where(_instance.c.id == instance_id).values(definition_id=definition_id))
        if not places:
            return
        rows = [{f"b_{name}": value for name, value in place.items()} for place in places]
        for table in (_visit, _task, _job, _subscription, _incident):
            at = [table.c.instance_id == instance_id, table.c.element_key == bindparam("b_key")]
            values: dict[str, object] = {"element_id": bindparam("b_element_id")}
            if table in _BOUND:
                values["definition_id"] = definition_id
            if table is _task:
                values |= {name: bindparam(f"b_{name}") for name in ("name", "lane", "form_id", "form_version")}
            self._connection.execute(update(table).where(*at, *([_OPEN[table]] if table in _OPEN else [])).values(values), rows)
