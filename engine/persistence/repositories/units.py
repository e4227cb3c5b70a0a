"""Units: the tree in official order, its subtrees and lines, and the names units bore before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import bindparam, func, insert, select, update

from engine.persistence.identity_records import UnitNameRow, UnitRow
from engine.persistence.models.identity import Unit, UnitName
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository

_unit = Unit.__table__
_name = UnitName.__table__
_COLUMNS = columns_of(UnitRow, Unit)
_IN_ORDER = select(*_COLUMNS).order_by(_unit.c.position, _unit.c.code)
_FIND = select(*_COLUMNS).where(_unit.c.code == bindparam("code"))
_PLACE = (
    update(_unit)
    .where(_unit.c.code == bindparam("b_code"))
    .values(position=bindparam("position"), path=bindparam("path"), line_path=bindparam("line_path"))
)


class Units(Repository):
    """Units by code, in official order, below one another."""

    def all(self) -> list[UnitRow]:
        """Give every unit in official order."""
        return [UnitRow(*row) for row in self._connection.execute(_IN_ORDER)]

    def find(self, code: str) -> UnitRow | None:
        """Give a unit by its code."""
        row = self._connection.execute(_FIND, {"code": code}).first()
        return None if row is None else UnitRow(*row)

    def named(self, codes: Collection[str]) -> list[UnitRow]:
        """Give the units with these codes in official order."""
        return [UnitRow(*row) for row in self._connection.execute(_IN_ORDER.where(_unit.c.code.in_(codes)))]

    def codes_in_territory(self, path: str) -> frozenset[str]:
        """Give the codes of the unit at *path* and of all units below it."""
        return self._codes(_unit.c.path.startswith(path, autoescape=True))

    def codes_in_line(self, line_path: str) -> frozenset[str]:
        """Give the codes of the unit at *line_path* and of all units on its line below."""
        return self._codes(_unit.c.line_path.startswith(line_path, autoescape=True))

    def last_position(self) -> int:
        """Give the highest place in the official order."""
        return int(self._connection.execute(select(func.coalesce(func.max(_unit.c.position), 0))).scalar_one())

    def add(self, units: Sequence[UnitRow]) -> None:
        """Write new units, those above before those below."""
        self._connection.execute(insert(_unit), [asdict(unit) for unit in units])

    def save(self, unit: UnitRow) -> None:
        """Write what changed about a unit."""
        values = {name: value for name, value in asdict(unit).items() if name != "code"}
        self._connection.execute(update(_unit).where(_unit.c.code == unit.code).values(values))

    def place(self, units: Sequence[UnitRow]) -> None:
        """Write position and paths of several units."""
        rows = [{"b_code": u.code, "position": u.position, "path": u.path, "line_path": u.line_path} for u in units]
        self._connection.execute(_PLACE, rows)

    def add_name(self, row: UnitNameRow) -> None:
        """Keep a name that is given up."""
        self._connection.execute(insert(_name), asdict(row))

    def former_names(self, code: str) -> list[UnitNameRow]:
        """Give the names a unit bore, the latest first."""
        query = select(*columns_of(UnitNameRow, UnitName)).where(_name.c.unit == code).order_by(_name.c.until.desc())
        return [UnitNameRow(*row) for row in self._connection.execute(query)]

    def short_names(self) -> Mapping[str, str]:
        """Give the short name of every unit by code, in official order."""
        query = select(_unit.c.code, _unit.c.short_name).order_by(_unit.c.position)
        return dict(self._connection.execute(query).all())

    def _codes(self, condition: object) -> frozenset[str]:
        return frozenset(self._connection.execute(select(_unit.c.code).where(condition)).scalars())  # type: ignore[arg-type]
