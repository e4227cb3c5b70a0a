"""Every process of the pack is walked on the kernel, each sequence flow at least once."""

from functools import cache

import pytest

from tests.packs import campaign, papers, problems, units
from tests.packs.stage import Walk, processes

SCENES = (*papers.SCENES, *units.SCENES, *problems.SCENES, *campaign.SCENES)


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
