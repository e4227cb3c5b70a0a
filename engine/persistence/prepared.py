"""Statements that nearly every step runs: compiled once for each kind of database and handed to its driver as they are.

SQLAlchemy writes them and its types convert what goes in and comes out; it is only not asked again at each execution, which
costs several times what the database needs. It is told of errors, so that lost connections and races look as ever.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from sqlalchemy import Connection, Dialect, Executable

from engine.persistence import counting

Row = Mapping[str, object]
Convert = Callable[[Any], Any]


class Prepared:
    """One statement, or one for each kind of database, with a value for each of its parameters in each row;
    all rows have the same names."""

    def __init__(self, statement: Executable | Mapping[str, Executable]) -> None:
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def write(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Execute it for each of *rows*, as one statement; give how many rows of the table that met."""
        text = self._text(connection.dialect, rows[0])
        values = [text.fill(row) for row in rows]
        cursor = connection.connection.cursor()
        began = time.perf_counter()
        try:
            if len(values) == 1:
                cursor.execute(text.sql, values[0])
            else:
                cursor.executemany(text.sql, values)
            met: int = cursor.rowcount
        except Exception as error:
            _told(connection, error, text.sql, cursor)
        cursor.close()
        counting.note(text.sql, began)
        return met

    def first(self, connection: Connection, **values: object) -> list[Any] | None:
        """Give the first row of the answer, if there is one."""
        text = self._text(connection.dialect, values)
        cursor = connection.connection.cursor()
        began = time.perf_counter()
        try:
            cursor.execute(text.sql, text.fill(values))
            found: tuple[Any, ...] | None = cursor.fetchone()
            kinds = cursor.description
        except Exception as error:
            _told(connection, error, text.sql, cursor)
        cursor.close()
        counting.note(text.sql, began)
        return None if found is None else text.read(found, kinds)

    def _text(self, dialect: Dialect, row: Row) -> "_Text":
        text = self._texts.get(dialect.name)
        if text is None:
            statement = self._statement[dialect.name] if isinstance(self._statement, Mapping) else self._statement
            text = self._texts[dialect.name] = _Text(statement, dialect, list(row))
        return text


class _Text:
    """A statement as one database's driver takes it, for rows with these *names*."""

    def __init__(self, statement: Executable, dialect: Dialect, names: list[str]) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=names)  # type: ignore[attr-defined]
        assert not compiled.post_compile_params, "a list of values needs a statement of its own length"
        self.sql = str(compiled)
        self._dialect, self._columns = dialect, compiled._result_columns
        self._constants = {name: compiled.params[name] for bind, name in compiled.bind_names.items() if not bind.required}
        self._named = not compiled.positional
        self._places = tuple(compiled.bind_names.values()) if self._named else tuple(compiled.positiontup)
        converts = [(place, compiled._bind_processors.get(name)) for place, name in enumerate(self._places)]
        self._converts = [(place, convert) for place, convert in converts if convert is not None]
        self._readers: list[tuple[int, Convert]] | None = None

    def fill(self, row: Row) -> Any:
        """Put the values of a row in their places."""
        given = {**self._constants, **row} if self._constants else row
        values = [given[name] for name in self._places]
        for place, convert in self._converts:
            values[place] = convert(values[place])
        return dict(zip(self._places, values, strict=True)) if self._named else values

    def read(self, found: tuple[Any, ...], kinds: Any) -> list[Any]:
        """Give what the driver found as the types of the columns have it."""
        if self._readers is None:
            pairs = zip(self._columns, kinds, strict=True)
            readers = [column.type._cached_result_processor(self._dialect, kind[1]) for column, kind in pairs]
            self._readers = [(place, convert) for place, convert in enumerate(readers) if convert is not None]
        values = list(found)
        for place, convert in self._readers:
            values[place] = convert(values[place])
        return values


def _told(connection: Connection, error: Exception, sql: str, cursor: Any) -> NoReturn:
    """Let SQLAlchemy make of an error what it always does: its own kind, and a connection that is not used again."""
    connection._handle_dbapi_exception(error, sql, None, cursor, None)
    raise AssertionError("it has raised") from error
