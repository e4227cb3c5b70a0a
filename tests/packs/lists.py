"""Scenes of P17: a list of powers in its versions, and inspections of enterprises against the plan."""

from tests.packs.stage import Walk

STARTER = {"login": "limin", "name": "李敏", "unit": "SCJG", "unit_name": "……", "role": "unit_liaison"}
OLD = [{"key": "TM-SCJG-00001", "item_no": "A1", "item_name": "未亮照经营", "version": 1, "state": "现行"}]
NEW = [{"key": "TM-SCJG-00002", "item_no": "A1", "item_name": "未按规定亮照经营", "version": 2, "state": ""}]


def drafted(walk: Walk) -> None:
    """Draft once more what was sent back."""
    walk.do("draft_list", basis="……", change_reason="……", attachments=[])
    walk.do("compare", rows=NEW)


def reviewed(walk: Walk) -> None:
    """Let the legal office pass it and ask for opinions."""
    walk.do("legal_review", decision="通过", legal_opinion="……")
    walk.do("consult", consulted=["本单位科室"], consult_from="2022-09-01", consult_to="2022-09-30", opinions="……")


def published() -> Walk:
    """Sent back at each review, published, evaluated twice, and repealed."""
    walk = Walk("power_list", "2022-08-10", starter=STARTER, list_kind="首违不罚清单", change_kind="动态调整", change_reason="……")
    walk.do("number_list", number="QD-SCJG-2022-01")
    walk.do("read_current", rows=OLD)
    walk.do("copy_current", written=["TM-SCJG-00002"])
    drafted(walk)
    walk.do("legal_review", decision="退回", legal_opinion="……")
    for decision in ("退回修改", "通过"):
        drafted(walk)
        reviewed(walk)
        walk.do("decide_list", decision=decision, meeting_on="2022-08-10", minutes_no="……", note="……")
    walk.do("file_list", decision="退回", note="……")
    drafted(walk)
    reviewed(walk)
    walk.do("decide_list", decision="通过", meeting_on="2022-08-10", minutes_no="……", note=None)
    walk.do("file_list", decision="准予备案", note=None)
    walk.do("publish_list", published_on="2022-08-10", doc_no=None, published_at="……")
    walk.do("put_in_force", written=[])
    for evaluation in ("继续适用", "建议废止"):
        walk.wait(days=366)
        walk.do("evaluate_list", evaluation=evaluation, evaluation_note="……")
    walk.do("withdraw_list", written=[])
    return walk


def replaced() -> Walk:
    """A first version that the next one takes the place of."""
    walk = Walk("power_list", "2022-08-10", starter=STARTER, list_kind="首违不罚清单", change_kind="首次编制", change_reason="……")
    walk.do("number_list", number="QD-SCJG-2022-01")
    walk.do("read_current", rows=[])
    walk.do("copy_current", written=[])
    drafted(walk)
    reviewed(walk)
    walk.do("decide_list", decision="通过", meeting_on="2022-08-10", minutes_no="……", note=None)
    walk.do("file_list", decision="准予备案", note=None)
    walk.do("publish_list", published_on="2022-08-10", doc_no=None, published_at="……")
    walk.do("put_in_force", written=[])
    walk.receive("replaced", replaced_by="QD-SCJG-2022-02")
    return walk


def inspected(planned: list[dict[str, object]], made: list[dict[str, object]]) -> Walk:
    """One inspection of an enterprise."""
    walk = Walk(
        "enterprise_check", "2022-08-10", starter=STARTER, enterprise="甲公司", checked_on="2022-08-09", plan_item="J1",
        off_plan_reason=None, inspectors="丙、丁", outcome="……",
    )  # fmt: skip
    walk.do("number_check", number="JC-SCJG-2022-0001")
    walk.do("read_plan", tables={"power_items": planned, "enterprise_checks": made})
    return walk


def as_planned() -> Walk:
    """The first of one planned."""
    return inspected([{"list_kind": "涉企检查计划", "state": "现行", "item_no": "J1", "planned_times": 1}], [])


def off_plan() -> Walk:
    """One that no plan names."""
    walk = inspected([], [])
    walk.do("warn")
    return walk


SCENES = (published, replaced, as_planned, off_plan)
