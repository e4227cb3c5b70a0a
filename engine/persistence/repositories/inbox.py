"""The inbox: one list per tab, all rows of one shape, and the number on each tab."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    true,
)

from engine.clock import ZONE
from engine.persistence.kept_out import NAMES, open_to
from engine.persistence.models.definitions import Definition
from engine.persistence.models.runtime import ProcessInstance
from engine.persistence.models.tasks import Draft, ReadCopy, TaskCandidate, UserTask
from engine.persistence.records import PAGE, Page
from engine.persistence.repositories import own_work
from engine.persistence.repositories.base import Repository
from engine.persistence.session import Session

_task, _candidate, _draft, _copy = UserTask.__table__, TaskCandidate.__table__, Draft.__table__, ReadCopy.__table__
_instance, _definition = ProcessInstance.__table__, Definition.__table__
_OPEN = own_work.OPEN
_LOGIN: BindParameter[str] = bindparam("login")
_MIDNIGHT: BindParameter[datetime] = bindparam("midnight")
_NEXT_MIDNIGHT: BindParameter[datetime] = bindparam("next_midnight")
_UNSIGNED = _task.c.unsigned == true()
DONE = ("completed", "returned")
TABS = ("todo", "to_sign", "to_read", "done", "started", "drafts", "overdue")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose inbox it is, in which post, and now; in a lent post the work of the person acted for is there too."""

    login: str
    groups: frozenset[str]
    now: datetime
    on_behalf_of: str | None = None


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
    """What a person has to do, has done, and has begun. Its statements are built once; a reader fills them in."""

    def __init__(self, session: Session, reader: frozenset[str] = frozenset()) -> None:
        super().__init__(session, reader)
        self._counted: dict[Reader, dict[str, int]] = {}

    def page(
        self, tab: str, reader: Reader, filters: InboxFilters, sort: str = "", number: int = 1, size: int = PAGE
    ) -> Page[InboxRow]:
        """Give a page of one tab."""
        sort, where = sort if sort in _SORTS else _DEFAULT_SORTS.get(tab, "due"), _narrow(_rows(tab).c, filters)
        asked = self._facts(reader) | {"size": size, "skipped": (number - 1) * size, "reach": number * size}
        if where or sort != "due" or tab not in own_work.TABS:
            query, count = _ordered(tab, sort)
            query, count = query.where(*where), count.where(*where)
        else:
            query, count = _due_first(tab, *_shape(asked))
        rows = [InboxRow(*row) for row in self._connection.execute(query, asked)]
        if len(rows) < size and (rows or number == 1):
            return Page(rows, (number - 1) * size + len(rows), number, size)
        known = self._counted.get(reader, {}).get(tab) if not where else None
        total = self._connection.execute(count, asked).scalar_one() if known is None else known
        # a count that stopped at its limit says at least so many: whoever turns the pages always finds the next
        at_least = total == own_work.MOST and not where
        return Page(rows, max(total, number * size + 1) if at_least and rows else total, number, size, at_least)

    def counts(self, reader: Reader) -> dict[str, int]:
        """Count every tab, and under ``today`` what falls due today, in one statement."""
        asked = self._facts(reader)
        row = self._connection.execute(_counts(*_shape(asked)), asked).one()
        self._counted[reader] = {tab: count or 0 for tab, count in row._asdict().items()}
        return self._counted[reader]

    def _facts(self, reader: Reader) -> dict[str, Any]:
        return _facts(reader) | {NAMES.key: sorted(self._reader)}


def _facts(reader: Reader) -> dict[str, Any]:
    midnight = datetime.combine(reader.now.astimezone(ZONE), time(), ZONE)
    logins = [login for login in (reader.login, reader.on_behalf_of) if login]
    names = sorted([*reader.groups, *(f"user:{login}" for login in logins)])
    kept_out = [f"not:{login}" for login in logins]
    return {"login": reader.login, "logins": logins, "names": names, "kept_out": kept_out, "now": reader.now,
            "midnight": midnight, "next_midnight": midnight + timedelta(days=1),
            **own_work.facts(logins, names)}  # fmt: skip


def _shape(asked: dict[str, Any]) -> tuple[int, int]:
    return len(asked["logins"]), len(asked["names"])


@cache
def _rows(tab: str) -> Any:
    return _list(tab).subquery()


@cache
def _ordered(tab: str, sort: str) -> tuple[Select[Any], Select[Any]]:
    rows = _rows(tab)
    query = select(rows).order_by(*_SORTS[sort](rows.c)).limit(bindparam("size")).offset(bindparam("skipped"))
    return query, select(func.count()).select_from(rows)


@cache
def _due_first(tab: str, logins: int, names: int) -> tuple[Select[Any], Select[Any]]:
    rows = _tasks(_task.c.id.in_(own_work.page(tab, logins, names))).subquery()
    return select(rows).order_by(*own_work.in_order(rows.c)), own_work.count(tab, logins, names)


@cache
def _counts(logins: int, names: int) -> Select[Any]:
    """Count from the narrow indexes, without the joins that lists need, and no further than anybody would count."""
    unread = and_(_copy.c.login == _LOGIN, _copy.c.read_at.is_(None), _open(_copy.c.instance_id))
    done = _task.c.completed_by == _LOGIN, _task.c.state.in_(DONE), _open(_task.c.instance_id)
    # said row by row, for a list of all open tasks would be read whole
    open_still = exists().where(_task.c.id == _draft.c.task_id, _task.c.state == _OPEN, _open(_task.c.instance_id))
    live = or_(_draft.c.task_id.is_(None), open_still)
    others = {
        "to_read": select(_copy.c.id).where(unread),
        "done": select(_task.c.id).where(*done),
        "started": select(_instance.c.id).where(_instance.c.started_by == _LOGIN, _open(_instance.c.id)),
        "drafts": select(_draft.c.id).where(_draft.c.login == _LOGIN, live),
    }
    counted = {tab: own_work.count(tab, logins, names) for tab in own_work.TABS}
    counted |= {tab: select(func.count()).select_from(few.limit(bindparam("most")).subquery()) for tab, few in others.items()}
    return select(*(query.scalar_subquery().label(tab) for tab, query in counted.items()))


def _open(instance_id: Any) -> ColumnElement[bool]:
    return open_to(instance_id, NAMES)


def _mine() -> ColumnElement[bool]:
    # a union of two short lists, each from its own index: any other way reads every open task
    mine = _task.c.assignee.in_(bindparam("logins", expanding=True))
    own = select(_task.c.id).where(mine, _task.c.state == _OPEN)
    offered = select(_candidate.c.task_id).where(_candidate.c.name.in_(bindparam("names", expanding=True)))
    kept_out = exists().where(_candidate.c.task_id == _task.c.id, _candidate.c.name.in_(bindparam("kept_out", expanding=True)))
    may_take = and_(_task.c.assignee.is_(None), ~kept_out)
    return and_(_task.c.id.in_(own.union_all(offered)), _task.c.state == _OPEN, or_(mine, may_take))


def _list(tab: str) -> Select[Any]:
    if tab == "done":
        return _tasks(_task.c.completed_by == _LOGIN, _task.c.state.in_(DONE), at=_task.c.closed_at)
    if tab in _OTHERS:
        return _OTHERS[tab]()
    today = and_(~_UNSIGNED, _task.c.due_at >= _MIDNIGHT, _task.c.due_at < _NEXT_MIDNIGHT)
    narrowed = {"todo": ~_UNSIGNED, "to_sign": _UNSIGNED, "overdue": _task.c.due_at < bindparam("now"), "today": today}
    return _tasks(_mine(), narrowed[tab])


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
    return joined.where(*where, _open(_task.c.instance_id))


def _started() -> Select[Any]:
    query = select(
        literal("instance").label("kind"), _instance.c.id, null().label("task_id"), _instance.c.id.label("instance_id"),
        _instance.c.process_id, _definition.c.name.label("process_name"), _definition.c.name.label("name"), _instance.c.title,
        _instance.c.business_key, _instance.c.unit, _instance.c.state, _instance.c.business_state,
        _instance.c.started_by.label("assignee"), _instance.c.started_by_name.label("assignee_name"),
        literal(False).label("sign_for"), null().label("signed_at"), literal(0).label("priority"),
        _typed_null(_task.c.due_at, "due_at"), _instance.c.started_at.label("at"), null().label("origin"), null().label("note"),
    )  # fmt: skip
    return query.join(_definition, _definition.c.id == _instance.c.definition_id).where(
        _instance.c.started_by == _LOGIN, _open(_instance.c.id)
    )


def _to_read() -> Select[Any]:
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
    return joined.where(_copy.c.login == _LOGIN, _copy.c.read_at.is_(None), _open(_copy.c.instance_id))


def _drafts() -> Select[Any]:
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
    return joined.where(_draft.c.login == _LOGIN, ~func.coalesce(task_done, False), _open(_task.c.instance_id))


_OTHERS: dict[str, Callable[[], Select[Any]]] = {"started": _started, "to_read": _to_read, "drafts": _drafts}


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
