"""The inbox: one list per tab, all rows of one shape, and the number on each tab."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, null, or_, select

from engine.persistence.models.definitions import Definition
from engine.persistence.models.runtime import ProcessInstance
from engine.persistence.models.tasks import Draft, ReadCopy, UserTask
from engine.persistence.records import PAGE, Page
from engine.persistence.repositories.base import Repository
from engine.persistence.repositories.user_tasks import offered_to

_task, _draft, _copy = UserTask.__table__, Draft.__table__, ReadCopy.__table__
_instance, _definition = ProcessInstance.__table__, Definition.__table__
DONE = ("completed", "returned")
TABS = ("todo", "to_sign", "to_read", "done", "started", "drafts", "overdue")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose inbox it is, in which post, and now."""

    login: str
    groups: Collection[str]
    now: datetime


@dataclass(frozen=True, slots=True)
class InboxFilters:
    """What a tab is narrowed to; *due_from* and *due_before* are the edges of a light."""

    text: str = ""
    process_id: str = ""
    unit: str = ""
    due_from: datetime | None = None
    due_before: datetime | None = None
    without_due: bool = False


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line: a task, a copy, a draft of a start form, or an instance that was started."""

    kind: str
    id: UUID
    task_id: UUID | None
    instance_id: UUID | None
    process_id: str
    process_name: str
    name: str
    title: str
    business_key: str | None
    unit: str | None
    state: str
    business_state: str | None
    assignee: str | None
    assignee_name: str | None
    sign_for: bool
    signed_at: datetime | None
    priority: int
    due_at: datetime | None
    at: datetime
    origin: str | None
    note: str | None


_SORTS: dict[str, Callable[[Any], list[Any]]] = {
    "due": lambda c: [c.due_at.is_(None), c.due_at, c.priority.desc(), c.at, c.id],
    "newest": lambda c: [c.at.desc(), c.id.desc()],
    "oldest": lambda c: [c.at, c.id],
    "priority": lambda c: [c.priority.desc(), c.due_at.is_(None), c.due_at, c.at, c.id],
    "unit": lambda c: [c.unit, c.due_at.is_(None), c.due_at, c.id],
    "title": lambda c: [c.title, c.id],
}
_DEFAULT_SORTS = {"done": "newest", "started": "newest", "drafts": "newest", "to_read": "newest"}


class Inbox(Repository):
    """What a person has to do, has done, and has begun."""

    def page(
        self, tab: str, reader: Reader, filters: InboxFilters, sort: str = "", number: int = 1, size: int = PAGE
    ) -> Page[InboxRow]:
        """Give a page of one tab."""
        rows = _list(tab, reader).subquery()
        where = _narrow(rows.c, filters)
        total = self._connection.execute(select(func.count()).select_from(rows).where(*where)).scalar_one()
        order = _SORTS.get(sort) or _SORTS[_DEFAULT_SORTS.get(tab, "due")]
        query = select(rows).where(*where).order_by(*order(rows.c)).limit(size).offset((number - 1) * size)
        return Page([InboxRow(*row) for row in self._connection.execute(query)], total, number, size)

    def counts(self, reader: Reader) -> dict[str, int]:
        """Count every tab in one statement."""
        row = self._connection.execute(select(*_counts(reader))).one()
        return {tab: count or 0 for tab, count in row._asdict().items()}


def _counts(reader: Reader) -> list[Any]:
    """Count from the narrow indexes, without the joins that lists need."""
    unsigned = and_(_task.c.sign_for, _task.c.signed_at.is_(None))
    mine = select(_task.c.id, unsigned.label("unsigned"), _task.c.due_at).where(_open_of(reader)).cte("mine")
    done = and_(_task.c.completed_by == reader.login, _task.c.state.in_(DONE))
    unread = and_(_copy.c.login == reader.login, _copy.c.read_at.is_(None))
    live = or_(_draft.c.task_id.is_(None), _draft.c.task_id.in_(select(_task.c.id).where(_task.c.state == "open")))
    counted = {
        "todo": select(func.count()).select_from(mine).where(~mine.c.unsigned),
        "to_sign": select(func.count()).select_from(mine).where(mine.c.unsigned),
        "to_read": select(func.count()).select_from(_copy).where(unread),
        "done": select(func.count()).select_from(_task).where(done),
        "started": select(func.count()).select_from(_instance).where(_instance.c.started_by == reader.login),
        "drafts": select(func.count()).select_from(_draft).where(_draft.c.login == reader.login, live),
        "overdue": select(func.count()).select_from(mine).where(mine.c.due_at < reader.now),
    }
    return [query.scalar_subquery().label(tab) for tab, query in counted.items()]


def _open_of(reader: Reader) -> ColumnElement[bool]:
    # a union of two short lists, each from its own index, where an OR would read every open task
    own = select(_task.c.id).where(_task.c.assignee == reader.login, _task.c.state == "open")
    offered = select(_task.c.id).where(_task.c.state == "open", offered_to(reader.login, reader.groups))
    return _task.c.id.in_(own.union_all(offered))


def _list(tab: str, reader: Reader) -> Select[Any]:
    unsigned = and_(_task.c.sign_for, _task.c.signed_at.is_(None))
    if tab == "done":
        return _tasks(_task.c.completed_by == reader.login, _task.c.state.in_(DONE), at=_task.c.closed_at)
    if tab in _OTHERS:
        return _OTHERS[tab](reader)
    narrowed = {"todo": ~unsigned, "to_sign": unsigned, "overdue": _task.c.due_at < reader.now}
    return _tasks(_open_of(reader), narrowed[tab])


def _tasks(*where: ColumnElement[bool], at: Any = _task.c.created_at) -> Select[Any]:
    query = select(
        literal("task").label("kind"), _task.c.id, _task.c.id.label("task_id"), _task.c.instance_id, _instance.c.process_id,
        _definition.c.name.label("process_name"), _task.c.name.label("name"), _instance.c.title, _instance.c.business_key,
        _instance.c.unit, _task.c.state, _instance.c.business_state, _task.c.assignee, _task.c.assignee_name, _task.c.sign_for,
        _task.c.signed_at, _task.c.priority, _task.c.due_at, at.label("at"), _task.c.origin, _task.c.origin_note.label("note"),
    )  # fmt: skip
    joined = query.join(_instance, _instance.c.id == _task.c.instance_id).join(
        _definition, _definition.c.id == _task.c.definition_id
    )
    return joined.where(*where)


def _started(reader: Reader) -> Select[Any]:
    query = select(
        literal("instance").label("kind"), _instance.c.id, null().label("task_id"), _instance.c.id.label("instance_id"),
        _instance.c.process_id, _definition.c.name.label("process_name"), _definition.c.name.label("name"), _instance.c.title,
        _instance.c.business_key, _instance.c.unit, _instance.c.state, _instance.c.business_state,
        _instance.c.started_by.label("assignee"), _instance.c.started_by_name.label("assignee_name"),
        literal(False).label("sign_for"), null().label("signed_at"), literal(0).label("priority"),
        _typed_null(_task.c.due_at, "due_at"), _instance.c.started_at.label("at"), null().label("origin"), null().label("note"),
    )  # fmt: skip
    return query.join(_definition, _definition.c.id == _instance.c.definition_id).where(_instance.c.started_by == reader.login)


def _to_read(reader: Reader) -> Select[Any]:
    query = select(
        literal("copy").label("kind"), _copy.c.id, _copy.c.task_id, _copy.c.instance_id, _instance.c.process_id,
        _definition.c.name.label("process_name"), _definition.c.name.label("name"), _instance.c.title, _instance.c.business_key,
        _instance.c.unit, _instance.c.state, _instance.c.business_state, _copy.c.sent_by.label("assignee"),
        _copy.c.sent_by_name.label("assignee_name"), literal(False).label("sign_for"), _copy.c.read_at.label("signed_at"),
        literal(0).label("priority"), _typed_null(_task.c.due_at, "due_at"), _copy.c.sent_at.label("at"), null().label("origin"),
        _copy.c.note,
    )  # fmt: skip
    joined = query.join(_instance, _instance.c.id == _copy.c.instance_id).join(
        _definition, _definition.c.id == _instance.c.definition_id
    )
    return joined.where(_copy.c.login == reader.login, _copy.c.read_at.is_(None))


def _drafts(reader: Reader) -> Select[Any]:
    started = and_(_definition.c.process_id == _draft.c.process_id, _definition.c.active)
    task_done = and_(_draft.c.task_id.is_not(None), _task.c.state != "open")
    query = select(
        literal("draft").label("kind"), _draft.c.id, _draft.c.task_id, _task.c.instance_id,
        func.coalesce(_instance.c.process_id, _draft.c.process_id).label("process_id"), _definition.c.name.label("process_name"),
        func.coalesce(_task.c.name, _definition.c.name).label("name"), func.coalesce(_instance.c.title, "").label("title"),
        _instance.c.business_key, _instance.c.unit, func.coalesce(_task.c.state, "open").label("state"),
        _instance.c.business_state,
        _task.c.assignee, _task.c.assignee_name, func.coalesce(_task.c.sign_for, False).label("sign_for"), _task.c.signed_at,
        func.coalesce(_task.c.priority, 0).label("priority"), _task.c.due_at, _draft.c.saved_at.label("at"), _task.c.origin,
        _task.c.origin_note.label("note"),
    )  # fmt: skip
    joined = query.outerjoin(_task, _task.c.id == _draft.c.task_id).outerjoin(_instance, _instance.c.id == _task.c.instance_id)
    joined = joined.outerjoin(_definition, or_(started, _definition.c.id == _task.c.definition_id))
    return joined.where(_draft.c.login == reader.login, ~func.coalesce(task_done, False))


_OTHERS: dict[str, Callable[[Reader], Select[Any]]] = {"started": _started, "to_read": _to_read, "drafts": _drafts}


def _typed_null(column: Any, name: str) -> Any:
    return func.nullif(literal(None, column.type), literal(None, column.type)).label(name)


def _narrow(rows: Any, filters: InboxFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.text:
        places = (rows.title, rows.name, rows.business_key)
        found.append(or_(*(place.icontains(filters.text, autoescape=True) for place in places)))
    if filters.process_id:
        found.append(rows.process_id == filters.process_id)
    if filters.unit:
        found.append(rows.unit == filters.unit)
    if filters.due_from is not None or filters.due_before is not None or filters.without_due:
        found.append(_between(rows.due_at, filters))
    return found


def _between(due_at: Any, filters: InboxFilters) -> ColumnElement[bool]:
    edges = [due_at >= filters.due_from] if filters.due_from is not None else []
    edges += [due_at < filters.due_before] if filters.due_before is not None else []
    inside = and_(*edges) if edges else due_at.is_(None)
    return or_(inside, due_at.is_(None)) if filters.without_due else inside
