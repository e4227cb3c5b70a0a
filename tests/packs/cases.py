"""Scenes of P13 and P18: typical cases with their batches and self-checks, and files of cases drawn by lot and scored blind."""

from tests.packs.stage import Walk, pack

WANTED = {
    "case_no": "AL-2022-001",
    "kind": "问题案例",
    "about_unit": "SCJG",
    "domain_code": "D01",
    "source": "督导",
    "summary": "……",
}
TEXTS = {"title": "……", "keywords": "……", "case_facts": "……", "handling": "……", "meaning": "……"}
NAMED = [{"where": "基本案情", "kind": "人员姓名", "text": "张伟", "around": "……"}]
WAITING = [{"key": "AL-2022-001", **TEXTS}, {"key": "AL-2022-002", **TEXTS}]
PLAN = {"plan_no": "PC-2022-01", "plan_title": "……", "files_per_unit": 2, "plan_units": ["SCJG", "JTJ"], "list_due": "2022-10-17",
        "score_due": "2022-11-04", "case_kinds": ["行政处罚"], "case_year": 2022}  # fmt: skip
LIST = {"unit": "SCJG", "unit_name": "市市场监督管理局", **{name: PLAN[name] for name in ("plan_no", "plan_title", "list_due")}}
FILE = {"key": "AJ-PC-2022-01-SCJG-01", "unit": "SCJG", "case_no": "……", "case_kind": "行政处罚", "filed_on": "2022-01-10",
        "decided_on": "2022-03-01", "is_major": "否", "legal_reviewed": "否", "hearing_needed": "否",
        "hearing_told": "否"}  # fmt: skip
LATE = {"decided_on": "2022-05-20", "is_major": "是", "hearing_needed": "是"}
DRAWN = {"casefile_no": FILE["key"], "plan_no": "PC-2022-01", "unit": "SCJG", "score_due": "2022-11-04", "order": 3}


def written(walk: Walk) -> Walk:
    """Write a case; the scan finds nothing."""
    walk.do("write_case", **TEXTS)
    walk.do("scan_case", found=[])
    return walk


def case_cleared() -> Walk:
    """Write a case in which the scan finds a name, and take it out."""
    walk = Walk("typical_case", "2022-08-01", **WANTED)
    walk.do("write_case", **TEXTS)
    walk.do("scan_case", found=NAMED)
    walk.do("clear_case", **TEXTS)
    walk.do("scan_case", found=[])
    return walk


def case_published() -> Walk:
    """R047: the unit objects, law, secrecy and the director send it back once each; then it waits for its batch."""
    walk = case_cleared()
    walk.do("check_facts", facts_answer="有异议", facts_objection="……")
    for step in ("legal_check", "check_secrecy", "approve_case"):
        written(walk).do("check_facts", facts_answer="无异议")
        for name, yes in (("legal_check", "通过"), ("check_secrecy", "通过"), ("approve_case", "同意发布")):
            walk.do(name, decision="退回" if name == step else yes, note="……", legal_opinion="……")
            if name == step:
                break
    written(walk)
    walk.until("2022-09-09")
    for name, yes in (("legal_check", "通过"), ("check_secrecy", "通过"), ("approve_case", "同意发布")):
        walk.do(name, decision=yes, legal_opinion="……")
    walk.receive("case_published", batch_name="第一批", batch_seq=1, published_on="2022-09-15", channels=["门户网站"])
    return walk


def batch_published() -> Walk:
    """R047: at the end of the quarter what waits is put together, sent back once, and published."""
    walk = Walk("typical_case_batch", "2022-09-10", begin_at="quarter_ends")
    walk.do("read_waiting", rows=WAITING)
    for decision in ("退回", "发布"):
        walk.do("compose_batch", batch_name="第一批", chosen_cases=["AL-2022-002", "AL-2022-001"], channels=["门户网站"])
        walk.do("read_chosen", rows=WAITING)
        walk.do("review_batch", decision=decision, note="……", published_on="2022-09-15")
    walk.do("issue_collection")
    return walk


def nothing_to_publish() -> Walk:
    """Nothing waits: the office is reminded."""
    walk = Walk("typical_case_batch", "2022-12-12", begin_at="batch_wanted", batch_reason="……")
    walk.do("read_waiting", rows=[])
    walk.do("remind")
    return walk


def self_check(found: str, *similar: dict[str, str]) -> Walk:
    """R046: a unit holds a batch against its own work."""
    walk = Walk("case_self_check", "2022-09-15", unit="SCJG", unit_name="……", unit_type="市直部门", batch_name="第一批")
    walk.do("check_self", has_similar=found, checked_how="……", similar=list(similar))
    return walk


def nothing_similar() -> Walk:
    """Nothing of the kind there."""
    return self_check("无")


def something_similar() -> Walk:
    """What is of the kind becomes a problem of its own."""
    return self_check("有", {"domain_code": "D01", "problem_type": "B1", "description": "……"})


def files_drawn() -> Walk:
    """The director sends the plan back once, then says the seed; what was listed by the date is drawn by lot."""
    walk = Walk("casefile_review", "2022-10-10", **PLAN)
    walk.do("approve_plan", decision="退回", note="……")
    walk.do("revise_plan", **PLAN)
    walk.do("approve_plan", decision="同意", draw_seed="402817")
    walk.until("2022-10-18")
    walk.do("read_lists", rows=[FILE, FILE | {"key": "AJ-PC-2022-01-JTJ-01", "unit": "JTJ"}])
    walk.do("draw_files", drawn=[FILE | {"draw_mark": "0a"}], drawn_of=2)
    walk.do("mark_drawn", written=[FILE["key"]])
    walk.do("confirm_draw", witnesses=["刘静", "韩丹"])
    return walk


def list_filed() -> Walk:
    """A unit lists its cases in time; those that are drawn are started one by one."""
    walk = Walk("casefile_list", "2022-10-11", **LIST)
    walk.do("fill_list", cases=[FILE | {"cause": "……", "party": "某商行", "handlers": ["ZF2103-0001", "ZF2103-0002"]}])
    walk.do("write_list", written=[FILE["key"]])
    walk.receive("files_drawn", score_due="2022-11-04", files=[{"casefile_no": FILE["key"], "draw_mark": "0a", "order": 1}])
    return walk


def list_missing() -> Walk:
    """Who lists nothing by the date is not waited for."""
    walk = Walk("casefile_list", "2022-10-11", **LIST)
    walk.until("2022-10-18")
    walk.do("tell_office")
    return walk


def sheet(*deducted: float) -> list[dict[str, object]]:
    """Fill in a score sheet with what is taken off its first items."""
    items = pack().reference("casefile_items")
    taken = [*deducted, *[0] * (len(items) - len(deducted))]
    return [{"code": i["code"], "name": i["name"], "full": int(i["full"]), "deduct": d, "why": "……"}
            for i, d in zip(items, taken, strict=True)]  # fmt: skip


def opened(first: tuple[float, ...], second: tuple[float, ...], vetoes: tuple[str, ...] = (), **facts: str) -> Walk:
    """Hand a file in and score it twice; the scores come out when both are in."""
    walk = Walk("casefile", "2022-10-19", **DRAWN)
    walk.do("read_file", rows=[FILE | facts])
    walk.do("hand_in", casefile_scan=["a1"], casefile_pages=40)
    walk.do("first_score", score_items=sheet(*first), vetoes=[], score_note="……")
    walk.do("second_score", score_items=sheet(*second), vetoes=list(vetoes), score_note="……")
    handed = {"first_score": {"score_items": sheet(*first), "vetoes": None}, "second_score": {"score_items": sheet(*second)}}
    handed["second_score"]["vetoes"] = list(vetoes)
    walk.do("open_scores", handed_in=handed)
    return walk


def file_graded() -> Walk:
    """Both say much the same, the unit does not object in time."""
    walk = opened((2, 3), (1, 2))
    walk.until("2022-10-26")
    return walk


def file_failed() -> Walk:
    """They differ, a third looks too; the unit has nothing to say, and a problem and a letter follow."""
    walk = opened((2,), (9, 8, 12), ("程序违法",), **LATE)
    walk.do("third_score", score_items=sheet(8, 6, 10), vetoes=["程序违法"], score_note="……")
    walk.do("state_case", statement_kind="无异议")
    walk.do("handle_failed", failed_step="按新问题交办", failed_letter="监督意见书")
    return walk


def file_known() -> Walk:
    """A file that is full of mistakes, by both; the problem is on the list already, and no letter follows."""
    walk = opened((10, 8, 20, 12), (10, 8, 20, 10))
    walk.do("state_case", statement_kind="无异议")
    walk.do("handle_failed", failed_step="已列入问题清单", known_problem_no="WT-SCJG-2022-1-003", failed_letter="不发文书")
    return walk


def file_upheld() -> Walk:
    """The unit objects, and the office corrects the score."""
    walk = opened((4, 6), (5, 5))
    walk.do("state_case", statement_kind="申辩", statement_text="……")
    walk.do("answer_statement", answer="调整", new_score=93, answer_note="……")
    return walk


SCENES = (
    case_published, batch_published, nothing_to_publish, nothing_similar, something_similar, files_drawn, list_filed,
    list_missing, file_graded, file_failed, file_known, file_upheld,
)  # fmt: skip
