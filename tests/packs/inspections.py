"""Scenes of P09: rounds of inspection, one unit's inspection, and what its feedback leads to."""

from tests.packs.stage import Walk

UNIT = {"unit": "JTJ", "unit_name": "市交通运输局", "unit_type": "市直部门"}
ROUND = {"round_no": 1, "round_name": "第一次督导", "ends_on": "2022-08-05", "files_per_unit": 3, "methods": ["实地"]}
VISIT = {"visit_team": "DDZ1", "team_name": "督导一组", "visit_on": "2022-08-02", "focus_text": "行政执法不作为", **ROUND, **UNIT}
ROW = {"key": "WT-JTJ-2022-1-001", "description": "夜间执法力量不足", "state": "整改中", "progress": "排班已调整"}
CHECK = {"problem_no": "WT-JTJ-2022-1-001", "description": "夜间执法力量不足", "reported": "整改中"}
NEW = {
    "domain_code": "D02", "category": "A", "problem_type": "A1", "source": "督导", "description": "抽查3份案卷未记录亮证。",
    "requirement": "补正案卷", "due_on": "2022-08-15",
}  # fmt: skip
ARRANGED = ("ends_on", "files_per_unit", "methods", "focus", "focus_note", "is_secret", "visits")


def checked(verdict: str) -> dict[str, object]:
    """Give the check of the problem with its verdict."""
    good = verdict == "到位"
    return {
        **CHECK,
        "verdict": verdict,
        "found": "……",
        "requirement": None if good else "补齐",
        "due_on": None if good else "2022-08-15",
    }


def inspection_round(on: str, begin_at: str, **variables: object) -> Walk:
    """Arrange a round; the director sends the plan back once."""
    walk = Walk("inspection_round", on, begin_at=begin_at, **variables)
    walk.do("recent_visits", rows=[{"unit": "JTJ"}])
    for decision in ("退回", "同意"):
        walk.do("plan_round", **{name: walk.variables.get(name) for name in ARRANGED})
        walk.do("approve_round", decision=decision, note="请错开日期")
    return walk


def all_inspected(walk: Walk) -> Walk:
    """Let each unit's inspection come back."""
    for visit in walk.variables["visits"]:
        walk.do("inspect", unit=visit["unit"], inspected_on=visit["visit_on"], inspection_no=f"DD-{visit['unit']}")
    return walk


def first_round() -> Walk:
    """R084: every unit is inspected by 5 August."""
    return all_inspected(inspection_round("2022-08-01", "inspection_due", round_no=1))


def second_round() -> Walk:
    """R092: the second round, with seminars and visits to enterprises."""
    return all_inspected(inspection_round("2022-09-01", "inspection_due", round_no=2))


def ad_hoc_round() -> Walk:
    """R101: the office inspects where it sees need, without notice."""
    wanted = {
        "visit_kind": "临时督导",
        "why": "投诉集中",
        "wanted_units": ["JTJ", "SFJ"],
        "begins_on": "2022-08-22",
        "is_secret": True,
    }
    return all_inspected(inspection_round("2022-08-19", "ad_hoc_wanted", **wanted))


def visit(verdict: str, **facts: object) -> Walk:
    """Plan a visit up to the record of what was found."""
    walk = Walk("inspection", "2022-08-02", **{**VISIT, **facts})
    walk.do("number_inspection", number=f"DD-2022-{walk.variables['round_no']}-JTJ-01")
    walk.do("list_problems", rows=[ROW])
    return walk


def recorded(walk: Walk, verdict: str) -> Walk:
    """Record the verdicts and let the unit say what it thinks."""
    walk.do(
        "record_visit", checks=[checked(verdict)], inspected_on="2022-08-02", methods_used=["实地"], team_leader="邓莉",
        members=["方志远"], case_checks=[{"case_no": "1", "case_kind": "行政处罚", "score": 55, "vetoed": False}],
        new_found=[NEW], overall="较好", feedback="请抓紧补齐送达手续。",
    )  # fmt: skip
    walk.do("write_verdicts", written=["DD-2022-1-JTJ/WT-JTJ-2022-1-001"])
    walk.do("write_reviews", written=["DD-2022-1-JTJ/1"])
    return walk


def inspected() -> Walk:
    """R085, R086: recorded, signed, sent back by the team's leader once, and by the director once."""
    walk = visit("基本到位")
    walk.do("notify_unit")
    for decision in ("退回", "通过"):
        recorded(walk, "基本到位").do("confirm_record", sign_result="签字确认", unit_signer="甲", unit_signed_on="2022-08-02")
        walk.do("review_record", decision=decision, note="请写明案卷问题")
    for decision in ("退回", "签发"):
        walk.do("draft_feedback", outcome=walk.variables["outcome"], feedback_text="……")
        walk.do("sign_feedback", decision=decision, note="写明时限")
    walk.do("number_feedback", doc_no="鞍司督反〔2022〕1号")
    return walk


def inspected_without_notice() -> Walk:
    """R101: nobody is told beforehand, and the unit refuses to sign."""
    walk = recorded(visit("到位", round_no=0, round_name="临时督导", is_secret=True), "到位")
    walk.do("confirm_record", sign_result="拒绝签字", refuse_reason="不同意", unit_signed_on="2022-08-02")
    walk.do("review_record", decision="通过")
    walk.do("draft_feedback", outcome="一般反馈", feedback_text="……")
    walk.do("sign_feedback", decision="签发")
    walk.do("number_feedback", doc_no="鞍司督反〔2022〕2号")
    return walk


def feedback(verdict: str, round_no: int, outcome: str, on: str = "2022-08-05") -> Walk:
    """Send the feedback of an inspection."""
    facts = {
        "inspection_no": f"DD-2022-{round_no}-JTJ",
        "round_name": "第一次督导",
        "inspected_on": "2022-08-02",
        "outcome": outcome,
    }
    return Walk("inspection_feedback", on, **UNIT, **facts, round_no=round_no, checks=[checked(verdict)], new_found=[NEW])


def applied(walk: Walk, closed: list[dict[str, object]]) -> Walk:
    """Let the results be applied; *closed* are the unit's problems that were struck off."""
    walk.do("write_back", written=["WT-JTJ-2022-1-001"])
    walk.do("list_new", written=["WT-JTJ-2022-2-001"])
    walk.do("read_closed", rows=closed)
    return walk


def feedback_confirmed() -> Walk:
    """R086: confirmed; the new problem is numbered and handed over like any other."""
    walk = feedback("基本到位", 1, "限期整改")
    walk.do("confirm_feedback", confirm_result="确认")
    return applied(walk, [])


def feedback_not_answered() -> Walk:
    """Three working days pass; a struck-off problem found not to be in place is opened again."""
    walk = feedback("不到位", 2, "监督函", "2022-09-09")
    walk.until("2022-09-16")
    return applied(walk, [{**ROW, "state": "已销号", "round_no": 1, "domain_code": "D02"}])


def feedback_disputed() -> Walk:
    """R094: the unit objects, the verdict is changed, and a letter follows all the same."""
    walk = feedback("虚假整改", 2, "移送", "2022-09-09")
    disputed = [{"problem_no": "WT-JTJ-2022-1-001", "reason": "……"}]
    walk.do("confirm_feedback", confirm_result="提出异议", objections=disputed)
    changed = [{"problem_no": "WT-JTJ-2022-1-001", "verdict": "不到位"}]
    walk.do("decide_objection", objection_result="变更", changed=changed, decision_note="……")
    walk.do("write_verdicts", written=[])
    walk.do("tell_decision")
    return applied(walk, [])


def fake_rectification() -> Walk:
    """A verdict of fake rectification becomes a clue."""
    walk = feedback("虚假整改", 1, "移送")
    walk.do("confirm_feedback", confirm_result="确认")
    return applied(walk, [])


SCENES = (
    first_round, second_round, ad_hoc_round, inspected, inspected_without_notice, feedback_confirmed, feedback_not_answered,
    feedback_disputed, fake_rectification,
)  # fmt: skip
