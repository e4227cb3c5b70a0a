"""Scenes of P02 and P03: a unit sets itself up, checks itself and reports."""

from tests.packs.stage import Reference, Walk, pack, without

DEADLINES = {row["code"]: row["date"] for row in pack().reference("milestones")}
UNIT = {"unit": "JTJ", "unit_name": "市交通运输局", "unit_type": "市直部门", "deadlines": DEADLINES}
PROBLEM = {
    "problem_no": "WT-JTJ-2022-1-001",
    "domain_code": "D02",
    "category": "A",
    "problem_type": "A1",
    "description": "夜间执法力量不足",
    "measures": "调整排班",
    "resp_leader": "甲",
    "resp_dept": "执法队",
    "resp_person": "乙",
    "due_date": "2022-07-31",
}


def set_up(walk: Walk) -> Walk:
    """Sign for the notice and do the three things side by side."""
    for task in ("acknowledge", "register_group", "register_team", "upload_plan"):
        walk.do(task)
    return walk


def filed() -> Walk:
    """Signed for late, filed, completed once."""
    walk = Walk("unit_setup", "2022-07-19", **UNIT)
    walk.until("2022-07-21")
    walk.do("urge_receipt")
    set_up(walk).do("party_meeting", meeting_result="通过", meeting_on="2022-07-21")
    walk.do("check_setup", decision="补正", note="缺任务分解表", missing_items="任务分解表")
    walk.do("supplement")
    walk.do("check_setup", decision="齐全")
    walk.do("number_filing", number="BA-2022-001")
    walk.do("send_filing_receipt")
    return walk


def not_filed() -> Walk:
    """Filing is switched off in the pack's data; the party group asks for changes first."""
    walk = Walk("unit_setup", "2022-07-19", without("SETUP_FILING"), **UNIT)
    set_up(walk).do("party_meeting", meeting_result="修改后通过")
    walk.do("revise_plan")
    walk.do("party_meeting", meeting_result="通过")
    return walk


def problem_list(reference: Reference | None = None) -> Walk:
    """Begin the list of one field."""
    facts = {"round_no": 1, "domain_code": "D02", "domain_name": "交通运输管理", "phrases": [{"id": "D02-1", "text": "……"}]}
    return Walk("problem_list", "2022-07-19", reference, **UNIT, **facts)


def reviewed(walk: Walk, rows: list[dict[str, str]]) -> Walk:
    """Fill the list in and let it pass the legal review."""
    walk.do("self_check", phrase_checks=[], filler="甲", filler_phone="0412-5510000")
    walk.do("legal_review", decision="通过")
    walk.do("collect_problems", rows=rows)
    return walk


def problems_handed_over() -> Walk:
    """Sent back by the reviewer, sent back by the office, then accepted."""
    walk = problem_list()
    walk.do("self_check", phrase_checks=[], filler="甲", filler_phone="0412-5510000")
    walk.do("legal_review", decision="退回", note="第1项重复")
    reviewed(walk, [PROBLEM]).do("submit_list", submission_result="退回", return_reason="表述笼统", attempt_no=1)
    reviewed(walk, [PROBLEM, PROBLEM | {"problem_no": "WT-JTJ-2022-1-002", "due_date": "2022-08-31"}])
    walk.do("submit_list", submission_result="已接收", submitted_at="2022-07-25T10:00:00+08:00", attempt_no=2)
    return walk


def zero_report() -> Walk:
    """Nothing was found, and the list says why."""
    walk = reviewed(problem_list(), [])
    walk.do("zero_report", zero_reason="抽查案卷20份,未发现问题。")
    walk.do("submit_list", submission_result="已接收", submitted_at="2022-07-25T10:00:00+08:00", attempt_no=1)
    return walk


def plain_zero_report() -> Walk:
    """Neither a legal review nor a reason is asked for: both rules are switched off."""
    walk = problem_list(without("LEGAL_REVIEW", "ZERO_REASON"))
    walk.do("self_check", phrase_checks=[], filler="甲", filler_phone="0412-5510000")
    walk.do("collect_problems", rows=[])
    walk.do("submit_list", submission_result="已接收", submitted_at="2022-07-25T10:00:00+08:00", attempt_no=1)
    return walk


def exempted() -> Walk:
    """The unit has nothing to do with the field; the director agrees the second time."""
    walk = problem_list()
    for decision in ("不同意", "同意免报"):
        walk.do(
            "self_check",
            list_kind="不涉及,申请免报",
            exempt_reason="执法权已划转市级。",
            filler="甲",
            filler_phone="0412-5510000",
        )
        walk.do("decide_exemption", decision=decision, note="请写明划转文件")
    return walk


def late_problem(reference: Reference | None = None) -> Walk:
    """A liaison begins to register a problem that the list did not hold."""
    starter = {"login": "a", "name": "甲", "unit": "JTJ", "unit_name": "市交通运输局", "role": "unit_liaison"}
    return Walk("late_problem", "2022-08-10", reference, starter=starter)


def registered_late() -> Walk:
    """Too early once, sent back once, then numbered and handed over."""
    walk = late_problem()
    facts = PROBLEM | {"due_date": "2022-08-15", "source": "投诉举报", "late_reason": "8月3日群众来电反映。"}
    for lists, decision in ((0, None), (1, "退回"), (1, "接收")):
        walk.do("register_late", late_decision="报送", **facts)
        walk.do("count_list", count=lists)
        if decision is not None:
            walk.do("check_late", decision=decision, note="请写明件数")
    walk.do("number_problem", number="WT-JTJ-2022-1-006")
    return walk


def late_problem_withdrawn() -> Walk:
    """Filing late is switched off, so the liaison gives up."""
    walk = late_problem(without("LATE_FILING"))
    walk.do("register_late", late_decision="报送", **PROBLEM)
    walk.do("count_list", count=1)
    walk.do("register_late", late_decision="撤销补报")
    return walk


def assessment(problems: int) -> Walk:
    """File the lists of a unit."""
    walk = Walk("self_assessment", "2022-07-19", domains="D02", **UNIT)
    walk.do("file_lists", submitted_at="2022-07-25T10:00:00+08:00", problems=[PROBLEM] * problems)
    return walk


def report_returned() -> Walk:
    """The report is sent back once."""
    walk = assessment(2)
    walk.until("2022-07-28")
    for result in ("退回", "已接收"):
        walk.do("compile_report", report_period="7月", highlights="……", next_steps="……", filler="甲", filler_phone="0412-5510000")
        walk.do("submit_report", submission_result=result, submitted_at="2022-07-29T15:00:00+08:00", attempt_no=1)
    return walk


def nothing_to_report() -> Walk:
    """A unit without problems has no ledger to keep."""
    return assessment(0)


SCENES = (
    filed, not_filed, problems_handed_over, zero_report, plain_zero_report, exempted, registered_late, late_problem_withdrawn,
    report_returned, nothing_to_report,
)  # fmt: skip
