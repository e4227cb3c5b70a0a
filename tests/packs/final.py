"""Scenes of P19, P06 and P20: statistics, scores and the reports of the year."""

from collections.abc import Callable

from engine.kernel import port
from tests.packs.stage import Reference, Walk, pack, without

DEADLINES = {row["code"]: row["date"] for row in pack().reference("milestones")}
STATISTICS = {"unit": "SCJG", "unit_name": "市市场监督管理局", "unit_short": "市市场监管局", "county": "市直", "stat_year": 2022}
FIGURES: dict[str, object] = {row["code"]: 0 for row in pack().reference("annual_figures")} | {
    "powers_total": 30, "powers_penalty": 20, "powers_licence": 10, "penalties_total": 40, "penalties_fine": 40,
    "penalties_amount": 12.5, "penalties_ordinary": 40, "cases_filed": 44, "penalties_disclosed": 40, "not_penalised_first": 3,
    "first_violations": 3, "inspections_total": 90, "officers": 40, "officers_certified": 40, "on_duty": 60, "legal_reviewers": 4,
}  # fmt: skip


def statistics(reference: Reference | None = None, **more: object) -> Walk:
    """Ask one department for its table."""
    walk = Walk("annual_stat", "2022-11-21", reference, **STATISTICS | {"due_on": DEADLINES["M1210"]} | more)
    walk.do("read_years", tables={"annual_stats": [], "letters": [], "case_reviews": []})
    return walk


def filled(walk: Walk, **changed: object) -> Walk:
    """Fill the table in."""
    walk.do("fill_statistics", **FIGURES | {"filler": "甲", "filler_phone": "0412-5510000"} | changed)
    return walk


def sent(walk: Walk, result: str) -> Walk:
    """Sign and seal it; the office takes it, or sends it back."""
    walk.do("submit_statistics", submission_result=result, submitted_at="2022-12-08T10:00:00+08:00", attempt_no=1)
    return walk


def statistics_mended() -> Walk:
    """R095: an error stops the table, a doubt is explained, the office sends it back once, then receives it."""
    walk = filled(statistics(), first_violations=5)
    filled(walk, officers_certified=38).do("explain_findings", findings_result="修改数据", findings=[])
    filled(walk, officers_certified=38).do(
        "explain_findings", findings_result="说明后报送", findings=[{"code": "T05", "text": "2人未持证", "explanation": "已报考"}]
    )
    sent(walk, "退回")
    return sent(filled(walk), "已接收")


def statistics_unsealed() -> Walk:
    """Sealing is switched off in the pack's data: the leader of a county's department signs online, the office receives."""
    walk = filled(statistics(without("SEAL_STATISTICS"), unit="HCSC", county="海城市"))
    walk.do("approve_statistics", decision="退回", note="请核对罚没金额")
    filled(walk).do("approve_statistics", decision="接收")
    walk.do("receive_statistics", decision="接收")
    return walk


def statistics_corrected() -> Walk:
    """A table that was received is opened again and received anew."""
    return sent(filled(statistics(correction_note="更正数据:漏报4件")), "已接收")


def county_statistics() -> Walk:
    """R095: the departments of a county file; the county looks at the sum."""
    walk = Walk("annual_county", "2022-11-21", unit="HC", unit_name="海城市人民政府", stat_year=2022, due_on=DEADLINES["M1210"])
    for _ in range(6):
        walk.do("file_departments", submitted_at="2022-12-07T10:00:00+08:00")
    walk.do("check_county", rollup_note=None)
    return walk


def city_statistics() -> Walk:
    """R095: the tables are summed up on their day, whoever is late."""
    walk = Walk("annual_statistics", "2022-11-21", deadlines=DEADLINES)
    walk.do("announce")
    walk.until("2022-12-12")
    walk.do("list_late", late=[{"code": "ZRZY", "name": "市自然资源局"}])
    walk.do("check_city", rollup_note="市自然资源局未报送。")
    walk.do("freeze_rollup", snapshot_code="AB12CD34")
    walk.do("read_received", rows=[{"key": "SCJG-2022"}])
    walk.do("lock_received", written=["SCJG-2022"])
    while calls := [effect for effect in walk.open.values() if isinstance(effect, port.ChildStarted)]:
        walk.do(calls[0].element_id)
    return walk


def correction(rows: list[dict[str, object]]) -> Walk:
    """A liaison wants to change what was received."""
    starter = {"login": "a", "name": "甲", "unit": "SCJG", "unit_name": "市市场监督管理局", "role": "unit_liaison"}
    walk = Walk("annual_correction", "2022-12-14", starter=starter)
    walk.do("read_filed", rows=rows)
    return walk


FILED = [{"stat_year": 2022, "county": "市直", "unit_short": "市市场监管局"}]


def correction_allowed() -> Walk:
    """Sent back once, then allowed."""
    walk = correction(FILED)
    for decision in ("退回", "同意"):
        walk.do("request_correction", correction_kind="更正数据", correction_reason="漏报4件")
        walk.do("review_correction", decision=decision, note="请列明指标")
    walk.do("file_again")
    return walk


def correction_withdrawn() -> Walk:
    """The liaison thinks better of it."""
    walk = correction(FILED)
    walk.do("request_correction", correction_kind="撤回申请")
    return walk


def nothing_to_correct() -> Walk:
    """Nothing was received yet."""
    walk = correction([])
    walk.do("tell_none")
    return walk


SCORE = {"unit": "SCJG", "unit_name": "市市场监督管理局", "unit_type": "市直部门", "experiences": []}
NOTHING: dict[str, object] = {
    name: [] for name in ("problems", "submissions", "inspections", "verdicts", "case_reviews", "annual_stats")
}


def scored() -> Walk:
    """R096: a unit's points are taken from its ledgers."""
    walk = Walk("unit_scoring", "2022-12-12", **SCORE)
    walk.do("read_ledgers", tables=NOTHING)
    walk.do("read_milestones", reached=[])
    walk.do("write_items", written=["SCJG/self/S1"])
    return walk


def score_accepted() -> Walk:
    """The unit agrees."""
    walk = scored()
    walk.do("confirm_score", score_answer="无异议")
    return walk


def score_unanswered() -> Walk:
    """Two working days without an answer count as agreement."""
    walk = scored()
    walk.until("2022-12-16")
    return walk


def score_objected() -> Walk:
    """The unit objects, the director changes an item, and the sum follows."""
    walk = scored()
    walk.do("confirm_score", score_answer="提出异议", objections=[{"code": "S1", "reason": "8月18日已报送"}])
    walk.do("decide_objection", decision="调整", adjusted=[{"code": "S1", "points": 6, "why": "登记号为证"}])
    walk.do("tell_decision")
    walk.do("write_items", written=["SCJG/self/S1"])
    return walk


REPORT = {
    "report_kind": "年度工作报告", "report_title": "整改工作报告", "report_year": 2022, "report_due": "2022-12-20",
    "meeting_from": "2022-12-14", "report_letter": "annual_report", "issuer": "市司法局",
}  # fmt: skip


def drafted() -> Walk:
    """R096: figures are taken from the ledgers and the draft is sent round."""
    walk = Walk("city_report", "2022-12-12", **REPORT)
    walk.do("read_figures", tables=NOTHING | {"scores": []})
    walk.do("read_reached", reached=[])
    walk.do("draft_report", deployment="……", consulted=["SCJG", "GAJ"])
    return walk


def presented(walk: Walk) -> Walk:
    """Edit what was drafted and bring it before the bureau's meeting."""
    walk.do("edit_report", adoption="均已采纳")
    walk.until("2022-12-15")
    walk.wait(minutes=1)
    walk.do("refresh_figures", tables=NOTHING | {"scores": [], "reports": []})
    walk.do("refresh_reached", reached=[])
    return walk


def issued(walk: Walk, **issue: object) -> Walk:
    """Freeze the figures of an approved report and send it."""
    walk.do("group_approval", decision="同意")
    for ledger in ("problems", "statistics", "scores"):
        walk.do(f"freeze_{ledger}", snapshot_code="AB12CD34")
    walk.do("issue_report", **{"issued_on": "2022-12-19", "sent_to": ["市委", "市政府"]} | issue)
    return walk


def report_sent() -> Walk:
    """R097: sent back by meeting and group once each, then issued under the bureau's own number."""
    walk = drafted()
    for _ in range(2):
        walk.do("give_opinion", opinion_answer="无意见")
    presented(walk).do("bureau_meeting", decision="退回", note="补充典型做法")
    walk.do("draft_report", deployment="……", consulted=None)
    presented(walk).do("bureau_meeting", decision="通过", minutes_no="〔2022〕21号")
    walk.do("group_approval", decision="退回", note="核对数据")
    walk.do("draft_report", deployment="……", consulted=[])
    presented(walk).do("bureau_meeting", decision="通过", minutes_no="〔2022〕22号")
    return issued(walk, doc_no="鞍司发〔2022〕31号")


def report_numbered() -> Walk:
    """Nobody answers in time, and the pack's series gives the number."""
    walk = drafted()
    walk.until("2022-12-14")
    presented(walk).do("bureau_meeting", decision="通过", minutes_no="〔2022〕21号")
    issued(walk).do("number_report", number="鞍司发〔2022〕1号")
    return walk


def final_stage() -> Walk:
    """R091, R092, R093, R096, R097: from the working group to the scores handed over."""
    walk = Walk("final_assessment", "2022-09-01", campaign="集中整治行动(2022)", deadlines=DEADLINES)
    walk.do("form_team", team_leader="韩丹", team_members=["邓莉"], team_focus="销号是否属实")
    walk.until("2022-09-09")
    walk.do("stage_report", doc_no="鞍司发〔2022〕20号")
    walk.until("2022-12-13")
    walk.do("register_bonus", experiences=[{"unit": "SCJG", "experience": "临期提示"}])
    while calls := [effect for effect in walk.open.values() if isinstance(effect, port.ChildStarted)]:
        walk.do(calls[0].element_id, **{"doc_no": "鞍司发〔2022〕31号"} if calls[0].element_id == "annual_report" else {})
    walk.do("hand_over_scores")
    return walk


SCENES: tuple[Callable[[], Walk], ...] = (
    statistics_mended, statistics_unsealed, statistics_corrected, county_statistics, city_statistics, correction_allowed,
    correction_withdrawn, nothing_to_correct, score_accepted, score_unanswered, score_objected, report_sent, report_numbered,
    final_stage,
)  # fmt: skip
