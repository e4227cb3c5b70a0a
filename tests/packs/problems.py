"""Scenes of P10, P15 and of orders: one problem's way, its look-backs, its extensions."""

from tests.packs.stage import Walk, without

PROBLEM = {
    "problem_no": "WT-SCJG-2022-1-001",
    "unit": "SCJG",
    "unit_name": "市市场监督管理局",
    "unit_type": "市直部门",
    "round_no": 1,
    "domain_code": "D01",
    "category": "A",
    "problem_type": "A3",
    "description": "2件案件超过90日未作出处理决定",
    "measures": "倒排工期",
    "resp_leader": "甲",
    "resp_dept": "稽查支队",
    "resp_person": "张伟",
    "filler": "李敏",
    "due_date": "2022-07-29",
    "rectify_mode": "立行立改",
}
CRITERIA = {"solved": True, "carried_out": True, "accountable": True, "regulated": True, "recognised": True}
AGREED = {"verifier_names": ["丙", "丁"], "methods": ["书面"], "verify_result": "同意销号", "verify_note": "属实"}


def done(walk: Walk) -> None:
    """Carry the measures out, and propose to strike the problem off."""
    walk.do("carry_out", work_result="已完成", result="已作出处理决定", evidence=["a1"], done_on="2022-07-28")
    walk.do("apply_closure", decision="申请销号", apply_reason="整改完成", **CRITERIA)


def disagreed(walk: Walk, result: str, code: str) -> None:
    """Let the office send it back for a reason."""
    walk.do("office_verify", **AGREED | {"verify_result": result, "return_code": code, "note": "请补充"})


def struck_off() -> Walk:
    """Overdue, extended, sent back for every reason there is, and struck off in the end."""
    walk = Walk("rectify", "2022-07-26", **PROBLEM)
    walk.do("carry_out", work_result="申请延期", progress="等待鉴定")
    walk.receive("extension_answered", extension_result="同意", new_due="2022-08-12")
    walk.until("2022-08-13")
    walk.do("carry_out", work_result="已完成", result="……", evidence=[])
    walk.do("apply_closure", decision="申请销号", **CRITERIA)
    done(walk)
    disagreed(walk, "部分完成继续整改", "佐证不足")
    done(walk)
    disagreed(walk, "不同意", "虚假整改")
    done(walk)
    disagreed(walk, "建议长期整改", "整改不到位")
    for decision in ("退回", "同意"):
        walk.do("set_measures", rectify_mode="长期整改", due_date="2022-12-20", measures="……", goal="……", milestones=[])
        walk.do("confirm_measures", decision=decision, note="请明确时间")
    done(walk)
    walk.do("office_verify", **AGREED)
    walk.do("approve_closure", decision="退回", note="核查人请补齐")
    walk.do("office_verify", **AGREED)
    walk.do("approve_closure", decision="同意")
    walk.do("number_closure", number="XH-2022-0001")
    return walk


def written_off() -> Walk:
    """A county's problem about favours: told to the discipline office, verified twice, found untrue."""
    county = {"unit": "HC", "unit_type": "县市区", "problem_type": "A2", "rectify_mode": "限期整改", "due_date": "2022-08-31"}
    walk = Walk("rectify", "2022-07-26", **PROBLEM | county)
    walk.do("set_measures", rectify_mode="限期整改", due_date="2022-08-31", measures="……", goal="……", milestones=[])
    walk.do("confirm_measures", decision="同意")
    done(walk)
    walk.do("county_verify", **AGREED | {"verify_result": "不同意", "return_code": "整改不到位"})
    done(walk)
    walk.do("county_verify", **AGREED)
    walk.do("office_verify", **AGREED | {"verify_result": "问题不属实核销"})
    walk.do("approve_closure", decision="同意")
    return walk


def struck_off_at_once() -> Walk:
    """A county's problem where neither confirmation nor verification is asked for."""
    county = {"unit": "HC", "unit_type": "县市区", "rectify_mode": "限期整改", "due_date": "2022-08-31"}
    walk = Walk("rectify", "2022-07-26", without("CONFIRM_MEASURES", "VERIFY_BEFORE_CLOSURE"), **PROBLEM | county)
    walk.do("set_measures", rectify_mode="限期整改", due_date="2022-08-31", measures="……", goal="……", milestones=[])
    done(walk)
    walk.do("approve_closure", decision="同意")
    walk.do("number_closure", number="XH-2022-0002")
    return walk


def not_looked_back() -> Walk:
    """Looking back is switched off."""
    return Walk("look_back", "2022-08-03", without("LOOK_BACK"), **PROBLEM, closed_on="2022-08-03")


def looked_back(first: str, second: str | None = None) -> Walk:
    """Look back at a closed problem after 30 and after 90 days."""
    walk = Walk("look_back", "2022-08-03", **PROBLEM, closed_on="2022-08-03", closure_no="XH-2022-0001")
    walk.until("2022-09-02")
    walk.do("first_look", review_result=first)
    if second is not None:
        walk.until("2022-11-01")
        walk.do("second_look", review_result=second)
    return walk


def consolidated() -> Walk:
    """Both look-backs find it lasting."""
    return looked_back("巩固", "巩固")


def rebounded_early() -> Walk:
    """The first look-back finds it undone."""
    return looked_back("反弹")


def rebounded_late() -> Walk:
    """The second look-back finds it undone."""
    return looked_back("巩固", "反弹")


def request(days: int = 20, target: str = "问题整改", deputy: str = "同意") -> Walk:
    """Ask for more time and let the deputy say what he thinks."""
    facts = {"target_type": target, "target_key": "WT-1", "unit": "SCJG", "unit_name": "市市场监督管理局", "subject": "……"}
    walk = Walk("extension", "2022-08-10", **facts, original_due="2022-08-19", times_no=1, applicant="张伟")
    walk.do("fill_request", apply_days=days, reason_code="案情复杂", reason="……")
    walk.do("deputy_review", decision=deputy, note="……")
    return walk


def extended() -> Walk:
    """An ordinary extension, granted in part."""
    walk = request()
    walk.do("office_review", decision="部分同意", granted_days=10, note="10日为宜")
    return walk


def deputy_refuses() -> Walk:
    """The deputy does not support it."""
    return request(deputy="不同意")


def leader_refuses() -> Walk:
    """A complaint's extension needs the unit's leader, who declines."""
    walk = request(target="投诉举报")
    walk.do("leader_review", decision="不同意", note="……")
    return walk


def director_refuses() -> Walk:
    """More than 30 days go up to the director, who declines."""
    walk = request(45, "投诉举报")
    walk.do("leader_review", decision="同意")
    walk.do("office_review", decision="同意")
    walk.do("director_review", decision="不同意", note="……")
    return walk


def order(decision: str) -> Walk:
    """A date has passed; the office drafts an order, or sees that none is needed."""
    facts = {"unit": "ZRZY", "business_key": "JD-ZRZY-1", "subject": "整改进度报告", "due": "2022-07-31"}
    walk = Walk("supervision_order", "2022-08-01", **facts)
    walk.do("draft_order", decision=decision, facts="……", demand="……", reply_by="2022-08-05")
    return walk


def ordered() -> Walk:
    """The director signs the second draft."""
    walk = order("拟发督办单")
    walk.do("sign_order", decision="退回", note="要求写明时间")
    walk.do("draft_order", decision="拟发督办单", facts="……", demand="……", reply_by="2022-08-05")
    walk.do("sign_order", decision="签发")
    walk.do("number_order", doc_no="鞍整治办督〔2022〕1号")
    walk.do("reply_order", reply="……")
    return walk


def no_order() -> Walk:
    """It was done in the meantime."""
    return order("已办结")


def found_elsewhere() -> Walk:
    """R046: a complaint that was verified becomes a problem with a number of its own."""
    complaint = {"unit": "SCJG", "domain_code": "D01", "problem_type": "A4", "description": "……", "source": "投诉举报"}
    walk = Walk("rectify", "2022-08-22", begin_at="new_problem", complaint_no="TS-210300-20220803-0001", **complaint)
    walk.do("register_problem", written=["WT-SCJG-2022-3-001"])
    walk.do("set_measures", rectify_mode="限期整改", due_date="2022-09-20", measures="……", goal="……")
    walk.do("confirm_measures", decision="同意")
    done(walk)
    walk.do("office_verify", **AGREED | {"verify_result": "问题不属实核销"})
    walk.do("approve_closure", decision="同意")
    return walk


SCENES = (
    struck_off, written_off, struck_off_at_once, not_looked_back, consolidated, rebounded_early, rebounded_late,
    extended, deputy_refuses, leader_refuses, director_refuses, ordered, no_order, found_elsewhere,
)  # fmt: skip
