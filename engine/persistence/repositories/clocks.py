"""SLA clocks: opened, moved and closed in batches, and counted for lists."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, insert, select, update

from engine.persistence.models.clocks import SlaClock
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository

_clock = SlaClock.__table__


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
    closed_at: datetime | None = None


_COLUMNS = columns_of(ClockRow, SlaClock)
_ADD = insert(_clock)
_MOVED = ("base_due", "due", "paused_on", "paused_days", "extensions")
_MOVE = (
    update(_clock)
    .where(_clock.c.id == bindparam("b_id"), _clock.c.closed_at.is_(None), _clock.c.extensions == bindparam("b_extensions"))
    .values({name: bindparam(name) for name in _MOVED})
)
_RUNNING = and_(_clock.c.instance_id == bindparam("b_instance"), _clock.c.closed_at.is_(None))
_CLOSE = update(_clock).where(_RUNNING).values(closed_at=bindparam("b_at")).returning(_clock.c.id)
_CLOSE_ELEMENTS = _CLOSE.where(_clock.c.element_key.in_(bindparam("b_elements", expanding=True)))


class SlaClocks(Repository):
    """Clocks of instances and their elements."""

    def add(self, clocks: Sequence[ClockRow]) -> None:
        """Write new clocks."""
        self._connection.execute(_ADD, [asdict(clock) for clock in clocks])

    def find(self, clock_id: UUID) -> ClockRow | None:
        """Give a clock by its key."""
        row = self._connection.execute(select(*_COLUMNS).where(_clock.c.id == clock_id)).first()
        return None if row is None else ClockRow(*row)

    def running(self, instance_id: UUID) -> list[ClockRow]:
        """Give the clocks of an instance that have not been closed."""
        query = select(*_COLUMNS).where(_clock.c.instance_id == instance_id, _clock.c.closed_at.is_(None))
        return [ClockRow(*row) for row in self._connection.execute(query.order_by(_clock.c.due, _clock.c.id))]

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

    def close(self, instance_id: UUID, at: datetime, element_keys: Collection[str] | None = None) -> list[UUID]:
        """Stop the running clocks of an instance, or only of some of its elements; give which."""
        facts: dict[str, Any] = {"b_instance": instance_id, "b_at": at}
        if element_keys is None:
            return list(self._connection.execute(_CLOSE, facts).scalars())
        return list(self._connection.execute(_CLOSE_ELEMENTS, facts | {"b_elements": list(element_keys)}).scalars())

    def urge(self, clock_id: UUID) -> None:
        """Count that somebody was urged."""
        self._connection.execute(update(_clock).where(_clock.c.id == clock_id).values(urged=_clock.c.urged + 1))

    def overdue(self, today: date, units: frozenset[str] | None = None) -> list[ClockRow]:
        """Give the running clocks whose date has passed, the oldest first."""
        query = select(*_COLUMNS).where(_clock.c.closed_at.is_(None), _clock.c.due < today)
        query = query if units is None else query.where(_clock.c.unit.in_(units))
        return [ClockRow(*row) for row in self._connection.execute(query.order_by(_clock.c.due, _clock.c.id))]
