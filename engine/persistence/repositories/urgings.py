"""What waits for people in the units somebody looks after, and how often it was pressed for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, or_, select

from engine.persistence.models.definitions import Definition
from engine.persistence.models.runtime import ProcessInstance
from engine.persistence.models.tasks import UserTask
from engine.persistence.models.urging import Urging
from engine.persistence.records import PAGE, Page, columns_of
from engine.persistence.repositories.base import Repository

_task, _instance = UserTask.__table__, ProcessInstance.__table__
_definition, _urging = Definition.__table__, Urging.__table__


@dataclass(frozen=True, slots=True)
class UrgingRow:
    """One time somebody pressed for a task."""

    id: UUID
    task_id: UUID
    at: datetime
    by: str
    by_name: str
    text: str
    told: list[str]


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An open task, with whom it is, since when, and how often it was pressed for."""

    task_id: UUID
    instance_id: UUID
    name: str
    title: str
    business_key: str | None
    unit: str | None
    process_name: str
    assignee: str | None
    assignee_name: str | None
    candidates: list[str]
    due_at: datetime | None
    created_at: datetime
    urged: int
    urged_at: datetime | None


@dataclass(frozen=True, slots=True)
class WaitingFilters:
    """What a list of waiting tasks is narrowed to; *tasks* are single ones that were chosen."""

    text: str = ""
    process_id: str = ""
    unit: str = ""
    element_id: str = ""
    due_from: datetime | None = None
    due_before: datetime | None = None
    tasks: tuple[UUID, ...] = ()
    instance_id: UUID | None = None


_COLUMNS = columns_of(UrgingRow, Urging)


class Urgings(Repository):
    """Tasks that wait, and who pressed for them."""

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write that tasks were pressed for."""
        self._connection.execute(insert(_urging), list(rows))

    def of_tasks(self, task_ids: Collection[UUID], since: datetime | None = None) -> list[UrgingRow]:
        """Give when tasks were pressed for, the newest first."""
        query = select(*_COLUMNS).where(_urging.c.task_id.in_(list(task_ids))).order_by(_urging.c.at.desc(), _urging.c.id.desc())
        query = query if since is None else query.where(_urging.c.at > since)
        return [UrgingRow(*row) for row in self._connection.execute(query)]

    def waiting(
        self, filters: WaitingFilters, units: frozenset[str] | None, number: int = 1, size: int = PAGE
    ) -> Page[WaitingRow]:
        """Give a page of the open tasks of running instances of *units*, what was due longest ago first."""
        where = [*_conditions(filters, units), self._open(_task.c.instance_id)]
        counted = select(func.count(), func.max(_urging.c.at)).where(_urging.c.task_id == _task.c.id).correlate(_task)
        often = counted.with_only_columns(func.count()).scalar_subquery()
        last = counted.with_only_columns(func.max(_urging.c.at)).scalar_subquery()
        query = select(
            _task.c.id, _task.c.instance_id, _task.c.name, _instance.c.title, _instance.c.business_key, _instance.c.unit,
            _definition.c.name, _task.c.assignee, _task.c.assignee_name, _task.c.candidates, _task.c.due_at, _task.c.created_at,
            often, last,
        ).join(_instance, _instance.c.id == _task.c.instance_id)  # fmt: skip
        query = query.join(_definition, _definition.c.id == _task.c.definition_id).where(*where)
        order = (_task.c.due_at.is_(None), _task.c.due_at, _task.c.created_at, _task.c.id)
        rows = self._connection.execute(query.order_by(*order).limit(size).offset((number - 1) * size))
        found = [WaitingRow(*tuple(row)) for row in rows]
        total = select(func.count()).select_from(_task).join(_instance, _instance.c.id == _task.c.instance_id).where(*where)
        return Page(found, self._connection.execute(total).scalar_one(), number, size)


def _conditions(filters: WaitingFilters, units: frozenset[str] | None) -> list[ColumnElement[bool]]:
    where: list[Any] = [_task.c.state == "open", _instance.c.state == "active"]
    if units is not None:
        where.append(_instance.c.unit.in_(sorted(units)))
    if filters.text:
        columns = (_task.c.name, _instance.c.title, _instance.c.business_key)
        where.append(or_(*(column.contains(filters.text, autoescape=True) for column in columns)))
    if filters.tasks:
        where.append(_task.c.id.in_(filters.tasks))
    if filters.due_from is not None:
        where.append(_task.c.due_at >= filters.due_from)
    if filters.due_before is not None:
        where.append(_task.c.due_at < filters.due_before)
    equal = (
        (_instance.c.process_id, filters.process_id), (_instance.c.unit, filters.unit), (_task.c.element_id, filters.element_id),
        (_instance.c.root_id, filters.instance_id),
    )  # fmt: skip
    return where + [column == wanted for column, wanted in equal if wanted]
