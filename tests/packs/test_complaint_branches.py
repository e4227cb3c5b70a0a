"""Every branch of P07 has its scene; and what is found true stands in the ledger of problems once (R037-R046)."""

import pytest

from tests.packs import after_the_answer, complaints
from tests.packs.complaints import ASSIGNED, DRAFTED, FILED, FOUND, REVIEWED
from tests.packs.live import Town
from tests.packs.stage import day
from tests.packs.test_walks import played

BRANCHES = {
    "受理": (complaints.usual_way, "assign"), "补正": (complaints.supplemented, "supplement_sent"),
    "逾期未补正": (complaints.never_supplemented, "end_rejected"), "不予受理": (complaints.not_accepted, "end_rejected"),
    "转送": (complaints.supplemented, "end_transferred"), "转问题线索": (complaints.passed_on_as_clue, "end_clue"),
    "导入法定途径": (complaints.led_elsewhere, "end_remedy"), "并案": (complaints.merged, "end_merged"),
    "退件后改派": (complaints.given_to_a_second_unit, "decide_return"),
    "退件后指定办理": (complaints.told_to_handle_it, "assist"),
    "延期": (complaints.extended, "extend_clock"), "告知延期": (complaints.extended, "tell_extension"),
    "质量审核退回": (after_the_answer.of_poor_quality, "note_rework"), "重新办理": (complaints.done_again, "reopen"),
    "三次联系不上": (after_the_answer.never_reached, "call_back"), "网上评价": (after_the_answer.rated_online, "rated"),
    "不满意件申诉": (after_the_answer.objection_holds, "decide_appeal"), "未办结": (complaints.done_again, "unresolved"),
    "集体": (complaints.collective, "copy_to_petitions"), "他件并入": (complaints.asked_for_much, "note_merged"),
    "撤回": (complaints.withdrawn, "end_withdrawn"), "撤回太晚": (complaints.asked_for_much, "is_answered"),
    "申请回避": (complaints.asked_for_much, "decide_recusal"), "紧急": (complaints.urgent, "alert_leader"),
    "提请监督函": (complaints.done_again, "propose_letter_sent"), "办结": (complaints.usual_way, "closed"),
}  # fmt: skip


@pytest.mark.parametrize("branch", BRANCHES)
def test_a_branch_has_its_scene(branch):
    scene, element_id = BRANCHES[branch]

    assert element_id in played(scene).path


def test_three_calls_are_made_before_nobody_was_reached():
    assert played(after_the_answer.never_reached).path.count("call_back") == 3


def test_a_unit_that_was_told_to_handle_it_signs_for_it():
    path = played(complaints.told_to_handle_it).path

    assert (path.count("decide_return"), path.count("sign_for"), path.count("assign")) == (1, 2, 1)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    found = Town(tmp_path_factory.mktemp("branches"), day("2022-08-03"))
    yield found
    found.engine.close()


def inquired(town):
    handler, given = town.holder("case_handler", "SCJG"), {"create_problem": True, "problem_text": "抽检结论逾期未送达当事人。"}
    town.do(handler, "调查核实", **FOUND)
    town.do(handler, "拟处理意见和办理结果", **DRAFTED | given | {"needs_remedies": False})
    town.do(town.holder("unit_legal", "SCJG"), "法制审核", decision="通过", legal_opinion="同意", remedies="")
    town.do(town.holder("unit_deputy", "SCJG"), "审批签发", decision="签发", signer="甲")
    town.do(town.holder("unit_liaison", "SCJG"), "送达办理结果告知书", serve_method="电子送达", served_on="2022-08-03")


def problems(town):
    return [row for row in town.rows("problems") if row.get("source") == "投诉举报"]


def test_what_a_complaint_found_stands_in_the_ledger_of_problems_once(town):
    given = {name: value for name, value in FILED.items() if name not in ("starter", "complaint_no")}
    town.start(town.holder("intake_clerk", "LDXZB"), "complaint_handle", **given)
    reviewer, liaison = town.holder("complaint_reviewer", "LDXZB"), town.holder("unit_liaison", "SCJG")
    town.do(reviewer, "受理审查", **REVIEWED | {"review_result": "受理", "reviewed_by": "甲"})
    town.do(reviewer, "交办", **ASSIGNED)
    town.do(liaison, "签收", decision="签收", resp_dept="稽查支队", resp_person="张伟")
    town.do(liaison, "程序性回复", proc_content="已受理。", proc_method="短信")
    inquired(town)
    [problem] = problems(town)
    assert (problem["unit"], problem["problem_no"][:3]) == ("SCJG", "WT-")

    town.do(town.holder("office_staff", "LDXZB"), "质量审核", decision="退回重办", note="答非所问")
    inquired(town)

    assert [row["problem_no"] for row in problems(town)] == [problem["problem_no"]]
    assert town.failures() == []
