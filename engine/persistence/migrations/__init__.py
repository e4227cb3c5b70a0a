"""Migrations: bringing a database to the newest tables, and refusing one that is damaged or somebody else's."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DatabaseError, OperationalError

from engine.errors import EngineError
from engine.persistence import database


class DatabaseUnreadable(EngineError):
    """{place} is not a database that can be read: {reason}. Put a backup in its place, or move the file away to begin anew."""


class DatabaseForeign(EngineError):
    """{place} holds the tables of another program ({tables}). Choose another database with ZHENGGAI_DATABASE or ZHENGGAI_DATA."""


class DatabaseNewer(EngineError):
    """{place} was written by a newer version (migration {revision}). Install that version, or restore a backup made before it."""


def upgrade(url: str) -> None:
    """Apply the migrations that are missing, each in a transaction of its own."""
    engine = database.connect(url)
    try:
        _check(engine)
        with engine.connect() as connection:
            configuration = _configuration()
            configuration.attributes["connection"] = connection
            command.upgrade(configuration, "head")
            connection.commit()
    finally:
        engine.dispose()


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent))
    return configuration


def _check(engine: Engine) -> None:
    place = engine.url.render_as_string(hide_password=True)
    try:
        with engine.connect() as connection:
            revision = MigrationContext.configure(connection).get_current_revision()
            tables = inspect(connection).get_table_names()
            if engine.dialect.name == "sqlite":
                _check_sqlite(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one(), place)
    except OperationalError as error:
        raise DatabaseUnreadable(place=place, reason=error.orig) from error
    except DatabaseError as error:
        raise DatabaseUnreadable(place=place, reason=error.orig) from error
    if revision is None and tables:
        raise DatabaseForeign(place=place, tables=", ".join(sorted(tables)[:3]))
    known = {script.revision for script in ScriptDirectory.from_config(_configuration()).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseNewer(place=place, revision=revision)


def _check_sqlite(verdict: str, place: str) -> None:
    if verdict != "ok":
        raise DatabaseUnreadable(place=place, reason=verdict)
