"""Scenes of P07 after the answer and of P08: the check, the call, the objection, what stays unresolved, and old cases."""

from tests.packs.complaints import FILED
from tests.packs.stage import Walk

DELIVERED = {
    "complaint_no": FILED["complaint_no"], "title": FILED["title"], "unit": "SCJG", "lead_org": "SCJG",
    "lead_name": "市市场监督管理局", "redo_count": 0, "verdict": "属实", "replied_on": "2022-08-20", "recused": [],
    "respondent_org": "SCJG", "receiver_group": "unit_liaison@SCJG",
}  # fmt: skip
HAPPY = {"attitude": "满意", "efficiency": "满意", "result_rating": "满意", "solved": "已解决"}
UNHAPPY = {
    "attitude": "满意",
    "efficiency": "满意",
    "result_rating": "不满意",
    "solved": "未解决",
    "dissatisfied_reason": "未解决诉求",
}
PLAN = {
    "unresolved_reason": "……",
    "unresolved_leader": "武雪松",
    "unresolved_due": "2022-11-30",
    "roadmap": "……",
    "next_date": "2022-09-20",
}
OLD = {
    "backlog_no": "QL-2022-001", "unit": "SCJG", "unit_name": "市市场监督管理局", "key_field": "K01", "source_channel": "12345",
    "external_no": "1", "title": "……", "matter": "……", "received_on": "2022-03-01",
}  # fmt: skip
CLAIMED = {"resp_dept": "稽查支队", "resp_person": "张伟", "resp_leader": "佟建国", "due_date": "2022-10-31", "measures": "……"}


def visit(**facts: object) -> Walk:
    """Deliver an answer whose quality is good."""
    walk = Walk("complaint_visit", "2022-08-22", **DELIVERED | facts)
    walk.do("check_quality", decision="通过")
    return walk


def content() -> Walk:
    """Reached at the second call, content."""
    walk = visit()
    walk.do("call_back", contact_result="未接")
    walk.wait(days=1)
    walk.do("call_back", contact_result="接通", **HAPPY)
    return walk


def of_poor_quality() -> Walk:
    """Sent back by the office before anybody calls."""
    walk = Walk("complaint_visit", "2022-08-22", **DELIVERED)
    walk.do("check_quality", decision="退回重办", note="答非所问")
    return walk


def never_reached() -> Walk:
    """Three attempts, nobody reached."""
    walk = visit()
    for _ in range(3):
        walk.do("call_back", contact_result="未接")
        walk.wait(days=3)
    return walk


def rated_online() -> Walk:
    """The complainant says online that all is well."""
    walk = visit()
    walk.receive("rated", **HAPPY)
    return walk


def wants_it_again() -> Walk:
    """The complainant asks online for it to be done again; the unit does not object."""
    walk = visit()
    walk.receive("redo_asked_online", dissatisfied_reason="没有解决")
    walk.do("appeal", decision="不申诉,重新办理")
    return walk


def objected(decision: str, redo_count: int) -> Walk:
    """The unit objects to the complainant's discontent."""
    walk = visit(redo_count=redo_count)
    walk.do("call_back", contact_result="接通", **UNHAPPY)
    walk.do("appeal", decision="提出申诉", appeal_reason="诉求超出法律规定。")
    walk.do("decide_appeal", decision=decision, note="……")
    return walk


def objection_holds() -> Walk:
    """The objection holds."""
    return objected("申诉成立", 0)


def objection_fails() -> Walk:
    """The objection fails after it has been done again already."""
    return objected("申诉不成立", 1)


def stays_unresolved() -> Walk:
    """Listed, once sent back, reported on for two months, resolved."""
    walk = Walk("complaint_unresolved", "2022-08-22", **DELIVERED)
    for decision in ("退回", "同意"):
        walk.do("plan_solution", **PLAN)
        walk.do("approve_solution", decision=decision, note="……")
    walk.do("report_month", month_progress="……", unresolved_result="继续办理", next_month="2022-10-20")
    walk.do("report_month", month_progress="……", unresolved_result="已解决", solved_note="……")
    return walk


def imported() -> Walk:
    """R042: old cases are listed and handed out."""
    walk = Walk("backlog_import", "2022-07-20")
    walk.do("list_backlog")
    walk.do("collect", rows=[OLD | {"key": "QL-2022-001"}, OLD | {"key": "QL-2022-002"}])
    return walk


def nothing_imported() -> Walk:
    """R042: there are none."""
    walk = Walk("backlog_import", "2022-07-20")
    walk.do("list_backlog")
    walk.do("collect", rows=[])
    return walk


def cleared() -> Walk:
    """R043-R045: worked on week by week, put on the list of what stays open, checked twice, struck off."""
    walk = Walk("backlog_clear", "2022-07-21", **OLD)
    walk.do("claim", **CLAIMED)
    walk.do("work", week_result="继续办理", progress="……")
    walk.do("work", week_result="转入未办结工作台账", progress="……")
    walk.do("explain", unresolved_reason="……", case_leader="武雪松", new_due="2023-03-31", roadmap="……")
    walk.do("approve_hanging", decision="同意")
    for decision in ("退回办理", "同意销号"):
        walk.do("work", week_result="已办结", progress="……", result="……", evidence=["a"])
        walk.do("verify", decision=decision, verify_note="……", note="……")
    walk.do("number_closure", number="XH-2022-0099")
    return walk


SCENES = (
    content, of_poor_quality, never_reached, rated_online, wants_it_again, objection_holds, objection_fails, stays_unresolved,
    imported, nothing_imported, cleared,
)  # fmt: skip
