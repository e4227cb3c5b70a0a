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
    walk.do("read_years", rows=[])
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


SCENES: tuple[Callable[[], Walk], ...] = (
    statistics_mended, statistics_unsealed, statistics_corrected, county_statistics, city_statistics, correction_allowed,
    correction_withdrawn, nothing_to_correct,
)  # fmt: skip
