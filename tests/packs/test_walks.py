"""Every process of the pack is walked on the kernel, each sequence flow at least once."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import pytest

from tests import packs
from tests.packs import units
from tests.packs.stage import Walk, processes

SCENE_MODULES = [name for _, name, _ in iter_modules(packs.__path__, "tests.packs.") if ".test_" not in name]
SCENES = [scene for name in SCENE_MODULES for scene in getattr(import_module(name), "SCENES", ())]


@cache
def played(scene) -> Walk:
    return scene()


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_every_scene_ends_without_an_incident(scene):
    walk = played(scene)

    assert (walk.ended, walk.incidents) == ("completed", [])


@pytest.mark.parametrize("process_id", sorted(processes()))
def test_every_flow_of_a_process_is_walked(process_id):
    walks = [played(scene) for scene in SCENES if played(scene).definition.process.id == process_id]

    assert set(processes()[process_id].flows) - set().union(*(walk.walked for walk in walks)) == set()


def test_a_problem_registered_late_is_handed_over_like_any_other():
    [message] = played(units.registered_late).published

    sent = message.variables
    assert (message.name, message.correlation_key) == ("problem_accepted", "WT-JTJ-2022-1-006")
    assert (sent["rectify_mode"], sent["remark"], sent["is_late"]) == ("立行立改", "补报:8月3日群众来电反映。", True)
