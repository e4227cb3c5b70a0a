"""What every test stands on: an engine on a real database file, a clock that is moved by hand, and four people."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from engine.bootstrap import Engine, build
from engine.clock import ZONE, SimulatedClock
from engine.identity.actor import Actor, DataScope
from engine.persistence.models import metadata
from engine.persistence.work import UnitOfWork
from engine.settings import Settings

settings.register_profile("long", max_examples=1500)
MORNING = datetime(2022, 7, 18, 9, 0, tzinfo=ZONE)
EVERYTHING = DataScope("all", None)


def person(login: str, role: str, unit: str, scope: DataScope | None = None) -> Actor:
    """Make somebody who acts in one post."""
    scope = scope or DataScope("own", frozenset({unit}))
    return Actor(login, login.title(), f"post-{login}", unit, role, frozenset({f"{role}@{unit}"}), scope)


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(MORNING)


@pytest.fixture
def engine(tmp_path: Path, clock: SimulatedClock) -> Iterator[Engine]:
    engine = build(Settings(data=tmp_path), clock)
    metadata.create_all(engine.database)
    yield engine
    engine.close()


@pytest.fixture
def ann() -> Actor:
    """A manager."""
    return person("ann", "manager", "HQ", EVERYTHING)


@pytest.fixture
def bob() -> Actor:
    """Ann's colleague."""
    return person("bob", "manager", "HQ", EVERYTHING)


@pytest.fixture
def pam() -> Actor:
    """A planner."""
    return person("pam", "planner", "PLAN")


@pytest.fixture
def eve() -> Actor:
    """An outsider."""
    return person("eve", "visitor", "OUT")


@pytest.fixture
def work(engine: Engine, ann: Actor) -> Iterator[UnitOfWork]:
    """An open unit of work in which Ann acts."""
    with engine.work(ann) as work:
        yield work
