"""A database of any earlier version comes to today's with its work under way, and all of it comes to its end."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine import audit, bootstrap, jobs, messages, user_tasks
from engine.backups.archive import Archive
from engine.clock import SimulatedClock
from engine.persistence import copying
from engine.persistence.database import connect
from engine.persistence.migrations import revisions
from engine.persistence.repositories.inbox import InboxFilters
from engine.settings import Settings
from tests.engine.upgrades.__main__ import ANN, HERE, THEN, deploy, processes


def written() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.zip"))


def fill(settings: Settings, file: Path) -> None:
    """Make a database as an earlier version left it."""
    database = connect(settings.database_url)
    with Archive(file) as archive, copying.emptied(database, archive.manifest.revision, then=None) as connection:
        archive.check()
        for name, columns in archive.manifest.outline.items():
            copying.load(connection, name, columns, archive.lines(name))
    database.dispose()


def cases() -> list[object]:
    """Every version on SQLite; on PostgreSQL, whose tables take longer to make, the first and the last ones."""
    files = [pytest.param("sqlite", name, id=name) for name in written()]
    few = [written()[0], *written()[-2:]]
    return files + [pytest.param("postgresql", name, id=f"{name}-postgresql", marks=pytest.mark.postgres) for name in few]


@pytest.fixture
def place(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an empty database."""
    if kind == "sqlite":
        yield Settings(data=tmp_path)
        return
    settings = request.getfixturevalue("postgres")
    database = connect(settings.database_url)
    with database.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    database.dispose()
    yield settings


@pytest.fixture
def running(place: Settings) -> Iterator[tuple[bootstrap.Engine, SimulatedClock]]:
    """An engine for the database, which is looked at when it is there, and its clock."""
    clock = SimulatedClock(THEN)
    engine = bootstrap.build(place, clock)
    yield engine, clock
    engine.close()


def finish(engine: bootstrap.Engine, clock: SimulatedClock) -> None:
    """Do everything that waits, whatever it is."""
    for number in ("1", "2"):
        engine.run(lambda work, number=number: messages.publish(work, "answered", number, {}), ANN)
    clock.advance(timedelta(hours=3))
    jobs.run_due(engine)
    for _ in range(6):
        with engine.work(ANN) as work:
            rows = list(user_tasks.inbox(work, "todo", InboxFilters()).rows)
        for row in rows:
            engine.run(lambda work, row=row: user_tasks.complete(work, row.id, {}, "done"), ANN)


def test_every_migration_has_a_database_from_before_it():
    assert written() == revisions(), "run: python -m tests.engine.upgrades"


@pytest.mark.parametrize(("kind", "revision"), cases())
def test_work_under_way_goes_on_after_the_upgrade(kind, place, running, revision):
    fill(place, HERE / f"{revision}.zip")
    bootstrap.migrate(place)
    engine, clock = running

    deploy(engine, *processes())
    finish(engine, clock)

    with engine.work(ANN) as work:
        breaks = audit.verify(work)
    with engine.database.connect() as connection:
        states = list(connection.execute(text("SELECT DISTINCT state FROM process_instance")).scalars())
        incidents = connection.execute(text("SELECT count(*) FROM incident")).scalar_one()
    assert (states, incidents, breaks) == (["completed"], 0, [])
