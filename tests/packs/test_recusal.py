"""Who may not decide: the director of the office on a matter of the bureau this director leads (DOMAIN 2.4)."""

import pytest

from engine.feel import Environment
from tests.packs.stage import functions, processes

DECIDED = [
    ("sealed_submission", "decide_objection"), ("problem_list", "decide_exemption"), ("inspection_feedback", "decide_objection"),
    ("rectify", "approve_closure"), ("extension", "director_review"), ("supervision_order", "sign_order"),
    ("supervision_letter", "sign_letter"), ("supervision_letter", "review_dispute"), ("supervision_letter", "decide_measure"),
    ("inspection", "sign_feedback"), ("unit_scoring", "decide_objection"), ("pre_assessment_unit", "decide"),
]  # fmt: skip


@pytest.mark.parametrize(("process_id", "element_id"), DECIDED)
@pytest.mark.parametrize(
    ("unit", "asked", "director_kept_out"),
    [("SFJ", ["lg_leader@LDXZ"], True), ("SCJG", ["office_director@LDXZB"], False)],
)
def test_the_director_does_not_decide_on_a_matter_of_his_own_bureau(process_id, element_id, unit, asked, director_kept_out):
    task, environment = processes()[process_id].elements[element_id], Environment(functions=functions())

    kept_out = task.properties["bpm:excludedUsers"].of({"unit": unit}, environment)

    assert task.assignment.candidate_groups.of({"unit": unit}, environment) == asked
    assert ("wangjianguo" in kept_out) == director_kept_out
