"""Process instances and the visits to their elements: what is saved after a step, and what lists and pages ask."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, insert, literal, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.persistence.kept_out import hidden, open_to
from engine.persistence.models.definitions import Definition
from engine.persistence.models.runtime import ElementInstance, ProcessInstance, Variable
from engine.persistence.models.sealed import sealed_as
from engine.persistence.models.tasks import ReadCopy, TaskCandidate, UserTask
from engine.persistence.prepared import Prepared
from engine.persistence.records import PAGE, Instance, Page, Scope, columns_of, values_of
from engine.persistence.repositories.base import Repository, upserts
from engine.persistence.repositories.state_parts import StateParts

_instance = ProcessInstance.__table__
_visit = ElementInstance.__table__
_variable = Variable.__table__
_definition = Definition.__table__
_task, _candidate, _copy = UserTask.__table__, TaskCandidate.__table__, ReadCopy.__table__
COLUMNS = columns_of(Instance, ProcessInstance)
_SUMMARY = [
    column for column in COLUMNS if column.name not in ("kernel_state", "variables", "audit_hash", "audit_number", "excluded")
]

_LOAD = select(*COLUMNS).where(_instance.c.id == bindparam("id"))
_FIND, _FIND_LOCKED = Prepared(_LOAD), Prepared(_LOAD.with_for_update())
_SAVED = ("business_key", "title", "unit", "state", "business_state", "variables", "kernel_state", "ended_at", "ended_reason",
          "audit_number", "audit_hash")  # fmt: skip
_SAVE = Prepared(
    update(_instance)
    .where(_instance.c.id == bindparam("b_id"), _instance.c.revision == bindparam("b_revision"))
    .values({"revision": _instance.c.revision + 1} | {name: bindparam(name) for name in _SAVED})
)
_ADD = Prepared(insert(_instance))


def _put(dialect: Any) -> Any:
    add = dialect.insert(_instance)
    news = {name: add.excluded[name] for name in ("revision", *_SAVED)}
    unchanged = _instance.c.revision == add.excluded.revision - 1
    return add.on_conflict_do_update(index_elements=["id"], set_=news, where=unchanged)


_PUT = Prepared({"sqlite": _put(sqlite), "postgresql": _put(postgresql)})


# element keys are numbers written as text, counted up within an instance
_VISITED = (_visit.c.entered_at, func.length(_visit.c.element_key), _visit.c.element_key)
_PUT_VISITS = Prepared(upserts(_visit, ("left_at", "outcome", "taken")))
_PUT_VARIABLES = Prepared(upserts(_variable, ("text", "number")))


@dataclass(frozen=True, slots=True)
class InstanceFilters:
    """What a list of instances is narrowed to; empty means everything."""

    text: str = ""
    marks: Collection[str] = ()
    blind: Collection[str] = ()
    process_id: str = ""
    unit: str = ""
    state: str = ""
    business_state: str = ""
    started_by: str = ""
    parent_id: UUID | None = None
    root_id: UUID | None = None
    active_element: str = ""
    variables: Mapping[str, str | int | float] | None = None


class ProcessInstances(Repository):
    """Instances by key, by list, and saved under their optimistic lock."""

    @property
    def _parts(self) -> StateParts:
        return StateParts(self._session)

    def find(self, instance_id: UUID, lock: bool = False) -> Instance | None:
        """Give an instance; *lock* keeps others from changing it until this transaction ends."""
        query = _FIND_LOCKED if lock and not self._on_sqlite else _FIND
        row = query.first(self._connection, id=instance_id)
        return None if row is None else self._parts.instance(row)

    def find_all(self, instance_ids: Collection[UUID], lock: bool = False) -> list[Instance]:
        """Give instances by key."""
        here = _instance.c.id.in_(instance_ids), self._open(_instance.c.id)
        query = select(*COLUMNS).where(*here).order_by(_instance.c.id)
        rows = self._connection.execute(query.with_for_update() if lock and not self._on_sqlite else query)
        return [self._parts.instance(row) for row in rows]

    def put(self, new: Sequence[Instance], changed: Sequence[Instance]) -> bool:
        """Write instances; say whether all were, for one that somebody else changed since it was read is not."""
        ordered = sorted(changed, key=lambda instance: instance.id)
        if not ordered:
            _ADD.write(self._connection, [values_of(instance) for instance in new])
            self._parts.put(new, new)
            return True
        if new:
            statement, rows = _PUT, [values_of(instance) | {"revision": instance.revision + 1} for instance in ordered]
            rows += [values_of(instance) for instance in new]
        else:
            statement, rows = _SAVE, [_changes(instance) for instance in ordered]
        saved = statement.write(self._connection, rows) == len(rows)
        for instance in changed:
            instance.revision += 1
        self._parts.put([*new, *ordered], new)
        return saved

    def put_visits(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write visits that were entered, and how visits were left."""
        _PUT_VISITS.write(self._connection, rows)

    def put_variables(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write the searchable values of variables."""
        _PUT_VARIABLES.write(self._connection, rows)

    def child(self, parent_id: UUID, element_key: str) -> UUID | None:
        """Give the running instance that an element of *parent_id* called."""
        query = select(_instance.c.id).where(
            _instance.c.parent_id == parent_id, _instance.c.parent_element_key == element_key, _instance.c.ended_at.is_(None)
        )
        return self._connection.execute(query).scalar()

    def running_children(self, parent_id: UUID) -> list[UUID]:
        """Give the running instances that *parent_id* called."""
        query = select(_instance.c.id).where(_instance.c.parent_id == parent_id, _instance.c.ended_at.is_(None))
        return list(self._connection.execute(query).scalars())

    def running_of_pack(self, pack: str) -> list[Instance]:
        """Give the running instances of a pack's processes that nothing called, oldest first."""
        roots = _instance.c.parent_id.is_(None), _instance.c.ended_at.is_(None), _definition.c.pack == pack
        query = select(*COLUMNS).join(_definition, _definition.c.id == _instance.c.definition_id).where(*roots)
        return [
            self._parts.instance(row) for row in self._connection.execute(query.order_by(_instance.c.started_at, _instance.c.id))
        ]

    def latest(self, process_id: str, unit: str) -> Instance | None:
        """Give the run of a process that a unit began last."""
        ran = _instance.c.process_id == process_id, _instance.c.unit == unit, self._open(_instance.c.id)
        newest = select(*COLUMNS).where(*ran).order_by(_instance.c.started_at.desc(), _instance.c.id.desc()).limit(1)
        row = self._connection.execute(newest).first()
        return None if row is None else self._parts.instance(row)

    def facts(self, process_id: str) -> dict[str, dict[str, Any]]:
        """Give the variables of the latest run of a process in each unit."""
        query = select(_instance.c.unit, _instance.c.variables)
        query = query.where(_instance.c.process_id == process_id, self._open(_instance.c.id))
        rows = self._connection.execute(query.order_by(_instance.c.started_at, _instance.c.id))
        return {row.unit: row.variables for row in rows}

    def excluded(self, instance_id: UUID) -> list[str]:
        """Give the names that a matter keeps out."""
        found = self._connection.execute(select(_instance.c.excluded).where(_instance.c.id == instance_id)).scalar()
        return list(found or [])

    def family(self, instance_id: UUID) -> list[UUID]:
        """Give an instance and everything that it called, running or ended."""
        family = select(_instance.c.id).where(_instance.c.id == instance_id).cte("family", recursive=True)
        children = select(_instance.c.id).join(family, _instance.c.parent_id == family.c.id)
        return list(self._connection.execute(select(family.union_all(children).c.id)).scalars())

    def visits(self, instance_id: UUID) -> Sequence[Row[Any]]:
        """Give every visit of an instance in the order of entering."""
        query = select(_visit).where(_visit.c.instance_id == instance_id).order_by(*_VISITED)
        return self._connection.execute(query).all()

    def active_visits(self, instance_id: UUID) -> Sequence[Row[Any]]:
        """Give the visits that have not been left."""
        query = select(_visit).where(_visit.c.instance_id == instance_id, _visit.c.left_at.is_(None))
        return self._connection.execute(query).all()

    def takes_part(self, root_id: UUID, login: str, groups: Collection[str]) -> bool:
        """Say whether somebody has, had or is offered a task under a root instance, or got a copy of something in it."""
        under = [_task.c.instance_id == _instance.c.id, _instance.c.root_id == root_id]
        offered = select(_candidate.c.task_id).where(_candidate.c.name.in_([*groups, f"user:{login}"]))
        own = or_(
            _task.c.assignee == login, _task.c.completed_by == login, and_(_task.c.state == "open", _task.c.id.in_(offered))
        )
        copied = exists().where(_copy.c.instance_id == _instance.c.id, _instance.c.root_id == root_id, _copy.c.login == login)
        return bool(self._connection.execute(select(or_(exists().where(*under, own), copied))).scalar())

    def search(self, filters: InstanceFilters, scope: Scope, number: int = 1, size: int = PAGE) -> Page[Row[Any]]:
        """Give a page of instances, newest first; what is restricted is found only where its process is named."""
        restricted = frozenset() if filters.process_id or filters.parent_id or filters.root_id else scope.restricted
        names, where = self._reader | restricted, [*_conditions(filters), *_in_scope(scope)]
        every = select(func.count()).select_from(_instance).where(*where)
        # all of them from their index, less the few that are kept from whoever asks
        shut = every.where(_instance.c.id.in_(hidden(names))).scalar_subquery() if names else literal(0)
        total = self._connection.execute(select(every.scalar_subquery() - shut)).scalar_one()
        query = (
            select(*_SUMMARY)
            .where(*where, open_to(_instance.c.id, names))
            .order_by(_instance.c.started_at.desc(), _instance.c.id.desc())
        )
        rows = self._connection.execute(query.limit(size).offset((number - 1) * size)).all()
        return Page(rows, total, number, size)

    def count_by(self, *names: str, scope: Scope) -> Sequence[Row[Any]]:
        """Count instances by the columns *names*, within *scope*."""
        columns = [_instance.c[name] for name in names]
        query: Select[Any] = select(*columns, func.count().label("count")).where(*_in_scope(scope), self._open(_instance.c.id))
        query = query.group_by(*columns)
        return self._connection.execute(query).all()


def _changes(instance: Instance) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(instance, name) for name in _SAVED}
    return values | {"b_id": instance.id, "b_revision": instance.revision}


def _in_scope(scope: Scope) -> list[ColumnElement[bool]]:
    if scope.units is None:
        return []
    return [or_(_instance.c.unit.in_(scope.units), _instance.c.started_by == scope.login)]


def _conditions(filters: InstanceFilters) -> list[ColumnElement[bool]]:
    equal = {"process_id": filters.process_id, "unit": filters.unit, "state": filters.state, "started_by": filters.started_by,
             "business_state": filters.business_state, "parent_id": filters.parent_id, "root_id": filters.root_id}  # fmt: skip
    found = [_instance.c[name] == value for name, value in equal.items() if value]
    if filters.text:
        places = (_instance.c.title, _instance.c.business_key)
        said = [place.icontains(filters.text, autoescape=True) for place in places]
        found.append(or_(*said, *([_instance.c.id.in_(sealed_as(filters.marks, filters.blind))] if filters.marks else [])))
    if filters.active_element:
        at = exists().where(
            _visit.c.instance_id == _instance.c.id, _visit.c.element_id == filters.active_element, _visit.c.left_at.is_(None)
        )
        found.append(at)
    for name, value in (filters.variables or {}).items():
        column = _variable.c.text if isinstance(value, str) else _variable.c.number
        found.append(exists().where(_variable.c.instance_id == _instance.c.id, _variable.c.name == name, column == value))
    return found
