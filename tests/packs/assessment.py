"""Scenes of P05, P14 and of the leading group: pre-assessment, institutions, matters of weight."""

from engine.kernel import port
from tests.packs.stage import Walk
from tests.packs.units import DEADLINES, UNIT

CALLED = {"campaign": "集中整治行动(2022)", "deadlines": DEADLINES, "begun_on": "2022-08-19"}
FIGURES = {
    "due_total": 2, "completion_rate": 100, "closure_rate": 95, "evidence_rate": 100, "case_avg": None, "on_time_rate": 100,
    "first_reviewer": "a", "second_reviewer": "b", "third_reviewer": "c",
}  # fmt: skip
ROW = {"key": "WT-JTJ-2022-1-001", "unit": "JTJ", "cause": "排班不合理。", "is_systemic": True, "cause_type": ["制度"]}
DUE = ROW | {"due_date": "2022-08-05", "state": "已销号", "evidence": ["a1"]}


def points(total: int) -> dict[str, int]:
    """Score a unit with so many points altogether."""
    return {"item_completion": total - 40, "item_closure": 20, "item_evidence": 20, "item_cases": 0, "item_reporting": 0}


def pre_assessed() -> Walk:
    """R089: figures from the ledgers, one sheet a unit, all reviewed."""
    walk = Walk("pre_assessment", "2022-08-19", **CALLED)
    walk.do("organise", reviewers=["a", "b", "c"], held_on="2022-08-23", held_at="……", key_points="……")
    walk.until("2022-08-24")
    walk.do("read_problems", rows=[DUE, DUE | {"state": "整改中", "evidence": None}])
    walk.do("read_milestones", reached=[{"code": "M0722", "unit": "JTJ", "on": "2022-07-22", "on_time": True}])
    if any(getattr(effect, "element_id", None) == "read_case_reviews" for effect in walk.open.values()):
        walk.do("read_case_reviews", rows=[{"unit": "JTJ", "score": 80}, {"unit": "JTJ", "score": 91}])
    while any(isinstance(effect, port.ChildStarted) for effect in walk.open.values()):
        walk.do("assess_units")
    return walk


def reviewed(first: int, second: int, **changed: object) -> Walk:
    """Let two reviewers score a unit without knowing of each other."""
    walk = Walk("pre_assessment_unit", "2022-08-23", **UNIT | FIGURES | changed)
    walk.do("first_review", **points(first))
    walk.do("second_review", **points(second), gap_notes="缺原始文书。")
    return walk


def passed() -> Walk:
    """R089: two reviewers agree, the unit passes."""
    walk = reviewed(90, 86)
    walk.do("decide", verdict="通过")
    walk.do("send_opinion")
    return walk


def disputed() -> Walk:
    """R089: more than ten points apart, a third reviews; the unit must catch up."""
    walk = reviewed(60, 80, completion_rate=50)
    walk.do("third_review", **points(66))
    walk.do("decide", verdict="限期补课", gaps="缺原始文书。", catch_up_by="2022-08-31")
    walk.do("send_opinion")
    return walk


def catching_up(*verdicts: str) -> Walk:
    """Catch up and be checked again, as often as asked."""
    facts = {"score": 63, "verdict": "限期补课", "gaps": "缺原始文书。", "catch_up_by": "2022-08-31"}
    walk = Walk("pre_assessment_catch_up", "2022-08-26", **UNIT | facts)
    for verdict in verdicts:
        walk.do("catch_up", catch_up_result="已补齐。", catch_up_files=["a1"])
        walk.do("recheck_unit", recheck=verdict, note="……")
    return walk


def caught_up() -> Walk:
    """R089: sent back once, then in place."""
    return catching_up("继续补课", "补课到位")


def left_for_inspection() -> Walk:
    """R092: still not in place, so the second inspection looks there first."""
    return catching_up("列为第二次督查重点")


def institutions_listed() -> Walk:
    """R090: the city's lists are settled on their day, whoever has not handed in yet."""
    walk = Walk("institutions", "2022-08-19", **CALLED)
    walk.do("read_causes", rows=[ROW, ROW | {"cause_type": ["能力"]}, ROW | {"is_systemic": False, "cause_type": ["能力"]}])
    walk.do("write_causes", written=["TZ-2022-001"])
    walk.until("2022-08-31")
    for decision in ("退回", "同意"):
        walk.do("collate", collate_note="……")
        walk.do("approve_lists", decision=decision, note="……")
    walk.do("freeze_causes", snapshot_code="AB12CD34")
    walk.do("freeze_tasks", snapshot_code="AB12CD35")
    while walk.ended is None:
        walk.do("list_of_units")
    return walk


def listed() -> Walk:
    """R090: a unit names its systemic causes and a task for each; its deputy sends the plan back once."""
    walk = Walk("institution_list", "2022-08-19", **UNIT)
    walk.do("review_causes", causes_found="有")
    walk.do("read_causes", rows=[{"key": "TZ-2022-001", "kind": "机制", "cause": "排班不合理。"}])
    for decision in ("退回", "同意"):
        walk.do("plan_tasks")
        walk.do("confirm_plan", decision=decision, note="……")
    task = {"kind": "立", "name": "……", "due_on": "2022-10-31", "topic": "执法监督"}
    walk.do("read_tasks", rows=[task | {"key": "ZD-2022-001"}, task | {"key": "ZD-2022-002"}])
    return walk


def nothing_systemic() -> Walk:
    """R090: a unit that found none says why."""
    walk = Walk("institution_list", "2022-08-19", **UNIT)
    walk.do("review_causes", causes_found="没有", no_cause_note="……")
    return walk


def institution(**draft: object) -> Walk:
    """Draft a rule."""
    facts = {"task_no": "ZD-2022-001", "kind": "立", "name": "……", "due_on": "2022-10-31", "problem_nos": "WT-1、WT-2"}
    walk = Walk("institution_task", "2022-09-01", **UNIT | facts)
    walk.do("draft", name="办案期限管理办法", **draft)
    return walk


def issued(walk: Walk) -> Walk:
    """Let it be found lawful, pass the meeting and be issued."""
    walk.do("legality_review", decision="通过")
    walk.do("collective", meeting_result="通过", meeting_on="2022-10-08")
    walk.do("issue", doc_no="鞍交规〔2022〕1号", issued_on="2022-10-10")
    walk.do("link_problems")
    return walk


def institution_countersigned() -> Walk:
    """R034, R056: others countersign, the bureau sends it back once, the meeting once; then it is issued."""
    walk = institution(countersign_units=["SFJ", "CZJ"])
    walk.do("countersign", opinion_kind="无意见")
    walk.do("countersign", opinion_kind="有修改意见", opinion_text="……")
    walk.do("adopt", adoption="已修改")
    walk.do("legality_review", decision="退回", note="自行设定罚款")
    walk.do("draft", name="办案期限管理办法", countersign_units=[])
    walk.do("legality_review", decision="通过")
    walk.do("collective", meeting_result="未通过", note="……")
    walk.do("draft", name="办案期限管理办法", countersign_units=[])
    return issued(walk)


def institution_issued() -> Walk:
    """R090: a rule that concerns nobody else; issuing it settles its task."""
    return issued(institution(countersign_units=None))


def matter(*reviews: str) -> Walk:
    """Raise a matter of weight and let the director look at it."""
    starter = {"login": "a", "name": "甲", "unit": "LDXZB", "unit_name": "……", "role": "office_staff"}
    walk = Walk("group_matter", "2022-08-22", starter=starter, subject="迟报问题", reason="……")
    walk.do("number_matter", number="YT-2022-01")
    for review in reviews:
        walk.do("prepare_matter", subject="迟报问题", reason="……", proposal="约谈")
        walk.do("review_matter", decision=review, note="……")
    return walk


def matter_decided() -> Walk:
    """R099: the group wants it studied again, then decides; two units are charged with it."""
    walk = matter("退回", "报领导小组")
    walk.do("decide_matter", decision="再研究", note="……")
    walk.do("prepare_matter", subject="迟报问题", reason="……", proposal="约谈")
    walk.do("review_matter", decision="报领导小组")
    walk.do("decide_matter", decision="同意", decision_text="约谈")
    charged = [{"unit": unit, "matter": "补报报告", "due_on": "2022-09-15", "demand": None} for unit in ("ZRZY", "LCJ")]
    walk.do("record_minutes", meeting_name="专题会议", meeting_on="2022-08-24", minutes_no="5号", assigned=charged)
    walk.do("write_assigned", written=["JB-2022-001", "JB-2022-002"])
    return walk


def matter_declined() -> Walk:
    """R099: the group does not agree."""
    walk = matter("报领导小组")
    walk.do("decide_matter", decision="不同意")
    return walk


def matter_not_raised() -> Walk:
    """The director settles it without the group."""
    return matter("不上会")


def assigned_matter_settled() -> Walk:
    """R099: reported, sent back once, settled."""
    facts = {"matter_no": "JB-2022-001", "meeting": "专题会议", "matter": "补报报告", "due_on": "2022-09-15"}
    walk = Walk("assigned_matter", "2022-08-24", **UNIT | facts)
    for decision in ("退回", "办结"):
        walk.do("handle_matter", result="……")
        walk.do("confirm_matter", decision=decision, note="……")
    return walk


SCENES = (
    pre_assessed, passed, disputed, caught_up, left_for_inspection, institutions_listed, listed, nothing_systemic,
    institution_countersigned, institution_issued, matter_decided, matter_declined, matter_not_raised,
    assigned_matter_settled,
)  # fmt: skip
