"""Scenes of P17: a list of powers in its versions, inspections against the plan, and first violations let off."""

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


HANDLER = {"login": "zhangwei", "name": "张伟", "unit": "SCJG", "unit_name": "……", "role": "case_handler"}
LISTED = {"list_kind": "首违不罚清单", "state": "现行", "item_no": "SW-1", "item_name": "未悬挂营业执照", "item_basis": "……"}
EARLIER = {"key": "SW-SCJG-2021-001", "party": "甲商店", "list_item": "SW-1", "decided_on": "2021-10-01"}


def found(**answers: str) -> Walk:
    """One first violation, its conditions answered."""
    walk = Walk(
        "first_time_case", "2022-08-10", starter=HANDLER, party="甲商店", list_item="SW-1", found_on="2022-08-09", facts="……"
    )
    walk.do("number_case", number="SW-SCJG-2022-001")
    walk.do("check_record", tables={"power_items": [LISTED], "first_time_cases": [EARLIER]})
    conditions(walk, **answers)
    return walk


def conditions(walk: Walk, **answers: str) -> None:
    """Answer the three conditions; each is met unless *answers* say otherwise."""
    met = {"first_time": "是", "is_minor": "是", "corrected": "是", "corrected_on": "2022-08-10", "query_note": "……"}
    walk.do("check_conditions", **met | {"minor_note": "……", "repeat_note": "同名不同人。", "photos": []} | answers)


def not_first() -> Walk:
    """One whose party was let off a year ago."""
    return found(first_time="否")


def unlawful() -> Walk:
    """One that the legal office sends back for more, and then refuses."""
    walk = found()
    walk.do("legal_review", decision="退回补充", legal_opinion="……")
    conditions(walk)
    walk.do("legal_review", decision="不适用", legal_opinion="……")
    return walk


def decided(decision: str) -> Walk:
    """One that the legal office lets pass and the leader decides."""
    walk = found()
    walk.do("legal_review", decision="适用", legal_opinion="……")
    walk.do("approve_case", decision=decision, note="……")
    return walk


def not_approved() -> Walk:
    """One that the leader refuses."""
    return decided("不批准")


def let_off(visit_result: str = "保持改正") -> Walk:
    """One let off with a lesson, visited and found in order."""
    walk = decided("批准")
    walk.do("issue_decision", doc_no="鞍市监不罚决〔2022〕1号", letter_file=None, letter_pdf=None)
    walk.do("serve_case", served_on="2022-08-10", served_how="直接送达", educators="……", education="……", promise=[])
    walk.do("revisit", visited_on="2022-08-30", visit_result=visit_result, visit_note="……", visit_photos=[])
    return walk


def fell_back() -> Walk:
    """One let off and found in disorder again."""
    walk = let_off("没有保持改正")
    walk.do("warn")
    return walk


SCENES = (published, replaced, as_planned, off_plan, not_first, unlawful, not_approved, let_off, fell_back)
