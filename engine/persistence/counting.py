"""Counting what an action costs the database: statements, commits and time, per thread or task."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, event


@dataclass(slots=True)
class Count:
    """What has been executed while the count was open; an ``executemany`` is one statement."""

    statements: int = 0
    commits: int = 0
    seconds: float = 0.0
    texts: list[str] = field(default_factory=list)


_open: ContextVar[tuple[Count, ...]] = ContextVar("open_counts", default=())


@contextmanager
def counting() -> Iterator[Count]:
    """Count everything this thread sends to the database inside the block."""
    count = Count()
    token = _open.set((*_open.get(), count))
    try:
        yield count
    finally:
        _open.reset(token)


@contextmanager
def uncounted() -> Iterator[None]:
    """Leave out what the engine asks for itself, whoever happens to be the one it asks during."""
    token = _open.set(())
    try:
        yield
    finally:
        _open.reset(token)


def watch(database: Engine) -> None:
    """Report the statements and commits of *database* to the counts that are open."""
    event.listen(database, "before_cursor_execute", _before)
    event.listen(database, "after_cursor_execute", _after)
    event.listen(database, "commit", _commit)


def _before(connection: Connection, cursor: object, statement: str, parameters: object, context: object, many: bool) -> None:
    if _open.get():
        connection.info["statement_began"] = time.perf_counter()


def _after(connection: Connection, cursor: object, statement: str, parameters: object, context: object, many: bool) -> None:
    if _open.get():
        note(statement, connection.info.get("statement_began", time.perf_counter()))


def note(statement: str, began: float) -> None:
    """Add a statement that has just been executed to the counts that are open."""
    spent = time.perf_counter() - began
    for count in _open.get():
        count.statements += 1
        count.seconds += spent
        count.texts.append(statement)


def _commit(connection: Connection) -> None:
    # on SQLite a transaction begins with the first write: without one there is nothing to commit
    if not getattr(connection.connection.driver_connection, "in_transaction", True):
        return
    for count in _open.get():
        count.commits += 1
