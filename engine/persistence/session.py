"""A session: the one connection of a unit of work, taken when something is first asked of it, and its transaction."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine


class Session:
    """What a unit of work speaks through; whatever was not committed when it is closed has never been."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error_type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def connection(self) -> Connection:
        """Give the connection, in a transaction."""
        if self._connection is None:
            self._connection = self._database.connect()
            self._connection.begin()
        return self._connection

    def commit(self) -> None:
        """Save everything; what is asked afterwards is another transaction."""
        if self._connection is not None:
            self._connection.commit()
            self.close()

    def rollback(self) -> None:
        """Undo everything."""
        self.close()

    def close(self) -> None:
        """Give the connection back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def get_bind(self) -> Engine:
        """Give the database."""
        return self._database


Sessions = Callable[[], Session]
