"""The score on cases that nobody in this project wrote never falls; without the cases there is nothing to say."""

import tomllib
from pathlib import Path

import pytest

from tests.conformance import bpmn, tck
from tests.conformance.cases import FOLDER

FLOOR = tomllib.loads(Path(__file__).with_name("floor.toml").read_text(encoding="utf-8"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the conformance cases are not here")


@pytest.mark.parametrize(("name", "run"), [("bpmn", bpmn.run), ("dmn-tck", tck.run)])
def test_the_conformance_score_does_not_fall(name, run):
    passed = [case.name for case in run(FOLDER / name) if not case.fault]

    assert len(passed) >= FLOOR[name]
