"""The scene of P01: the campaign from its plan to the end of the year."""

from engine.kernel import port
from tests.packs.stage import Walk

LATE = [{"code": "ZRZY", "name": "市自然资源局", "short_name": "市自然资源局"}]
WORK = (port.JobCreated, port.ChildStarted, port.UserTaskCreated)
PROBLEMS = [
    {"key": "WT-JTJ-2022-1-001", "unit": "JTJ", "state": "已销号"},
    {"key": "WT-ZRZY-2022-1-001", "unit": "ZRZY", "state": "长期整改"},
]
REACHED = [{"code": "M0722", "unit": "ZRZY", "on": "2022-07-22", "on_time": True}]
RESULTS = {
    "late_units": {"late": LATE}, "snapshot": {"snapshot_code": "AB12CD34"}, "milestones": {"reached": REACHED},
    "ledger_rows": {"rows": PROBLEMS},
}  # fmt: skip


def issued() -> Walk:
    """Plan, review and issue; each is sent back once."""
    walk = Walk("campaign_main", "2022-07-18", campaign_name="集中整治行动(2022)", campaign_year=2022)
    for review, issue in (("退回", None), ("同意", "退回"), ("同意", "同意印发")):
        walk.do(
            "prepare_plan", contact_name="甲", contact_phone="0412-5510000", contact_email="a@b.cn", basis="……", plan_files=["f"]
        )
        walk.do("review_plan", decision=review, note="请核对日期")
        if issue is not None:
            walk.do("issue_plan", decision=issue, doc_no="鞍依法行政组〔2022〕3号", issued_on="2022-07-19")
    return walk


def result(walk: Walk, effect: port.Effect) -> dict[str, object]:
    """Give what a worker, a child or a person answers; only the first date was kept by everybody."""
    match effect:
        case port.JobCreated(type="late_units", variables={"milestone": "M0722"}):
            return {"late": []}
        case port.JobCreated():
            return RESULTS.get(effect.type, {})
        case port.UserTaskCreated():
            return {"carry_over_note": "……"}
    return {}


def work_off(walk: Walk) -> None:
    """Do everything that waits for a worker, a child or a person."""
    while ready := [effect for effect in walk.open.values() if isinstance(effect, WORK)]:
        effect = ready[0]
        if not isinstance(effect, port.UserTaskCreated):
            del walk.open[effect.element_key]
        walk.send(port.CompleteElement(effect.element_key, result(walk, effect)))


def whole_year() -> Walk:
    """Nobody is waited for: every stage and date comes on its day until the year ends."""
    walk = issued()
    work_off(walk)
    while walk.ended is None and walk.at.year < 2024:
        walk.wait(days=1)
        work_off(walk)
    return walk


SCENES = (whole_year,)
