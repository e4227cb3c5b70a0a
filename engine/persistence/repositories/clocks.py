"""SLA clocks: opened, moved and closed in batches, and counted for lists."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, insert, or_, select, tuple_, update

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
    .returning(_clock.c.instance_id, _clock.c.id)
)


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

    def close(self, places: Sequence[tuple[UUID, str | None]], at: datetime) -> list[tuple[UUID, UUID]]:
        """Stop the running clocks of (instance, element key), all of an instance without a key; give (instance, clock)."""
        whole = [instance for instance, key in places if key is None]
        elements = [place for place in places if place[1] is not None]
        facts = {"b_instances": [instance for instance, _ in places], "b_whole": whole, "b_elements": elements, "b_at": at}
        return [(instance, clock) for instance, clock in self._connection.execute(_CLOSE, facts)]

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
        return [ClockRow(*row) for row in self._connection.execute(query.order_by(_clock.c.due, _clock.c.id))]
