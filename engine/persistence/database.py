"""Opening a database: what SQLite and PostgreSQL need so that both behave alike."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError

from engine.persistence import counting, json
from engine.persistence.session import Session, Sessions
from engine.settings import SettingWrong

BUSY_SECONDS = 20
RESTED_SECONDS = 1.0
_DOOR = 20220718


def connect(url: str) -> Engine:
    """Make the pool of connections to the database at *url*."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise SettingWrong(name="ZHENGGAI_DATABASE", value=url, example="postgresql://name@host/database") from None
    database = _sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address)
    counting.watch(database)
    return database


def file_of(url: str) -> Path | None:
    """Give the file a database is, unless a server has it."""
    address = make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


@contextmanager
def alone(database: Engine) -> Iterator[None]:
    """Let one process after the other through; several may start on one server at the same moment."""
    if database.dialect.name == "sqlite":
        yield
        return
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({_DOOR})")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_DOOR})")


def sessions(database: Engine) -> Sessions:
    """Give what opens a session for each unit of work."""
    return partial(Session, database)


def _sqlite(address: URL) -> Engine:
    # Reads run outside a transaction; the first write takes the write lock at once, so that writers queue instead of failing.
    database = create_engine(
        address,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": "IMMEDIATE", "check_same_thread": False},
        pool_size=16,
        max_overflow=16,
        hide_parameters=True,  # they are what people typed, which no log may show
        json_serializer=json.dumps,
        json_deserializer=json.loads,
    )
    event.listen(database, "connect", _prepare_sqlite)
    return database


def _prepare_sqlite(connection: SQLiteConnection, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL").close()
    connection.execute("PRAGMA synchronous = NORMAL").close()
    connection.execute("PRAGMA foreign_keys = ON").close()
    connection.execute("PRAGMA cache_size = -16000").close()


def _postgresql(address: URL) -> Engine:
    database = create_engine(
        address.set(drivername="postgresql+psycopg"),
        pool_size=16,
        max_overflow=16,
        hide_parameters=True,  # they are what people typed, which no log may show
        json_serializer=json.dumps,
        json_deserializer=json.loads,
    )
    event.listen(database, "connect", _plan_for_short_questions)
    event.listen(database, "checkout", _still_there)
    event.listen(database, "checkin", _given_back)
    return database


def _plan_for_short_questions(connection: Any, _record: Any) -> None:
    """Let every question keep to one process: compiling and sharing one out costs more than it takes to answer."""
    connection.execute("SET jit = off")
    connection.execute("SET max_parallel_workers_per_gather = 0")
    connection.commit()


def _given_back(_connection: Any, record: Any) -> None:
    record.info["given_back"] = time.monotonic()


def _still_there(connection: Any, record: Any, _proxy: Any) -> None:
    """Ask a connection that has rested whether it is still there; the pool opens another one where it is not."""
    given_back = record.info.get("given_back")
    if given_back is None or time.monotonic() - given_back < RESTED_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise DisconnectionError from error
