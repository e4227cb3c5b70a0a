"""R013, R113: model units, people and practices are put up in public before anybody is commended."""

import pytest

from tests.packs import models
from tests.packs.stage import decide
from tests.packs.test_walks import played


def test_r113_five_working_days_lie_between_the_list_and_its_result():
    told = played(models.model_chosen).variables

    assert (told["notice_from"], told["notice_to"]) == ("2022-08-01", "2022-08-08")


@pytest.mark.parametrize(
    ("score", "conduct", "outcome"),
    [(80, "可以公示", "进入公示"), (79.5, "可以公示", "不选树"), (99, "不宜公示", "不选树")],
)
def test_points_and_conduct_decide_together(score, conduct, outcome):
    found = decide("model_outcome", {"score_total": score, "conduct": conduct})

    assert outcome in (found, found["model_outcome"] if isinstance(found, dict) else None)


@pytest.mark.parametrize("scene", [models.model_barred, models.model_not_good_enough], ids=lambda scene: scene.__name__)
def test_the_unit_reads_the_same_reason_whether_points_or_conduct_were_wanting(scene):
    assert played(scene).variables["return_reason"] == "评审未通过"


def test_whoever_works_in_the_unit_does_not_score_its_model():
    [scoring] = [task for task in played(models.model_chosen).all if getattr(task, "element_id", "") == "score_model"
                 and hasattr(task, "candidate_groups")]  # fmt: skip

    assert "limin" in scoring.properties["bpm:excludedUsers"]


@pytest.mark.parametrize(("unit", "groups"), [("SCJG", ["office_director@LDXZB"]), ("SFJ", ["lg_leader@LDXZ"])])
def test_the_director_does_not_decide_about_his_own_bureau(unit, groups):
    walk = models.Walk("model_selection", "2022-08-01", starter=models.STARTER, **models.WISH | {"unit": unit})
    walk.do("post_in_unit", unit_notice_result="无异议", **models.NOTICE)
    walk.do("sign_recommendation", decision="同意推荐")
    walk.do("score_model", score_items=[{"points": 90}], score_note="……")
    walk.do("check_conduct", conduct="可以公示")

    assert [list(task.candidate_groups) for task in walk.open.values()] == [groups]
