"""Copying: every row that matters out of a database as lines of text, and back into one of either kind.

A line is the same whichever database it came from, so that check-sums over lines compare a SQLite file with a PostgreSQL server.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.dialects.postgresql import JSONB

from engine.persistence import json, migrations
from engine.persistence.models import metadata
from engine.persistence.models.base import Instant
from engine.persistence.models.files import Attachment
from engine.persistence.models.sealed import SealedValue

__all__ = [
    "Connection", "Engine", "Outline", "Sum", "emptied", "files", "keys", "lines", "load", "outline", "revision", "still",
    "sums", "tables_of",
]  # fmt: skip

Outline = Mapping[str, Mapping[str, str]]
"""The tables in the order in which they refer to each other; the columns of each, with what kind of value stands there."""

LEFT_OUT = {"session"}
"""Whoever is signed in signs in again: a stolen copy opens no door."""

_STEP, _WHOLE = 500, 1 << 256


class _Written(sa.types.TypeDecorator[str]):
    """JSON as the text it is written in: an empty place stays apart from a null."""

    impl = sa.Text
    cache_ok = True

    def bind_expression(self, bindvalue: Any) -> Any:
        """Hand PostgreSQL what it takes for JSON."""
        return sa.cast(bindvalue, sa.Text().with_variant(JSONB(), "postgresql"))


_KINDS: dict[str, tuple[type, ...]] = {
    "uuid": (sa.Uuid,), "json": (sa.JSON,), "moment": (Instant, sa.DateTime), "day": (sa.Date,), "bytes": (sa.LargeBinary,),
    "truth": (sa.Boolean,), "whole": (sa.Integer,), "number": (sa.Numeric,), "text": (sa.String,),
}  # fmt: skip
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "uuid": sa.Uuid(), "json": _Written(), "moment": sa.DateTime(), "day": sa.Date(), "bytes": sa.LargeBinary(),
    "truth": sa.Boolean(), "whole": sa.Integer(), "number": sa.Numeric(), "float": sa.Numeric(asdecimal=False),
    "text": sa.String(),
}  # fmt: skip
_OUT: dict[str, Callable[[Any], Any]] = {
    "uuid": lambda value: value.hex,
    "json": lambda value: json.canonical(json.loads(value)).decode(),
    "moment": datetime.isoformat,
    "day": date.isoformat,
    "bytes": lambda value: b64encode(value).decode(),
    "number": lambda value: format(Decimal(str(value)).normalize(), "f"),
}
_IN: dict[str, Callable[[Any], Any]] = {
    "uuid": UUID, "moment": datetime.fromisoformat, "day": date.fromisoformat, "bytes": b64decode, "number": Decimal,
    "float": lambda value: Decimal(repr(value)),
}  # fmt: skip


class Sum:
    """A check-sum over lines in whatever order they come."""

    def __init__(self) -> None:
        self.rows, self._total = 0, 0

    def add(self, line: bytes) -> bytes:
        """Count a line in, and give it."""
        self.rows += 1
        self._total = (self._total + int.from_bytes(sha256(line).digest())) % _WHOLE
        return line

    @property
    def text(self) -> str:
        """Give it as text."""
        return f"{self._total:064x}"


def outline() -> Outline:
    """Describe the tables of today's models."""
    tables = [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]
    return {str(table.name): {str(column.name): _kind(column) for column in table.columns} for table in tables}


def _kind(column: sa.Column[Any]) -> str:
    kind = next(kind for kind, types in _KINDS.items() if isinstance(column.type, types))
    return "float" if kind == "number" and not getattr(column.type, "asdecimal", True) else kind


@contextmanager
def still(database: Engine) -> Iterator[Connection]:
    """Give a connection for which the database stands still, while everybody else goes on writing."""
    with database.connect() as connection:
        if database.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        else:
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        yield connection


def revision(connection: Connection) -> str:
    """Give the migration the database stands at."""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())


def lines(connection: Connection, name: str, columns: Mapping[str, str]) -> Iterator[bytes]:
    """Give the rows of a table, one line each, in the order in which they were made."""
    table = _table(name, columns)
    asked = [sa.cast(column, sa.Text) if columns[column.name] == "json" else column for column in table.columns]
    key = [table.c[column.name] for column in metadata.tables[name].primary_key] if name in metadata.tables else []
    writers = [_OUT.get(kind) for kind in columns.values()]
    with connection.execute(sa.select(*asked).order_by(*key), execution_options={"yield_per": _STEP}) as found:
        for row in found:
            values = [value if value is None or out is None else out(value) for out, value in zip(writers, row, strict=True)]
            yield orjson.dumps(values)


def load(connection: Connection, name: str, columns: Mapping[str, str], rows: Iterable[bytes]) -> None:
    """Write lines into a table."""
    names, readers = list(columns), [_IN.get(kind) for kind in columns.values()]
    add, left = sa.insert(_table(name, columns)), iter(rows)
    while step := list(islice(left, _STEP)):
        connection.execute(add, [_row(names, readers, line) for line in step])


def _row(names: list[str], readers: list[Callable[[Any], Any] | None], line: bytes) -> dict[str, Any]:
    values = orjson.loads(line)
    return {
        name: value if value is None or read is None else read(value)
        for name, read, value in zip(names, readers, values, strict=True)
    }


def _table(name: str, columns: Mapping[str, str]) -> sa.TableClause:
    return sa.table(name, *(sa.column(column, _TYPES[kind]) for column, kind in columns.items()))


def sums(connection: Connection, tables: Outline) -> dict[str, Sum]:
    """Give the check-sum of each table as it stands there."""
    found = {name: Sum() for name in tables}
    for name, columns in tables.items():
        for line in lines(connection, name, columns):
            found[name].add(line)
    return found


def files(connection: Connection) -> list[str]:
    """Name the files that rows speak of, by their hashes."""
    return list(connection.execute(sa.select(Attachment.sha256).distinct().order_by(Attachment.sha256)).scalars())


def keys(connection: Connection) -> list[str]:
    """Name the keys that something is sealed with."""
    return list(connection.execute(sa.select(SealedValue.key_id).distinct().order_by(SealedValue.key_id)).scalars())


def tables_of(database: Engine) -> list[str]:
    """Name the tables that are there already."""
    return sorted(sa.inspect(database).get_table_names())


@contextmanager
def emptied(database: Engine, at: str, then: str | None = "head") -> Iterator[Connection]:
    """Make the tables as they were at a migration, give the connection to fill them, and go on to the one that is named *then*.

    Whatever goes wrong, nothing of it stays.
    """
    with database.connect() as connection, connection.begin():
        migrations.step(connection, at)
        yield connection
        if then is not None:
            migrations.step(connection, then)
