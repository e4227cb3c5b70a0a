"""Migrations: bringing a database to the newest tables, and refusing one that is damaged or somebody else's."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DatabaseError

from engine.errors import EngineError
from engine.persistence import database

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent


class DatabaseUnreadable(EngineError):
    """{place} is not a database that can be read: {reason}. Put a backup in its place, or move the file away to begin anew."""


class DatabaseUnreachable(EngineError):
    """{place} cannot be reached: {reason}. See that it runs and that ZHENGGAI_DATABASE names it rightly, then try again."""


class DatabaseForeign(EngineError):
    """{place} holds the tables of another program ({tables}). Choose another database with ZHENGGAI_DATABASE or ZHENGGAI_DATA."""


class DatabaseNewer(EngineError):
    """{place} was written by a newer version (migration {revision}). Install that version, or restore a backup made before it."""


def upgrade(url: str) -> None:
    """Apply the migrations that are missing, each in a transaction of its own."""
    engine = database.connect(url)
    try:
        if _checked(engine) != revisions()[-1]:
            _upgrade(engine)
    finally:
        engine.dispose()


def revisions() -> list[str]:
    """Name the migrations in their order: each file begins with its revision, a number of four digits."""
    return sorted(path.name.partition("_")[0] for path in (HERE / "versions").glob("[0-9]*.py"))


def step(connection: Connection, revision: str) -> None:
    """Apply the migrations that lead to *revision*; the transaction that *connection* is in, if any, stays open."""
    from alembic import command  # slow to import, needed once in a database's life

    configuration = _configuration()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, revision)


def _upgrade(engine: Engine) -> None:
    with database.alone(engine), engine.connect() as connection:
        step(connection, "head")
        connection.commit()


def _configuration() -> "Config":
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(HERE))
    return configuration


def _checked(engine: Engine) -> str | None:
    """Give the revision the database stands at; one that is damaged, foreign or newer is refused."""
    place = engine.url.render_as_string(hide_password=True)
    try:
        with engine.connect() as connection:
            tables = inspect(connection).get_table_names()
            revision = _revision(connection) if "alembic_version" in tables else None
            if engine.dialect.name == "sqlite":
                _check_sqlite(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one(), place)
    except DatabaseError as error:
        reason = str(error.orig).strip().rstrip(".?")
        refused = DatabaseUnreadable if engine.dialect.name == "sqlite" else DatabaseUnreachable
        raise refused(place=place, reason=reason) from error
    if revision is None and tables:
        raise DatabaseForeign(place=place, tables=", ".join(sorted(tables)[:3]))
    if revision is not None and revision not in revisions():
        raise DatabaseNewer(place=place, revision=revision)
    return revision


def _revision(connection: Connection) -> str | None:
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found


def _check_sqlite(verdict: str, place: str) -> None:
    if verdict != "ok":
        raise DatabaseUnreadable(place=place, reason=verdict)
