"""What instances wait for and report: subscriptions, buffered messages, incidents, milestones, number series."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, func, insert, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.persistence.models.runtime import Incident, Message, Milestone, ProcessInstance
from engine.persistence.models.runtime import NumberSeries as NumberRow
from engine.persistence.models.runtime import Subscription as SubscriptionRow
from engine.persistence.prepared import Prepared
from engine.persistence.records import PAGE, Page, Scope, Subscription, columns_of
from engine.persistence.repositories.base import Repository

_subscription, _message = SubscriptionRow.__table__, Message.__table__
_incident, _milestone, _number = Incident.__table__, Milestone.__table__, NumberRow.__table__
_instance = ProcessInstance.__table__
_STOPPED = _incident.outerjoin(_instance, _instance.c.id == _incident.c.instance_id)
_COLUMNS = columns_of(Subscription, SubscriptionRow)
_ADD = Prepared(insert(_subscription))
_CLOSE = Prepared(
    delete(_subscription).where(
        _subscription.c.instance_id == bindparam("b_instance"), _subscription.c.element_key == bindparam("b_element")
    )
)
_REACHED = Prepared(insert(_milestone))
_RESOLVE = (
    update(_incident)
    .where(_incident.c.instance_id == bindparam("b_instance"), _incident.c.element_key == bindparam("b_element"))
    .where(_incident.c.resolved_at.is_(None))
    .values(resolved_at=bindparam("at"), resolved_by=bindparam("by"))
)


def _is_open(units: frozenset[str] | None) -> ColumnElement[bool]:
    return and_(_incident.c.resolved_at.is_(None), true() if units is None else _instance.c.unit.in_(units))


class Subscriptions(Repository):
    """Who waits for which message or signal."""

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write new subscriptions."""
        _ADD.write(self._connection, rows)

    def close(self, elements: Sequence[tuple[UUID, str]]) -> None:
        """Forget the subscriptions of (instance, element key)."""
        _CLOSE.write(self._connection, [{"b_instance": instance, "b_element": key} for instance, key in elements])

    def close_starts(self, process_id: str) -> None:
        """Forget what older versions of a process start on."""
        starts = (_subscription.c.process_id == process_id) & _subscription.c.instance_id.is_(None)
        self._connection.execute(delete(_subscription).where(starts))

    def waiting(self, kind: str, name: str, correlation_key: str | None, awake: Sequence[UUID] = ()) -> list[Subscription]:
        """Give who waits for a message or signal, longest first; a subscription without a key takes any.

        Suspended instances hear nothing, unless they are *awake* by now.
        """
        running = or_(_subscription.c.instance_id.is_(None), _instance.c.state == "active", _instance.c.id.in_(awake))
        query = select(*_COLUMNS).outerjoin(_instance, _instance.c.id == _subscription.c.instance_id)
        query = query.where(_subscription.c.kind == kind, _subscription.c.name == name, running)
        if kind == "message":
            query = query.where(
                or_(_subscription.c.correlation_key == correlation_key, _subscription.c.correlation_key.is_(None))
            )
        return [Subscription(*row) for row in self._connection.execute(query.order_by(_subscription.c.id))]

    def of_instance(self, instance_id: UUID) -> list[Subscription]:
        """Give what an instance waits for."""
        query = select(*_COLUMNS).where(_subscription.c.instance_id == instance_id).order_by(_subscription.c.id)
        return [Subscription(*row) for row in self._connection.execute(query)]


class Messages(Repository):
    """Messages that wait for somebody to wait for them."""

    def add(self, row: Mapping[str, object]) -> None:
        """Keep a message."""
        self._connection.execute(insert(_message), row)

    def buffered(self, names: set[str], now: datetime) -> Sequence[Row[Any]]:
        """Give the messages with one of *names* that still live, oldest first."""
        query = select(_message).where(_message.c.name.in_(names), _message.c.expires_at > now).order_by(_message.c.id)
        return self._connection.execute(query).all()

    def take(self, message_id: UUID) -> bool:
        """Remove a message that is being delivered; say whether it was still there."""
        return self._connection.execute(delete(_message).where(_message.c.id == message_id)).rowcount == 1

    def expire(self, now: datetime) -> int:
        """Forget messages whose time to live is over; give how many."""
        return self._connection.execute(delete(_message).where(_message.c.expires_at <= now)).rowcount


class Incidents(Repository):
    """What failed and waits for help."""

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write incidents."""
        self._connection.execute(insert(_incident), list(rows))

    def resolve_elements(self, elements: Sequence[tuple[UUID, str]], at: datetime, by: str) -> None:
        """Close the open incidents of (instance, element key)."""
        rows = [{"b_instance": instance, "b_element": key, "at": at, "by": by} for instance, key in elements]
        self._connection.execute(_RESOLVE, rows)

    def resolve(self, incident_id: UUID, at: datetime, by: str) -> bool:
        """Close one incident; say whether it was open."""
        is_open = (_incident.c.id == incident_id) & _incident.c.resolved_at.is_(None)
        return self._connection.execute(update(_incident).where(is_open).values(resolved_at=at, resolved_by=by)).rowcount == 1

    def find(self, incident_id: UUID) -> Row[Any] | None:
        """Give an incident by key."""
        this = _incident.c.id == incident_id, self._open(_incident.c.instance_id)
        return self._connection.execute(select(_incident).where(*this)).first()

    def of_instance(self, instance_id: UUID) -> Sequence[Row[Any]]:
        """Give all incidents of an instance, newest first."""
        query = select(_incident).where(_incident.c.instance_id == instance_id).order_by(_incident.c.raised_at.desc())
        return self._connection.execute(query).all()

    def unresolved(
        self, number: int = 1, size: int = PAGE, process_id: str = "", units: frozenset[str] | None = None
    ) -> Page[Row[Any]]:
        """Give a page of open incidents with the instance they stop, oldest first, narrowed to a process and to *units*."""
        is_open = and_(
            _is_open(units),
            self._open(_incident.c.instance_id),
            true() if not process_id else _instance.c.process_id == process_id,
        )
        total = self._connection.execute(select(func.count()).select_from(_STOPPED).where(is_open)).scalar_one()
        query = (
            select(_incident, _instance.c.title, _instance.c.process_id, _instance.c.unit, _instance.c.definition_id)
            .select_from(_STOPPED)
            .where(is_open)
            .order_by(_incident.c.raised_at, _incident.c.id)
        )
        return Page(self._connection.execute(query.limit(size).offset((number - 1) * size)).all(), total, number, size)

    def unresolved_by_process(self, units: frozenset[str] | None = None) -> dict[str, int]:
        """Count open incidents by process, the most first; what belongs to no instance stands under an empty name."""
        process, number = func.coalesce(_instance.c.process_id, ""), func.count()
        query = select(process, number).select_from(_STOPPED).where(_is_open(units), self._open(_incident.c.instance_id))
        return {
            str(row[0]): int(row[1]) for row in self._connection.execute(query.group_by(process).order_by(number.desc(), process))
        }


class Milestones(Repository):
    """Who reached what, and when."""

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write milestones."""
        _REACHED.write(self._connection, rows)

    def reached(self, codes: Sequence[str] = (), scope: Scope | None = None, root_id: UUID | None = None) -> Sequence[Row[Any]]:
        """Give when each unit first reached each milestone: rows of code, unit, reached_at, count."""
        query = select(
            _milestone.c.code,
            _milestone.c.unit,
            func.min(_milestone.c.reached_at).label("reached_at"),
            func.count().label("count"),
        ).where(self._open(_milestone.c.instance_id))
        if codes:
            query = query.where(_milestone.c.code.in_(codes))
        if scope is not None and scope.units is not None:
            query = query.where(_milestone.c.unit.in_(scope.units))
        if root_id is not None:
            query = query.where(_milestone.c.root_id == root_id)
        return self._connection.execute(query.group_by(_milestone.c.code, _milestone.c.unit)).all()

    def of_code(self, code: str, unit: str | None = None) -> Sequence[Row[Any]]:
        """Give the single milestones behind a cell, with their instance."""
        query = select(_milestone, _instance.c.title, _instance.c.process_id, _instance.c.business_key).join(_instance)
        query = query.where(_milestone.c.code == code, self._open(_milestone.c.instance_id)).order_by(
            _milestone.c.reached_at, _milestone.c.id
        )
        return self._connection.execute(query if unit is None else query.where(_milestone.c.unit == unit)).all()

    def of_instance(self, instance_id: UUID) -> Sequence[Row[Any]]:
        """Give the milestones of an instance."""
        return self._connection.execute(select(_milestone).where(_milestone.c.instance_id == instance_id)).all()


class NumberSeries(Repository):
    """Numbers without gaps: the next one is taken in the transaction that uses it."""

    def next(self, series: str, scope: str) -> int:
        """Take the next number of *series* in *scope*."""
        dialect = sqlite if self._on_sqlite else postgresql
        add = dialect.insert(_number).values(series=series, scope=scope, last=1)
        count = add.on_conflict_do_update(index_elements=["series", "scope"], set_={"last": _number.c.last + 1})
        return int(self._connection.execute(count.returning(_number.c.last)).scalar_one())
