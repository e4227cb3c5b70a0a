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


def test_a_problem_registered_late_is_handed_over_like_any_other():
    [message] = played(units.registered_late).published

    sent = message.variables
    assert (message.name, message.correlation_key) == ("problem_accepted", "WT-JTJ-2022-1-006")
    assert (sent["rectify_mode"], sent["remark"], sent["is_late"]) == ("立行立改", "补报:8月3日群众来电反映。", True)
