"""Scenes of P16: the register, application, yearly review, expiry, suspension and cancellation of certificates."""

from tests.packs.stage import Walk, pack

STARTER = {"starter": {"unit": "SCJG", "role": "unit_liaison", "login": "limin"}}
OFFICER = {"key": "ZF2103-0001", "cert_no": "ZF2103-0001", "name": "张伟", "login": "zhangwei", "unit": "SCJG", "state": "有效"}
APPLICANT = {"applicant_name": "高文博", "applicant_id": "……", "dept": "执法一科", "duty": "科员", "tenure": "行政",
             "kind": "行政执法证", "scope": "市场监督管理", "education": "大学本科", "appointment": ["a1"]}  # fmt: skip
DRAFT = {"cert_no": "ZF2103-0001", "reason_text": "……", "basis": "……", "suspend_days": 30, "training_plan": "……"}
DUE = {
    "cert_no": "ZF2103-0001",
    "reason": "重复检查",
    "days": 30,
    "basis": "……",
    "source": "问题线索",
    "source_no": "XS-2022-0003",
}


def roll_built() -> Walk:
    """R064: the roll is read, checked and entered."""
    walk = Walk("officer_roll", "2022-07-18", roll_date="2022-07-15")
    walk.do("read_roll", rows=pack().reference("officers"))
    walk.do("check_roll", roll_note="……")
    walk.do("write_roll", written=[])
    return walk


def examined(*scores: int) -> Walk:
    """An applicant is eligible after completing the papers, is trained and sits the examination."""
    walk = Walk("cert_apply", "2022-07-20", **STARTER | APPLICANT)
    walk.do("check_eligibility", decision="补正", note="……")
    walk.do("supplement", **APPLICANT)
    walk.do("check_eligibility", decision="符合")
    walk.do("register_training", training_hours=44, trained_on="2022-07-29", training_proof=["a2"])
    for score in scores:
        walk.do("register_exam", exam_no="……", exam_on="2022-08-05", exam_score=score)
    return walk


def cert_issued() -> Walk:
    """R064: the second examination is passed, the certificate issued for five years."""
    walk = examined(52, 71)
    walk.do("issue_cert", issued_on="2022-08-10", valid_until="2027-08-10")
    walk.do("number_cert", number="ZF2103-2022-001")
    walk.do("enter_register", written=["ZF2103-2022-001"])
    return walk


def cert_not_issued() -> Walk:
    """Whoever fails twice gets none."""
    return examined(52, 58)


def not_eligible() -> Walk:
    """Whoever is not in formal service cannot apply."""
    walk = Walk("cert_apply", "2022-07-20", **STARTER | APPLICANT)
    walk.do("check_eligibility", decision="不符合", note="不在编在职")
    return walk


def review_sent() -> Walk:
    """R064: on 15 November each unit gets its own officers to review."""
    walk = Walk("cert_review", "2022-11-15")
    walk.do("read_valid", rows=[OFFICER | {"training_hours": 44}, OFFICER | {"key": "X", "unit": "JTJ", "training_hours": 8}])
    return walk


def reviewed(hours: int, *suspend: str) -> Walk:
    """A unit fills in its review, which is sent back once."""
    rows = [{"cert_no": "ZF2103-0001", "name": "张伟", "hours": hours, "law_hours": 4, "assessment": "合格"}]
    walk = Walk("cert_review_unit", "2022-11-15", unit="SCJG", year=2022, reviews=rows)
    for decision in ("退回", "通过"):
        walk.do("fill_review", reviews=rows, unit_name="市市场监督管理局")
        walk.do("check_review", decision=decision, note="……", to_suspend=list(suspend))
    walk.do("write_review", written=[])
    return walk


def review_passed() -> Walk:
    """Everybody has the hours."""
    return reviewed(44)


def review_not_passed() -> Walk:
    """A person decides to propose a suspension; the system only lists who falls short."""
    return reviewed(8, "ZF2103-0001")


def nothing_expired() -> Walk:
    """A month without a certificate running out."""
    walk = Walk("cert_expiry", "2022-07-01")
    walk.do("read_expired", rows=[])
    return walk


def some_expired() -> Walk:
    """R065: what has run out is marked, and the unit told."""
    walk = Walk("cert_expiry", "2022-08-01")
    walk.do("read_expired", rows=[OFFICER])
    walk.do("mark_expired", written=["ZF2103-0001"])
    walk.do("tell_expired")
    return walk


def proposed(begin_at: str = "suspension_due", **facts: object) -> Walk:
    """Draft a suspension and let it pass the legal review."""
    walk = Walk("cert_suspend", "2022-07-25", begin_at=begin_at, **{"suspend_no": "ZK-2022-001"} | DUE | facts)
    walk.do("look_up_officer", rows=[OFFICER])
    for decision in ("退回", "通过"):
        walk.do("draft_suspension", action=walk.variables["action"], **DRAFT)
        walk.do("check_officer", rows=[OFFICER])
        walk.do("legal_check", decision=decision, note="……", legal_opinion="……")
    return walk


def suspended(begin_at: str = "suspension_due") -> Walk:
    """R052: the officer is heard, the director decides, the decision is served and the certificate taken in."""
    walk = proposed(begin_at)
    walk.do("hear_statement", statement_kind="无异议")
    walk.do("decide_suspension", decision="暂扣", signer="王建国")
    walk.do("number_decision", doc_no="鞍司扣决〔2022〕1号", issued_on="2022-07-25")
    walk.do("number_notice", doc_no="鞍司扣通〔2022〕1号")
    walk.do("serve_decision", served_on=walk.at.date(), served_how="直接送达", served_to="张伟", service_receipt=["a1"])
    walk.do("mark_suspended")
    walk.until("2022-08-21")
    return walk


def review(walk: Walk, proposal: str, days: int | None = None) -> None:
    """Look at the training three days before the end."""
    walk.do("review_suspension", trained_hours=20, review_note="……", proposal=proposal, extend_days=days)


def suspension_ended() -> Walk:
    """Restored on the day the suspension ends, not before."""
    walk = suspended()
    review(walk, "恢复")
    walk.until("2022-08-25")
    walk.do("mark_valid")
    return walk


def suspension_withdrawn() -> Walk:
    """Extended once by the director, then withdrawn; a first proposal is refused."""
    walk = suspended("suspension_wanted")
    review(walk, "收回")
    walk.do("approve_outcome", decision="不同意", note="……")
    review(walk, "延长", 10)
    walk.do("approve_outcome", decision="同意")
    walk.until("2022-09-01")
    review(walk, "收回")
    walk.do("approve_outcome", decision="同意")
    return taken_back(walk)


def taken_back(walk: Walk) -> Walk:
    """Issue the decision that takes a certificate back for good, serve it, and mark the register."""
    walk.do("number_withdrawal", doc_no="鞍司收决〔2022〕1号", issued_on="2022-09-01")
    walk.do("serve_withdrawal", served_on=walk.at.date(), served_how="直接送达", served_to="张伟", service_receipt=["a1"])
    walk.do("mark_withdrawn")
    return walk


def withdrawn_at_once() -> Walk:
    """A measure asks for the certificate itself: the officer is heard, and it is taken back without a suspension before."""
    walk = proposed(action="收回")
    walk.do("hear_statement", statement_kind="无异议")
    walk.do("decide_suspension", decision="收回", signer="王建国")
    return taken_back(walk)


def not_suspended() -> Walk:
    """Nobody says anything within five working days; the director sends it back, then decides against it."""
    walk = proposed()
    walk.until("2022-08-02")
    walk.do("decide_suspension", decision="退回", note="……")
    walk.do("draft_suspension", **DRAFT)
    walk.do("check_officer", rows=[OFFICER])
    walk.do("legal_check", decision="通过", legal_opinion="……")
    walk.do("hear_statement", statement_kind="陈述申辩", statement_text="……")
    walk.do("decide_suspension", decision="不予暂扣", note="……")
    return walk


def cancelled(decision: str = "注销") -> Walk:
    """Whoever leaves enforcement gives the certificate back."""
    walk = Walk("cert_cancel", "2022-07-26", cert_no="ZF2103-0001", cancel_kind="退休", **STARTER)
    walk.do("look_up_officer", rows=[OFFICER])
    walk.do("confirm_cancel", decision=decision, note="……", cert_collected=True)
    if decision == "注销":
        walk.do("mark_cancelled")
    return walk


def not_cancelled() -> Walk:
    """The report was a mistake."""
    return cancelled("不予注销")


def announced() -> Walk:
    """A certificate is reported lost, out of use at once, and its loss announced for ten working days."""
    walk = Walk("cert_lost", "2022-08-08", cert_no="ZF2103-0001", lost_no="YS-2022-001", lost_on="2022-08-05", **STARTER)
    walk.do("look_up_officer", rows=[OFFICER | {"valid_until": "2025-06-30"}])
    walk.do("mark_lost")
    walk.do("number_notice", doc_no="鞍司遗公〔2022〕1号", issued_on="2022-08-08")
    walk.do("publish_notice", published_on="2022-08-08", channels=["门户网站"])
    walk.until("2022-08-23")
    return walk


def cert_replaced() -> Walk:
    """R064: a new one with a new number, valid as long as the lost one was."""
    walk = announced()
    walk.do("review_lost", decision="补发")
    walk.do("number_cert", number="ZF2103-2022-002")
    walk.do("mark_replaced")
    walk.do("enter_register", written=["ZF2103-2022-002"])
    return walk


def cert_found() -> Walk:
    """It is found, and valid again."""
    walk = announced()
    walk.do("review_lost", decision="已找回")
    walk.do("mark_found")
    return walk


def cert_not_replaced() -> Walk:
    """Nobody needs it any more."""
    walk = announced()
    walk.do("review_lost", decision="不予补发", note="……")
    walk.do("mark_refused")
    return walk


SCENES = (
    roll_built, cert_issued, cert_not_issued, not_eligible, review_sent, review_passed, review_not_passed, nothing_expired,
    some_expired, suspension_ended, suspension_withdrawn, withdrawn_at_once, not_suspended, cancelled,
    not_cancelled, cert_replaced, cert_found, cert_not_replaced,
)  # fmt: skip
