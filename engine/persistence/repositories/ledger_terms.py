"""How a ledger's columns are asked for in SQL: own columns by name, cells inside the JSON in each database's way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Boolean,
    ColumnElement,
    Numeric,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    column,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.sql import text as sql_text
from sqlalchemy.sql.elements import UnaryExpression

from engine.persistence.kept_out import NAMES, open_to
from engine.persistence.models.identity import Unit
from engine.persistence.models.ledgers import LedgerRow
from engine.persistence.models.sealed import sealed_as

_row = LedgerRow.__table__
_cells = _row.c["values"]
COLUMNS: Mapping[str, Any] = {
    "key": _row.c.business_key,
    "unit": _row.c.unit,
    "list": _row.c.list_key,
    "seq": _row.c.seq,
    "state": _row.c.state,
    "instance": _row.c.instance_id,
    "updated_at": _row.c.updated_at,
}
UNITS: BindParameter[list[str]] = bindparam("units_in_scope", expanding=True)
Term = ColumnElement[Any]
Operator = Literal["any", "none", "min", "max", "empty", "filled", "contains", "unless"]
_unit = Unit.__table__
_position = select(_unit.c.position).where(_unit.c.code == _row.c.unit).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must hold of a row's column; *value* is a tuple for any and none, of conditions for unless."""

    column: str
    operator: Operator
    value: Any = None


@dataclass(frozen=True, slots=True)
class Exactly:
    """Conditions as the key of a statement that is built once: 1, 1.0 and true are equal, but ask different things."""

    said: str
    conditions: tuple[Condition, ...] = field(compare=False)

    @classmethod
    def of(cls, conditions: Sequence[Condition]) -> "Exactly":
        """Make the key of conditions."""
        return cls(repr(conditions), tuple(conditions))


def asker(reader: frozenset[str], units: frozenset[str] | None) -> dict[str, list[str]]:
    """Give a statement that was built once who asks it, and of which *units*."""
    names = {NAMES.key: sorted(reader)} if reader else {}
    return names if units is None else names | {UNITS.key: sorted(units)}


class Terms:
    """The terms of one dialect, for one *reader*."""

    def __init__(self, on_sqlite: bool, reader: frozenset[str] | BindParameter[list[str]] = frozenset()) -> None:
        self._on_sqlite, self._reader = on_sqlite, reader

    def narrow(
        self,
        query: Select[Any],
        ledger: str,
        units: frozenset[str] | BindParameter[list[str]] | None,
        conditions: Sequence[Condition],
        search: str = "",
        marks: Collection[str] = (),
        blind: Collection[str] = (),
    ) -> Select[Any]:
        """Leave only the rows of a ledger within a data scope that fit and say what is searched for, outside *blind* columns."""
        query = query.where(_row.c.ledger == ledger, self.open())
        if units is not None:
            query = query.where(_row.c.unit.in_(units if isinstance(units, BindParameter) else sorted(units)))
        query = query.where(*self.all_of(conditions)) if conditions else query
        if not search:
            return query
        sealed = sealed_as(marks, blind) if marks else None
        hidden = [] if sealed is None else [_row.c.id.in_(sealed), _row.c.instance_id.in_(sealed)]
        return query.where(or_(self.mentions(search, blind), *hidden))

    def open(self) -> Term:
        """Give the condition that a row is not kept from the reader."""
        return open_to(_row.c.instance_id, self._reader)

    def all_of(self, conditions: Sequence[Condition]) -> list[Term]:
        """Give what must hold of a row that fits."""
        return [self.condition(condition.column, condition.operator, condition.value) for condition in conditions]

    def text(self, name: str) -> Term:
        """Give a column's value as it is compared and shown; null when missing."""
        if name in COLUMNS:
            return COLUMNS[name]  # type: ignore[no-any-return]
        return func.json_extract(_cells, _path(name)) if self._on_sqlite else _cells.op("->>")(name)

    def number(self, name: str) -> Term:
        """Give a column's value as a number."""
        return self.text(name) if self._on_sqlite or name in COLUMNS else cast(self.text(name), Numeric)

    def order(self, name: str) -> Term | UnaryExpression[Any]:
        """Give a column to sort by; a leading minus turns the order round."""
        plain = name.removeprefix("-")
        term = _position if plain == "unit" else self.text(plain)
        if plain in COLUMNS and plain != "unit" and not COLUMNS[plain].nullable:
            return term.desc() if name.startswith("-") else term.asc()
        return term.desc().nulls_last() if name.startswith("-") else term.asc().nulls_last()

    def condition(self, name: str, operator: str, value: Any) -> Term:
        """Give what must hold of a column."""
        if operator == "unless":
            return not_(func.coalesce(and_(*self.all_of(value)), literal(False), type_=Boolean))
        if operator in ("any", "none"):
            among = self._among(name, list(value))
            return among if operator == "any" else not_(func.coalesce(among, literal(False), type_=Boolean))
        if operator in ("empty", "filled"):
            blank = func.coalesce(cast(self.text(name), Text), "").in_(["", "[]"])
            return blank if operator == "empty" else not_(blank)
        if operator == "contains":
            return cast(self.text(name), Text).contains(str(value), autoescape=True)
        term = self.number(name) if isinstance(value, int | Decimal) else self.text(name)
        bound = float(value) if isinstance(value, Decimal) and self._on_sqlite else value
        return term >= bound if operator == "min" else term <= bound

    def _among(self, name: str, values: list[Any]) -> Term:
        """Tell whether the cell, or one entry of its list, is one of *values*; null is an empty cell."""
        said = [value for value in values if value is not None]
        if name in COLUMNS and len(said) == 1:
            # said as an equation, so that an index that begins with it keeps its order
            return COLUMNS[name] == said[0]  # type: ignore[no-any-return]
        if name in COLUMNS:
            return COLUMNS[name].in_(said)  # type: ignore[no-any-return]
        found = self._entry_in(name, said)
        return or_(found, self.text(name).is_(None)) if len(said) < len(values) else found

    def _entry_in(self, name: str, values: list[Any]) -> Term:
        if self._on_sqlite:
            entries = func.json_each(_cells, _path(name)).table_valued("value")
            plain = [float(value) if isinstance(value, Decimal) else value for value in values]
            return exists(select(literal(1)).select_from(entries).where(entries.c.value.in_(plain)))
        words = [("true" if value else "false") if isinstance(value, bool) else str(value) for value in values]
        cell = _cells.op("->")(name)
        listed = cell.bool_op("?|")(cast(words, ARRAY(Text)))
        return case((func.jsonb_typeof(cell) == "array", listed), else_=_cells.op("->>")(name).in_(words))

    def mentions(self, words: str, blind: Collection[str] = ()) -> Term:
        """Tell whether the row says each of these words somewhere, outside *blind* columns."""
        return and_(*(self._mention(word, self._cells_without(sorted(blind))) for word in words.split()))

    def _cells_without(self, names: list[str]) -> Term:
        if not names:
            return _cells
        if self._on_sqlite:
            return func.json_remove(_cells, *map(_path, names))
        return _cells.op("-")(cast(names, ARRAY(Text)))

    def _mention(self, word: str, cells: Term) -> Term:
        own = or_(*(term.contains(word, autoescape=True) for term in (_row.c.business_key, _row.c.state)))
        if not self._on_sqlite:
            parts = func.jsonb_path_query(cells, cast("strict $.**", JSONPATH)).table_valued("value").render_derived()
            text = cast(parts.c.value.op("#>>")(cast([], ARRAY(Text))), Text)
            is_text = func.jsonb_typeof(parts.c.value) == "string"
            found = select(literal(1)).select_from(parts).where(is_text, text.contains(word, autoescape=True))
            return or_(own, exists(found))
        leaves = func.json_tree(cells).table_valued(column("value"), column("type"))
        said = leaves.c.value.contains(word, autoescape=True)
        return or_(own, exists(select(literal(1)).select_from(leaves).where(leaves.c.type == sql_text("'text'"), said)))


def _path(name: str) -> str:
    return '$."' + name.replace('"', "") + '"'
