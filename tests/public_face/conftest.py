"""A town whose public face is open, and a citizen who files there."""

import pytest
from sqlalchemy import text

from engine import bootstrap, definitions, deployments, public_face
from engine.clock import SimulatedClock
from engine.identity.importing import import_pack
from engine.persistence.database import connect
from engine.persistence.models import metadata
from engine.public_face import Draft, public_actor
from engine.settings import Settings
from tests.conftest import MORNING, person
from tests.engine.conftest import postgres  # noqa: F401  both databases
from tests.public_face.town import FILES

ON_BOTH = {f"tests.{name}" for name in (
    "public_face.test_filing", "public_face.test_opening", "public_face.test_taken_down", "public_face.test_progress",
    "intake.test_receiving",
)}  # fmt: skip
TYPED = {"damage": ["lamp"], "place": ["铁东路 1 号"], "phone": ["13804120001"]}


def open_town(data, files=FILES, database=None):
    settings = Settings(data=data, database=database)
    if database is None:
        bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(MORNING))
    engine.run(lambda work: deployments.deploy(work, "town", files))
    engine.run(lambda work: import_pack(work, definitions.pack(work, "town")))
    return engine


def pytest_generate_tests(metafunc):
    """Do what leans on the database most on both of them."""
    if "town" in metafunc.fixturenames:
        both = [pytest.param("postgresql", marks=pytest.mark.postgres)] if metafunc.module.__name__ in ON_BOTH else []
        metafunc.parametrize("town", ["sqlite", *both], indirect=True)


@pytest.fixture
def town(request, tmp_path):
    """The town on one of the databases."""
    database = empty(request.getfixturevalue("postgres")) if request.param == "postgresql" else None
    engine = open_town(tmp_path, database=database)
    yield engine
    engine.close()


def empty(settings):
    """Empty the tables of a server, and give its address."""
    database = connect(settings.database_url)
    with database.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(metadata.tables)} CASCADE"))
    database.dispose()
    return settings.database


@pytest.fixture
def citizen(town):
    with town.work() as work:
        return public_actor(public_face.face(work, "town"), "town")


@pytest.fixture
def clerk():
    return person("ann", "clerk", "JSK")


@pytest.fixture
def file(town, citizen):
    """File a report and give what became of it."""

    def file(address="10.0.0.1", **typed):
        raw = {name: texts for name, texts in (TYPED | typed).items() if texts}
        return town.run(lambda work: public_face.file(work, "town", "report", Draft(raw), address), citizen)

    return file


@pytest.fixture
def open_(town, citizen):
    """Try to open a record."""

    def open_(number, code, tail="0001", address="10.0.0.1"):
        found = town.run(lambda work: public_face.open_record(work, "town", "report", number, code, tail, address), citizen)
        return found.number or type(found.refusal).__name__

    return open_
