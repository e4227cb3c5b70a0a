"""A town whose public face is open, and a citizen who files there."""

import pytest

from engine import bootstrap, definitions, deployments, public_face
from engine.clock import SimulatedClock
from engine.identity.importing import import_pack
from engine.public_face import Draft, public_actor
from engine.settings import Settings
from tests.conftest import MORNING, person
from tests.public_face.town import FILES

TYPED = {"damage": ["lamp"], "place": ["铁东路 1 号"], "phone": ["13804120001"]}


def open_town(data, files=FILES):
    settings = Settings(data=data)
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(MORNING))
    engine.run(lambda work: deployments.deploy(work, "town", files))
    engine.run(lambda work: import_pack(work, definitions.pack(work, "town")))
    return engine


@pytest.fixture
def town(tmp_path):
    engine = open_town(tmp_path)
    yield engine
    engine.close()


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
