"""A town, and a hotline that files what it was told by telephone."""

from dataclasses import replace

import pytest

from engine import intake
from tests.engine.conftest import postgres  # noqa: F401  both databases
from tests.public_face.conftest import citizen, clerk, file, open_, pytest_generate_tests, town  # noqa: F401

SENT = {"external_no": "W-1", "damage": "lamp", "place": "铁东路 1 号", "phone": "13804120001"}


@pytest.fixture
def ann(clerk):  # noqa: F811
    return replace(clerk, rights=frozenset({"administer_identity"}), campaign="town")


@pytest.fixture
def hotline(town, ann):  # noqa: F811
    return town.run(lambda work: intake.open_channel(work, "town", "热线"), ann)


@pytest.fixture
def receive(town, hotline):  # noqa: F811
    def receive(**changes):
        sent = {name: value for name, value in (SENT | changes).items() if value is not None}
        return town.run(lambda work: intake.receive(work, hotline.row, "report", sent))

    return receive
