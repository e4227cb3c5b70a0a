"""What indicators are computed from, one question each, and what they came to on earlier days."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
    union_all,
)

from engine.persistence.kept_out import NAMES
from engine.persistence.models.identity import Unit
from engine.persistence.models.indicators import IndicatorDay
from engine.persistence.models.ledgers import LedgerRow
from engine.persistence.models.runtime import Milestone
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository, upserts
from engine.persistence.repositories.ledger_terms import UNITS, Condition, Exactly, Terms, asker

_row, _unit, _milestone, _day = LedgerRow.__table__, Unit.__table__, Milestone.__table__, IndicatorDay.__table__


@dataclass(frozen=True, slots=True)
class DayRecord:
    """A figure on a day."""

    pack: str
    code: str
    figure: int
    day: date
    number: Decimal | None
    part: int
    whole: int | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """How many values there are, and the one or two of them that a percentile lies at."""

    count: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows fit a whole, and how many of them a part."""

    whole: int
    part: int


_COLUMNS = columns_of(DayRecord, IndicatorDay)
_MOST_AT_ONCE = 100  # a statement of SQLite joins 500 questions at most
_KEEP = upserts(_day, ("number", "part", "whole"))


@lru_cache(maxsize=512)
def _of_rows(
    on_sqlite: bool, guarded: bool, scoped: bool, ledger: str, whole: Exactly, part: Exactly, mean: str, least: str
) -> Select[Any]:
    """Build a question about rows, whoever asks it."""
    terms = Terms(on_sqlite, NAMES if guarded else frozenset())
    among = and_(true(), *terms.all_of(part.conditions))
    query = select(
        func.count().label("whole"),
        func.count(case((among, 1))).label("part"),
        (func.avg(case((among, terms.number(mean)))) if mean else null()).label("mean"),
        (func.min(case((among, terms.text(least)))) if least else null()).label("least"),
    )
    return terms.narrow(query.select_from(_row), ledger, UNITS if scoped else None, whole.conditions)


@lru_cache(maxsize=64)
def _counts(on_sqlite: bool, guarded: bool, scoped: bool, asked: tuple[tuple[str, Exactly, Exactly], ...]) -> CompoundSelect[Any]:
    """Build many counts of rows as one question; each says at which place it was asked for."""
    terms = Terms(on_sqlite, NAMES if guarded else frozenset())
    parts = []
    for place, (ledger, whole, part) in enumerate(asked):
        among = case((and_(true(), *terms.all_of(part.conditions)), 1))
        numbers: list[Any] = [
            literal_column(str(place)).label("place"),
            func.count().label("whole"),
            func.count(among).label("part"),
        ]
        parts.append(terms.narrow(select(*numbers).select_from(_row), ledger, UNITS if scoped else None, whole.conditions))
    return union_all(*parts)


class Indicators(Repository):
    """Figures over ledger rows, over units, over milestones; and their history."""

    def beyond_pools(self) -> "Indicators":
        """Ask as somebody who is no stranger to any restricted pool, but is kept out by name as before."""
        return Indicators(self._session, frozenset(name for name in self._reader if not name.startswith("pool:")))

    def of_rows(
        self,
        ledger: str,
        units: frozenset[str] | None,
        whole: Sequence[Condition],
        part: Sequence[Condition],
        mean: str = "",
        least: str = "",
    ) -> Row[Any]:
        """Give how many rows fit *whole*, how many of them *part*, and those parts' mean of a column or least value of one."""
        shape = bool(self._reader), units is not None, ledger, Exactly.of(whole), Exactly.of(part), mean, least
        return self._connection.execute(_of_rows(self._on_sqlite, *shape), asker(self._reader, units)).one()

    def counts(
        self, units: frozenset[str] | None, asked: Sequence[tuple[str, Sequence[Condition], Sequence[Condition]]]
    ) -> list[Count]:
        """Give, for each ledger, whole and part, how many rows fit the whole and how many of them the part: asked at once."""
        found: list[Count] = []
        for start in range(0, len(asked), _MOST_AT_ONCE):
            some = tuple(
                (name, Exactly.of(whole), Exactly.of(part)) for name, whole, part in asked[start : start + _MOST_AT_ONCE]
            )
            query = _counts(self._on_sqlite, bool(self._reader), units is not None, some)
            rows = {row.place: Count(row.whole, row.part) for row in self._connection.execute(query, asker(self._reader, units))}
            found += [rows[place] for place in range(len(some))]
        return found

    def ranked(self, ledger: str, units: frozenset[str] | None, conditions: Sequence[Condition], column: str, at: int) -> Ranked:
        """Give the values of a column, sorted, at the place that *at* percent of the way leads to, and the next one."""
        terms = Terms(self._on_sqlite, self._reader)
        value = terms.number(column)
        place, count = func.row_number().over(order_by=value) - 1, func.count().over()
        query = select(value.label("value"), place.label("place"), count.label("total")).select_from(_row)
        found = terms.narrow(query, ledger, units, conditions).subquery()
        low = (found.c.total - 1) * at // 100
        near = select(found.c.value, found.c.total).where(found.c.place >= low, found.c.place <= low + 1)
        rows = self._connection.execute(near.order_by(found.c.place)).all()
        return Ranked(rows[0].total if rows else 0, tuple(row.value for row in rows))

    def of_units(
        self,
        types: Sequence[str],
        units: frozenset[str] | None,
        ledger: str,
        conditions: Sequence[Condition],
        reached: Sequence[str] = (),
    ) -> Sequence[Row[Any]]:
        """Give every unit that has reached one of the milestones *reached*, with whether it has a row that fits."""
        terms = Terms(self._on_sqlite, self._reader)
        mine = select(literal(1)).select_from(_row).where(_row.c.ledger == ledger, _row.c.unit == _unit.c.code, terms.open())
        fits = exists(mine.where(*terms.all_of(conditions)).correlate(_unit))
        query = _in_order(select(_unit.c.code, fits.label("fits")), types, units)
        if reached:
            arrived = select(literal(1)).where(_milestone.c.unit == _unit.c.code, _milestone.c.code.in_(reached))
            arrived = arrived.where(self._open(_milestone.c.instance_id))
            query = query.where(exists(arrived.correlate(_unit)))
        return self._connection.execute(query).all()

    def of_milestones(
        self, types: Sequence[str], units: frozenset[str] | None, codes: Sequence[str]
    ) -> Sequence[tuple[str, str | None, datetime | None]]:
        """Give when each unit first reached each of the milestones; a unit without any comes once, with nothing."""
        here = and_(_milestone.c.unit == _unit.c.code, _milestone.c.code.in_(codes))
        joined = _unit.outerjoin(_milestone, and_(here, self._open(_milestone.c.instance_id)))
        query = select(_unit.c.code, _milestone.c.code, func.min(_milestone.c.reached_at)).select_from(joined)
        query = _in_order(query, types, units).group_by(_unit.c.code, _unit.c.position, _milestone.c.code)
        return [tuple(row) for row in self._connection.execute(query)]  # type: ignore[misc]

    # --- history

    def keep(self, days: Sequence[DayRecord]) -> None:
        """Write figures of a day; the last word of a day is the one that stays."""
        if days:
            self._connection.execute(_KEEP[self._connection.dialect.name], [asdict(day) for day in days])

    def history(self, pack: str, since: date) -> list[DayRecord]:
        """Give the figures of a pack from a day on, the earliest first."""
        query = select(*_COLUMNS).where(_day.c.pack == pack, _day.c.day >= since).order_by(_day.c.day)
        return [DayRecord(*row) for row in self._connection.execute(query)]


def _in_order(query: Select[Any], types: Sequence[str], units: frozenset[str] | None) -> Select[Any]:
    """Leave the units that take part, of these types and within a data scope, in official order."""
    query = query.where(_unit.c.active).order_by(_unit.c.position)
    query = query.where(_unit.c.type.in_(types)) if types else query
    return query if units is None else query.where(_unit.c.code.in_(sorted(units)))
