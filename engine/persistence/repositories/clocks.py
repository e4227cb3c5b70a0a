"""SLA clocks: opened, moved and closed in batches, and counted for lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.persistence.keys import new_key
from engine.persistence.models.clocks import SlaClock
from engine.persistence.models.runtime import ProcessInstance
from engine.persistence.prepared import Prepared
from engine.persistence.records import columns_of, values_of
from engine.persistence.repositories.base import Repository

_clock, _instance = SlaClock.__table__, ProcessInstance.__table__


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A deadline as it was read."""

    id: UUID
    instance_id: UUID
    element_key: str | None
    pack: str
    code: str
    subject: str
    unit: str | None
    business_key: str | None
    started_on: date
    base_due: date
    due: date
    paused_on: date | None
    paused_days: int
    extensions: int
    urged: int
    opened_at: datetime
    next_step: datetime | None = None
    closed_at: datetime | None = None
    halted: bool = False


_COLUMNS = columns_of(ClockRow, SlaClock)
_MOVED = ("base_due", "due", "paused_on", "paused_days", "extensions", "next_step", "halted")
_MOVE = (
    update(_clock)
    .where(_clock.c.id == bindparam("b_id"), _clock.c.closed_at.is_(None), _clock.c.extensions == bindparam("b_extensions"))
    .values({name: bindparam(name) for name in _MOVED})
)
_CLOSE = (
    update(_clock)
    .where(_clock.c.instance_id.in_(bindparam("b_instances", expanding=True)), _clock.c.closed_at.is_(None))
    .where(
        or_(
            _clock.c.instance_id.in_(bindparam("b_whole", expanding=True)),
            tuple_(_clock.c.instance_id, _clock.c.element_key).in_(bindparam("b_elements", expanding=True)),
        )
    )
    .values(closed_at=bindparam("b_at"))
)
_NOTHING = (
    dict.fromkeys(("pack", "code", "subject"), "") | dict.fromkeys(("paused_days", "extensions", "urged"), 0) | {"halted": False}
)


def _put(dialect: Any) -> Any:
    """Make the statement that writes a clock, or closes the one its element has; a row to close that nobody has is no row."""
    values = [bindparam(column.name, type_=column.type) for column in _COLUMNS]
    has_one = exists().where(
        _clock.c.instance_id == bindparam("instance_id", type_=_clock.c.instance_id.type),
        _clock.c.element_key == bindparam("element_key", type_=_clock.c.element_key.type),
    )
    opening = bindparam("closed_at", type_=_clock.c.closed_at.type).is_(None)
    add = dialect.insert(_clock).from_select([column.name for column in _COLUMNS], select(*values).where(or_(opening, has_one)))
    return add.on_conflict_do_update(
        index_elements=["instance_id", "element_key"],
        set_={"closed_at": add.excluded.closed_at},
        where=_clock.c.closed_at.is_(None),
    )


_PUT = Prepared({"sqlite": _put(sqlite), "postgresql": _put(postgresql)})
_STEPS_DUE = (
    select(*_COLUMNS)
    .join(_instance, _instance.c.id == _clock.c.instance_id)
    .where(_clock.c.pack == bindparam("pack"), _clock.c.next_step <= bindparam("now"), _clock.c.closed_at.is_(None))
    .where(_clock.c.paused_on.is_(None), _instance.c.state == "active")
    .order_by(_clock.c.next_step, _clock.c.id)
)
_STEPPED = (
    update(_clock)
    .where(_clock.c.id == bindparam("b_id"), _clock.c.next_step == bindparam("b_step"))
    .values(next_step=bindparam("b_next"))
)


class SlaClocks(Repository):
    """Clocks of instances and their elements."""

    def put(self, opened: Sequence[ClockRow], closed: Sequence[tuple[UUID, str | None]], at: datetime) -> None:
        """Write new clocks and stop those of (instance, element key), without a key all of an instance.

        What opens while elements close, as at nearly every step, is one statement with them.
        """
        elements = [place for place in closed if place[1] is not None]
        if closed and (len(elements) < len(closed) or not opened):
            self._close(closed, at)
            elements = []
        if opened:
            ended = [_NOTHING | _ended(place, at) for place in elements]
            _PUT.write(self._connection, [*ended, *(values_of(clock) for clock in opened)])

    def find(self, clock_id: UUID) -> ClockRow | None:
        """Give a clock by its key."""
        row = self._connection.execute(select(*_COLUMNS).where(_clock.c.id == clock_id)).first()
        return None if row is None else ClockRow(*row)

    def running(self, instance_id: UUID) -> list[ClockRow]:
        """Give the clocks of an instance that have not been closed."""
        query = select(*_COLUMNS).where(_clock.c.instance_id == instance_id, _clock.c.closed_at.is_(None))
        return [ClockRow(*row) for row in self._connection.execute(query.order_by(_clock.c.due, _clock.c.id))]

    def of_elements(self, places: Sequence[tuple[UUID, str]]) -> list[ClockRow]:
        """Give the running clocks of (instance, element key)."""
        where = tuple_(_clock.c.instance_id, _clock.c.element_key).in_(places), _clock.c.closed_at.is_(None)
        return [ClockRow(*row) for row in self._connection.execute(select(*_COLUMNS).where(*where))]

    def of_instance(self, instance_id: UUID) -> list[ClockRow]:
        """Give every clock of an instance, the earliest first."""
        query = select(*_COLUMNS).where(_clock.c.instance_id == instance_id).order_by(_clock.c.opened_at, _clock.c.id)
        return [ClockRow(*row) for row in self._connection.execute(query)]

    def move(self, clocks: Sequence[tuple[ClockRow, ClockRow]]) -> bool:
        """Write (before, after) of clocks, unless one was closed or extended meanwhile; say whether all were written."""
        rows = [
            {"b_id": after.id, "b_extensions": before.extensions} | {name: getattr(after, name) for name in _MOVED}
            for before, after in clocks
        ]
        return self._connection.execute(_MOVE, rows).rowcount == len(rows)

    def steps_due(self, pack: str, now: datetime) -> list[ClockRow]:
        """Give the running clocks of a pack whose ladder has a step due, except those of suspended instances."""
        return [ClockRow(*row) for row in self._connection.execute(_STEPS_DUE, {"pack": pack, "now": now})]

    def stepped(self, steps: Sequence[tuple[ClockRow, datetime | None]]) -> None:
        """Note when each clock's ladder has its next step."""
        rows = [{"b_id": clock.id, "b_step": clock.next_step, "b_next": following} for clock, following in steps]
        self._connection.execute(_STEPPED, rows)

    def _close(self, places: Sequence[tuple[UUID, str | None]], at: datetime) -> None:
        whole = [instance for instance, key in places if key is None]
        elements = [place for place in places if place[1] is not None]
        facts = {"b_instances": [instance for instance, _ in places], "b_whole": whole, "b_elements": elements, "b_at": at}
        self._connection.execute(_CLOSE, facts)

    def stop(self, clock_ids: Sequence[UUID], at: datetime) -> None:
        """Stop these clocks, as far as they run."""
        which = _clock.c.id.in_(clock_ids) & _clock.c.closed_at.is_(None)
        self._connection.execute(update(_clock).where(which).values(closed_at=at))

    def urge(self, clock_id: UUID) -> None:
        """Count that somebody was urged."""
        self._connection.execute(update(_clock).where(_clock.c.id == clock_id).values(urged=_clock.c.urged + 1))

    def overdue(self, today: date, units: frozenset[str] | None = None) -> list[ClockRow]:
        """Give the running clocks whose date has passed, the oldest first."""
        query = select(*_COLUMNS).where(_clock.c.closed_at.is_(None), _clock.c.due < today)
        query = query if units is None else query.where(_clock.c.unit.in_(units))
        query = query.where(self._open(_clock.c.instance_id))
        return [ClockRow(*row) for row in self._connection.execute(query.order_by(_clock.c.due, _clock.c.id))]


def _ended(place: tuple[UUID, str | None], at: datetime) -> dict[str, object]:
    return {"id": new_key(), "instance_id": place[0], "element_key": place[1], "unit": None, "business_key": None,
            "started_on": at.date(), "base_due": at.date(), "due": at.date(), "paused_on": None, "opened_at": at,
            "next_step": None, "closed_at": at}  # fmt: skip
