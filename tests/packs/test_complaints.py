"""Complaints: who reviews, who keeps out, what cannot be routed, and what is sent on (R037-R047, DOMAIN 2.4 and 3.7)."""

import pytest

from engine.feel import Environment
from engine.forms import bind, read
from engine.kernel import port
from tests.packs import after_the_answer, complaints
from tests.packs.stage import day, decide, functions, of_kind, pack, processes
from tests.packs.test_walks import played

SEEN = {
    "kind": "投诉", "behaviour": "行政处罚", "respondent_org": "SCJG", "facts_length": 60, "other_remedy": [],
    "is_integrity": False, "duplicate_count": 0,
}  # fmt: skip
TRIAGE = {
    "respondent_org": "SCJG",
    "domain_code": "D01",
    "priority": "一般",
    "category": "A",
    "review_opinion": "同意",
    "reviewed_by": "万春华",
}


def sent(scene, name):
    """Give what messages of a name a scene sent."""
    return [message for message in played(scene).published if message.name == name]


def faults(form_id, facts, **typed):
    """Bind what was typed into a form, and give what is wrong with it."""
    form, environment = read(of_kind(".form")).forms[form_id], Environment(lambda: day("2022-08-03"), functions())
    given = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
    return {name: str(error) for name, error in bind(form, given, facts, environment).errors.items()}


@pytest.mark.parametrize(
    ("respondent", "kind", "parent", "group"),
    [
        ("SCJG", "市直部门", "SZF", "complaint_reviewer@LDXZB"), ("HC", "县市区", "SZF", "complaint_reviewer@LDXZB"),
        ("HCSC", "县区部门", "HC", "county_office@HC"), ("SFJ", "市直部门", "SZF", "lg_leader@LDXZ"),
        ("不清楚", None, None, "complaint_reviewer@LDXZB"),
    ],
)  # fmt: skip
def test_who_reviews_a_complaint_depends_on_whom_it_is_about(respondent, kind, parent, group):
    facts = {"respondent_org": respondent, "respondent_type": kind, "respondent_parent": parent, "intake_unit": "LDXZB",
             "intake_role": "public"}  # fmt: skip

    assert decide("complaint_jurisdiction", facts)["group"] == group


def test_a_county_reviews_what_it_took_in_without_knowing_whom_it_is_about():
    facts = {"respondent_org": "不清楚", "respondent_type": None, "respondent_parent": None, "intake_unit": "HC"}

    assert decide("complaint_jurisdiction", facts | {"intake_role": "county_office"})["group"] == "county_office@HC"


@pytest.mark.parametrize(
    ("changed", "suggestion"),
    [
        ({}, "受理"), ({"is_integrity": True}, "转问题线索"), ({"kind": "咨询"}, "转送"),
        ({"other_remedy": ["复议"]}, "不予受理"),
        ({"other_remedy": ["纪检"]}, "不予受理"), ({"other_remedy": ["仲裁"]}, "导入法定途径"),
        ({"duplicate_count": 1}, "核对是否并案"),
        ({"respondent_org": "不清楚", "facts_length": 12}, "补正"),
    ],
)  # fmt: skip
def test_triage_is_suggested_with_its_reason(changed, suggestion):
    found = decide("complaint_triage", SEEN | changed)

    assert (found["suggestion"], bool(found["why"])) == (suggestion, True)


@pytest.mark.parametrize(
    ("duty", "receiver", "handler", "legal"),
    [
        ("联络员", "unit_legal", "unit_legal", "上级"), ("承办人", "unit_liaison", "unit_legal", "上级"),
        ("法制审核", "unit_liaison", "case_handler", "上级"), ("", "unit_liaison", "case_handler", "本单位"),
    ],
)  # fmt: skip
def test_nobody_handles_a_complaint_against_himself(duty, receiver, handler, legal):
    """DOMAIN 2.4, rules 1 and 2."""
    route = decide("complaint_recusal", {"respondent_duty": duty, "lead_org": "SCJG"})

    assert (route["receiver"], route["handler"], route["legal"]) == (receiver, handler, legal)


def test_a_liaison_named_in_a_complaint_is_kept_out_from_the_first_moment():
    """DOMAIN 2.4: who is named is known by name before anybody looks, and every task keeps him out."""
    walk = complaints.assigned(complaints.reviewed(complaints.filed(respondent_officer="李敏"), "受理", respondent_login="limin"))
    tasks = [effect for effect in walk.all if isinstance(effect, port.UserTaskCreated)]

    assert {"limin"} <= {login for task in tasks for login in task.properties["bpm:excludedUsers"]}
    assert [task.candidate_groups for task in tasks if task.element_id == "sign_for"] == [("unit_legal@SCJG",)]


@pytest.mark.parametrize("problem_type", ["A2", "B1", "B3"])
def test_a_matter_of_integrity_cannot_be_routed_to_the_unit(problem_type):
    """RULINGS 12, R053: the form refuses it, and the process would not go there if it did not."""
    typed = TRIAGE | {"category": problem_type[0], "problem_type": problem_type, "review_result": "受理"}
    walk = complaints.reviewed(complaints.filed(), "受理", category=problem_type[0], problem_type=problem_type)

    assert "只能转问题线索" in faults("complaint_review", {}, **typed)["review_result"]
    assert (walk.waits_at.count("assign"), [message.name for message in walk.published]) == (0, ["clue_found"])


def test_a_leader_named_in_a_complaint_keeps_his_unit_from_handling_it():
    """DOMAIN 2.4, rule 3."""
    facts = {"respondent_org": "SCJG", "respondent_login": "wuxuesong", "review_unit": "LDXZB", "facts": "……"}

    assert "该单位领导" in faults("complaint_assign", facts, lead_org="SCJG")["lead_org"]
    assert "lead_org" not in faults("complaint_assign", facts, lead_org="NYJ")


def test_every_reason_not_to_accept_has_its_words():
    rows = pack().reference("reject_reasons")

    assert len(rows) == 10
    assert [row["code"] for row in rows if len(row["text"]) < 10 or not row["source"]] == []


@pytest.mark.parametrize(
    ("priority", "verdict", "suggestion", "role"),
    [
        ("一般", "不属实", "无", "unit_deputy"), ("一般", "属实", "无", "unit_deputy"),
        ("一般", "属实", "批评教育", "unit_leader"),
        ("重要", "不属实", "无", "unit_leader"), ("紧急", "无法查实", "无", "unit_leader"),
    ],
)  # fmt: skip
def test_the_weight_of_a_matter_says_who_signs(priority, verdict, suggestion, role):
    facts = {"priority": priority, "verdict": verdict, "personnel_suggestion": suggestion}

    assert decide("complaint_signoff", facts)["role"] == role


def test_two_inquire():
    typed = {
        "work_result": "已查清",
        "handled_by": "张伟",
        "facts_found": "查明检验报告未送达当事人。",
        "legal_basis": "办理规定",
    }
    one = faults(
        "complaint_investigate", {"recused": [], "previous_handlers": [], "lead_org": "SCJG"}, investigators=["张伟"], **typed
    )

    assert "不少于两人" in one["investigators"]


def test_a_unit_sends_back_once_and_no_more():
    typed = {"decision": "退件", "return_reason": "不属于本单位职责", "return_basis": "权责清单"}

    assert "decision" not in faults("complaint_sign_for", {"return_count": 0, "lead_org": "SCJG", "recused": []}, **typed)
    assert "不再退件" in faults("complaint_sign_for", {"return_count": 1, "lead_org": "SCJG", "recused": []}, **typed)["decision"]


def test_clocks_stand_still_while_somebody_is_waited_for():
    """CPL_SUPP: paused when the notice goes out, resumed when the material comes or does not."""
    for scene in (complaints.supplemented, complaints.never_supplemented):
        path = played(scene).path
        assert path.index("pause_clocks") < path.index("resume_clocks")


def test_a_complaint_through_the_petition_office_has_its_four_clocks():
    """DOMAIN 0.2: 15 and 60 days run beside the week and the month."""
    [start] = [
        e for e in played(complaints.supplemented).all if isinstance(e, port.JobCreated) and e.element_id == "start_clocks"
    ]

    assert start.variables["clock_codes"] == ["CPL_PROC", "CPL_SUBST", "XF_NOTICE", "XF_DONE"]


def test_what_is_verified_becomes_a_problem_once_and_a_clue_for_whom_it_concerns():
    [problem] = sent(complaints.done_again, "new_problem")

    assert (problem.variables["source"], problem.variables["unit"]) == ("投诉举报", "SCJG")
    assert [clue.variables["suggestion"] for clue in sent(complaints.done_again, "clue_found")][:1] == ["调岗建议"]


def test_a_letter_is_proposed_by_a_person_after_two_rounds():
    [letter] = sent(complaints.done_again, "letter_due")

    assert "两次重办" in letter.variables["facts"]
    assert sent(complaints.usual_way, "letter_due") == []


def test_a_merged_complaint_keeps_both_numbers():
    [message] = sent(complaints.merged, "complaint_merged")

    assert (message.correlation_key, message.variables["merged_no"]) == ("TS-210300-20220801-0003", "TS-210300-20220803-0001")
    assert played(complaints.asked_for_much).variables["merged_nos"] == ["TS-210300-20220804-0002"]


@pytest.mark.parametrize(
    ("scene", "satisfaction", "outcome"),
    [
        (after_the_answer.content, "满意", "办结"), (after_the_answer.never_reached, "未联系上", "办结"),
        (after_the_answer.rated_online, "满意", "办结"), (after_the_answer.wants_it_again, "不满意", "重新办理"),
        (after_the_answer.objection_holds, "不计入", "办结"), (after_the_answer.objection_fails, "不满意", "未解决"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)  # fmt: skip
def test_what_the_complainant_says_decides_where_it_goes(scene, satisfaction, outcome):
    found = played(scene).variables

    assert (found["satisfaction"], found["visit_outcome"]) == (satisfaction, outcome)


def test_who_did_it_first_does_not_do_it_again():
    """DOMAIN 2.4, rule 10."""
    tasks = [
        e for e in played(complaints.done_again).all if isinstance(e, port.UserTaskCreated) and e.element_id == "investigate"
    ]

    assert [("zhangwei" in task.properties["bpm:excludedUsers"]) for task in tasks] == [False, False, True]


def test_nobody_of_the_handling_unit_calls_back():
    """DOMAIN 2.4, rule 9."""
    [task] = [
        e
        for e in played(after_the_answer.rated_online).all
        if isinstance(e, port.UserTaskCreated) and e.element_id == "call_back"
    ]

    assert {"limin", "zhangwei"} <= set(task.properties["bpm:excludedUsers"])


def test_old_cases_need_department_person_and_date_by_the_end_of_the_year():
    """R043, R044."""
    found = faults("backlog_claim", {"unit": "SCJG"}, due_date="2023-01-31", measures="逐项核实")

    assert {"resp_dept", "resp_person", "due_date"} <= set(found)
    assert "12月31日" in found["due_date"]


def test_every_state_of_a_complaint_is_named_once():
    states = {e.properties["bpm:state"].text for name in ("complaint_handle", "complaint_visit", "complaint_unresolved")
              for e in processes()[name].elements.values() if "bpm:state" in e.properties}  # fmt: skip

    assert {
        "待审查",
        "不予受理",
        "已转送",
        "已转问题线索",
        "已并案",
        "办理中",
        "已答复",
        "回访中",
        "未办结",
        "已办结",
        "已撤回",
    } <= states
