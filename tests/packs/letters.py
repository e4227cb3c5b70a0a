"""Scenes of P04 and P11: the second list with its closure ledger, and letters of supervision."""

from tests.packs.stage import Reference, Walk, pack, without

DEADLINES = {row["code"]: row["date"] for row in pack().reference("milestones")}
UNIT = {"unit": "JTJ", "unit_name": "市交通运输局", "unit_type": "市直部门", "deadlines": DEADLINES}
OPEN = [{"key": "WT-JTJ-2022-1-001", "round_no": 1, "last_verdict": "基本到位"}, {"key": "WT-JTJ-2022-1-002", "round_no": 1}]
SUMMARY = {"closure_summary": "……", "filler": "甲", "filler_phone": "0412-5510000"}
CAUSE = {"unit": "JTJ", "cause": "督导", "facts": "……", "problem_nos": ["WT-JTJ-2022-1-001"], "source_no": "DD-2022-2-JTJ"}
DRAFT = {
    "kind": "监督函", "title": "……", "cause": "督导", "facts": "……", "issues": [{"text": "……"}], "legal_basis": "……",
    "requirements": [{"text": "……"}], "reply_days": 15, "contact": "刘静", "contact_phone": "0412-5512028",
}  # fmt: skip


def enhancement(rows: list[dict[str, object]], reference: Reference | None = None, **facts: object) -> Walk:
    """Begin the second self-correction with what is open after the feedback."""
    walk = Walk("enhancement", "2022-08-01", reference, **UNIT | facts)
    walk.receive("feedback_settled", outcome="限期整改")
    walk.do("collect_open", rows=rows)
    walk.do("mark_second", written=[row["key"] for row in rows])
    if rows:
        walk.do("freeze_second", snapshot_code="AB12CD34")
        walk.do("send_second")
    walk.until("2022-08-16")
    return walk


def closure_filed() -> Walk:
    """R087: the second list, then the closure ledger, signed and sealed; sent back once."""
    walk = enhancement(OPEN)
    for result in ("退回", "已接收"):
        walk.do("compile_closure", **SUMMARY)
        walk.do("submit_closure", submission_result=result, submitted_at="2022-08-18T10:00:00+08:00", attempt_no=1)
    return walk


def county_checks_first() -> Walk:
    """R087: a county's ledger is checked by its own justice bureau, which sends it back once."""
    walk = enhancement(OPEN, unit="HC", unit_type="县市区")
    for decision in ("退回", "通过"):
        walk.do("compile_closure", **SUMMARY)
        walk.do("county_check", decision=decision, county_note="……", note="缺佐证")
    walk.do("submit_closure", submission_result="已接收", submitted_at="2022-08-19T10:00:00+08:00", attempt_no=1)
    return walk


def nothing_open_and_nothing_sealed() -> Walk:
    """Nothing is left, and sealing is switched off: the ledger stays with the unit."""
    walk = enhancement([], without("CLOSURE_SEAL"))
    walk.do("compile_closure", **SUMMARY)
    return walk


def no_feedback() -> Walk:
    """No feedback has come by 12 August: the unit does not wait for it."""
    walk = Walk("enhancement", "2022-08-01", **UNIT)
    walk.until("2022-08-13")
    walk.do("collect_open", rows=OPEN)
    walk.do("mark_second", written=[])
    walk.do("freeze_second", snapshot_code="AB12CD34")
    walk.do("send_second")
    walk.until("2022-08-17")
    walk.do("compile_closure", **SUMMARY)
    walk.do("submit_closure", submission_result="已接收", submitted_at="2022-08-22T10:00:00+08:00", attempt_no=1)
    return walk


def drafted(walk: Walk) -> Walk:
    """Register and draft a letter."""
    walk.do("register_letter", number="JDWS-2022-001")
    walk.do("draft_letter", **DRAFT | {"kind": walk.variables["kind"]})
    return walk


def issued(walk: Walk) -> Walk:
    """Check, review, sign, number, seal and serve a drafted letter."""
    walk.do("check_letter", decision="同意")
    walk.do("legal_check", decision="通过", legal_opinion="……")
    walk.do("sign_letter", decision="签发", signer="王建国")
    walk.do("number_letter", doc_no="鞍执法监督函〔2022〕1号", issued_on="2022-09-15")
    walk.do("seal_letter", sealed_scan=["a1"], sealed_on="2022-09-15")
    walk.do("receive_letter", received_by="甲")
    return walk


def replied(walk: Walk, recheck: str) -> Walk:
    """Reply, and let two people look again."""
    walk.do("reply_letter", reply_kind="整改反馈", carried="……", reply_signer="甲", reply_scan=["a2"])
    walk.do("recheck_reply", recheckers=["甲", "乙"], recheck=recheck, recheck_note="……")
    return walk


def letter() -> Walk:
    """Take a letter for an inspection's verdict to its receipt."""
    return issued(drafted(Walk("supervision_letter", "2022-09-14", begin_at="letter_due", **CAUSE)))


def letter_answered() -> Walk:
    """R094: sent back by everybody once, half in place first, then in place."""
    walk = drafted(Walk("supervision_letter", "2022-09-14", begin_at="letter_due", **CAUSE))
    walk.do("check_letter", decision="退回", note="……")
    walk.do("draft_letter", **DRAFT)
    walk.do("check_letter", decision="同意")
    walk.do("legal_check", decision="退回", note="……")
    walk.do("draft_letter", **DRAFT)
    walk.do("check_letter", decision="同意")
    walk.do("legal_check", decision="通过")
    walk.do("sign_letter", decision="退回", note="……")
    walk.do("draft_letter", **DRAFT)
    return replied(replied(issued(walk), "部分到位"), "整改到位")


def letter_escalated() -> Walk:
    """R094: not in place, an interview follows, and in the end it is passed on."""
    walk = replied(letter(), "不到位")
    walk.do("decide_measure", measure="约谈", measure_note="……")
    walk = replied(issued(drafted(walk)), "不到位")
    walk.do("decide_measure", measure="移送", measure_note="……")
    return walk


def letter_overdue() -> Walk:
    """Nobody signs for it, nobody answers: urged, given five days more, answered."""
    walk = drafted(Walk("supervision_letter", "2022-09-14", begin_at="letter_wanted", letter_kind="督办函", **CAUSE))
    walk.do("check_letter", decision="同意")
    walk.do("legal_check", decision="通过")
    walk.do("sign_letter", decision="签发", signer="王建国")
    walk.do("number_letter", doc_no="鞍执法督办函〔2022〕1号", issued_on="2022-09-15")
    walk.do("seal_letter", sealed_scan=["a1"], sealed_on="2022-09-15")
    walk.until("2022-09-17")
    walk.do("urge_receipt")
    walk.do("receive_letter", received_by="甲")
    walk.until("2022-10-22")
    walk.do("decide_measure", measure="无", measure_note="继续反馈")
    return replied(walk, "整改到位")


def letter_disputed(result: str) -> Walk:
    """The unit objects within seven days; the director looks again."""
    walk = letter()
    walk.do("reply_letter", reply_kind="提出异议", dispute="……", reply_signer="甲", reply_scan=["a2"])
    walk.do("review_dispute", dispute_result=result, dispute_note="……")
    return walk


def letter_withdrawn() -> Walk:
    """The objection holds."""
    return letter_disputed("撤销")


def letter_changed() -> Walk:
    """The letter is drafted anew."""
    walk = letter_disputed("变更")
    walk.do("draft_letter", **DRAFT)
    return replied(issued(walk), "整改到位")


def letter_upheld() -> Walk:
    """The letter stands."""
    return replied(letter_disputed("维持"), "整改到位")


def letter_extended() -> Walk:
    """P15: more time is asked for and given once; refused, the old day stands; then the unit answers."""
    walk = letter()
    for result, due in (("不同意", "2022-09-29"), ("同意", "2022-10-14")):
        walk.do("reply_letter", reply_kind="申请延期")
        walk.receive("extension_answered", extension_result=result, new_due=due)
    return replied(walk, "整改到位")


SCENES = (
    closure_filed, county_checks_first, nothing_open_and_nothing_sealed, no_feedback, letter_answered, letter_escalated,
    letter_overdue, letter_withdrawn, letter_changed, letter_upheld, letter_extended,
)  # fmt: skip
