"""Ledger rows: asked for by filter within a data scope, written only while their revision is the one that was read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Update, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB

from engine.persistence import json
from engine.persistence.kept_out import NAMES, hidden
from engine.persistence.models.ledgers import LedgerRow
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository
from engine.persistence.repositories.ledger_terms import COLUMNS, UNITS, Condition, Exactly, Operator, Terms, asker

_row = LedgerRow.__table__
_MOST_PATHS = 60


@dataclass(slots=True)
class LedgerRecord:
    """A ledger row as it was read."""

    id: UUID
    pack: str
    ledger: str
    unit: str
    list_key: str
    business_key: str
    seq: int
    state: str
    values: dict[str, Any]
    revision: int
    instance_id: UUID | None
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


_COLUMNS = columns_of(LedgerRecord, LedgerRow)


@cache
def _projection(cells: int, said: tuple[str, ...], on_sqlite: bool) -> Update:
    """Make the statement that puts so many cells into a row; each shape is built once."""
    change: dict[str, Any] = {"revision": _row.c.revision + 1, "updated_at": bindparam("b_at"), "updated_by": bindparam("b_by")}
    change |= {name: bindparam(f"b_{name}") for name in said}
    if cells and on_sqlite:
        merged: ColumnElement[Any] = _row.c["values"]
        for start in range(0, cells, _MOST_PATHS):
            places = range(start, min(cells, start + _MOST_PATHS))
            parts: list[Any] = []
            for number in places:
                parts += [bindparam(f"p{number}"), func.json(bindparam(f"v{number}"))]
            merged = func.json_set(merged, *parts)
        change["values"] = merged
    elif cells:
        change["values"] = _row.c["values"].op("||")(bindparam("b_values", type_=JSONB))
    return update(_row).where(_row.c.ledger == bindparam("b_ledger"), _row.c.business_key == bindparam("b_key")).values(**change)


def _cells(values: Mapping[str, object], on_sqlite: bool) -> dict[str, Any]:
    """Give the cells to a projection, each to be set whole: a context replaces a context, it is not merged into it."""
    if not on_sqlite:
        return {"b_values": dict(values)}
    paths = {f"p{number}": f'$."{name}"' for number, name in enumerate(values)}
    return paths | {f"v{number}": json.dumps(value) for number, value in enumerate(values.values())}


@lru_cache(maxsize=512)
def _tally(on_sqlite: bool, guarded: bool, scoped: bool, ledger: str, by: tuple[str, ...], conditions: Exactly) -> Select[Any]:
    """Build a count by the values of *by*, whoever asks for it."""
    terms = Terms(on_sqlite, NAMES if guarded else frozenset())
    parts = [terms.text(name).label(f"by_{number}") for number, name in enumerate(by)]
    query = select(*parts, func.count().label("rows")).select_from(_row)
    return terms.narrow(query, ledger, UNITS if scoped else None, conditions.conditions).group_by(*parts)


class LedgerRows(Repository):
    """The rows of all ledgers."""

    # --- questions

    def page(
        self,
        ledger: str,
        units: frozenset[str] | None,
        conditions: Sequence[Condition],
        sort: Sequence[str],
        search: str = "",
        limit: int | None = None,
        offset: int = 0,
        marks: Sequence[str] = (),
        blind: Collection[str] = (),
    ) -> tuple[list[LedgerRecord], int]:
        """Give the rows that fit, in order, and how many there are over all pages; nothing is searched in *blind* columns."""
        terms, said = self._terms(), (search, marks, blind)
        query = terms.narrow(select(*_COLUMNS), ledger, units, conditions, *said)
        order = [terms.order(name) for name in sort]
        # the key decides between any two rows of a ledger; without it their place in the list does
        decided = "key" in sort or "-key" in sort
        order += [] if decided else [_row.c.list_key, _row.c.seq, _row.c.id]
        rows = self._connection.execute(query.order_by(*order).limit(limit).offset(offset))
        found = [LedgerRecord(*row) for row in rows]
        if limit is None or (not offset and len(found) < limit):
            return found, offset + len(found)
        every = Terms(self._on_sqlite).narrow(select(func.count()).select_from(_row), ledger, units, conditions, *said)
        return found, self._less_hidden(every)

    def _less_hidden(self, every: Select[Any]) -> int:
        """Count rows without those that are kept from whoever asks: all of them from their index, less the few."""
        if not self._reader:
            return int(self._connection.execute(every).scalar_one())
        shut = every.where(_row.c.instance_id.in_(hidden(self._reader)))
        return int(self._connection.execute(select(every.scalar_subquery() - shut.scalar_subquery())).scalar_one())

    def get_many(self, ledger: str, ids: Iterable[UUID]) -> dict[UUID, LedgerRecord]:
        """Give the rows with these keys."""
        query = select(*_COLUMNS).where(_row.c.ledger == ledger, _row.c.id.in_(list(ids)), self._open(_row.c.instance_id))
        return {row.id: LedgerRecord(*row) for row in self._connection.execute(query)}

    def find(self, ledger: str, business_key: str) -> LedgerRecord | None:
        """Give the row with this business key."""
        this = _row.c.ledger == ledger, _row.c.business_key == business_key, self._open(_row.c.instance_id)
        query = select(*_COLUMNS).where(*this)
        row = self._connection.execute(query).first()
        return None if row is None else LedgerRecord(*row)

    def known_keys(self, ledger: str, keys: Iterable[str]) -> dict[str, UUID]:
        """Give the rows that have these business keys already."""
        query = select(_row.c.business_key, _row.c.id).where(_row.c.ledger == ledger, _row.c.business_key.in_(list(keys)))
        return {row.business_key: row.id for row in self._connection.execute(query)}

    def last_numbers(self, ledger: str, lists: Iterable[str]) -> dict[str, int]:
        """Give the highest running number of each of these lists."""
        query = select(_row.c.list_key, func.max(_row.c.seq).label("last")).where(
            _row.c.ledger == ledger, _row.c.list_key.in_(list(lists))
        )
        return {row.list_key: row.last for row in self._connection.execute(query.group_by(_row.c.list_key))}

    def tally(
        self, ledger: str, units: frozenset[str] | None, by: Sequence[str], conditions: Sequence[Condition]
    ) -> list[Row[Any]]:
        """Count the rows by the values of *by*; without it, all of them."""
        shape = bool(self._reader), units is not None, ledger, tuple(by), Exactly.of(conditions)
        return list(self._connection.execute(_tally(self._on_sqlite, *shape), asker(self._reader, units)))

    def total(self, ledger: str, units: frozenset[str] | None, column: str, conditions: Sequence[Condition]) -> Any:
        """Add up a column of numbers."""
        terms = self._terms()
        query = select(func.coalesce(func.sum(terms.number(column)), 0)).select_from(_row)
        return self._connection.execute(terms.narrow(query, ledger, units, conditions)).scalar_one()

    # --- changes

    def add(self, rows: Sequence[LedgerRecord]) -> None:
        """Write new rows."""
        if rows:
            names = [column.name for column in _COLUMNS]
            self._connection.execute(insert(LedgerRow), [{name: getattr(row, name) for name in names} for row in rows])

    def save(self, row: LedgerRecord) -> bool:
        """Write a row if nobody changed it since it was read; say whether it was."""
        change = {"values": row.values, "list_key": row.list_key, "business_key": row.business_key, "seq": row.seq}
        change |= {"updated_at": row.updated_at, "updated_by": row.updated_by, "unit": row.unit, "state": row.state}
        same = (_row.c.id == row.id) & (_row.c.revision == row.revision)
        return self._connection.execute(update(LedgerRow).where(same).values(revision=row.revision + 1, **change)).rowcount == 1

    def remove(self, row_id: UUID, revision: int) -> bool:
        """Delete a row if nobody changed it since it was read; say whether it was."""
        gone = delete(LedgerRow).where(_row.c.id == row_id, _row.c.revision == revision)
        return self._connection.execute(gone).rowcount == 1

    def project(
        self,
        ledger: str,
        key: str,
        values: Mapping[str, object],
        state: str | None,
        instance_id: UUID | None,
        at: datetime,
        by: str,
        unit: str | None = None,
    ) -> bool:
        """Put these cells into the row with this business key, in one statement; say whether there is such a row."""
        given = ("state", state), ("instance_id", instance_id), ("unit", unit)
        said = {name: value for name, value in given if value is not None}
        statement = _projection(len(values), tuple(said), self._on_sqlite)
        facts: dict[str, Any] = {f"b_{name}": value for name, value in said.items()}
        facts |= {"b_ledger": ledger, "b_key": key, "b_at": at, "b_by": by}
        return self._connection.execute(statement, facts | _cells(values, self._on_sqlite)).rowcount == 1

    def _terms(self) -> Terms:
        return Terms(self._on_sqlite, self._reader)


__all__ = ["COLUMNS", "Condition", "LedgerRecord", "LedgerRows", "Operator"]
