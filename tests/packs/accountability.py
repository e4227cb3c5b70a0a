"""Scenes of P12: clues from their registration to what is done about them, papers about people, and circulars."""

from tests.packs.stage import Walk

FOUND = {"source": "督导", "problem_no": "WT-JTJ-2022-1-001", "unit": "JTJ", "unit_name": "市交通运输局",
         "summary": "认定虚假整改", "clue_no": "XS-2022-0001"}  # fmt: skip
BY_HAND = {"source": "媒体舆情", "respondent_unit": "SCJG", "respondent_officer": "张某", "kind": "乱作为", "facts": "……",
           "clue_no": "XS-2022-0002"}  # fmt: skip
PERSON = {"respondent_name": "张某", "respondent_login": "zhangwei", "cert_no": "ZF2103-0001", "nature": "乱作为"}
MEASURE = {"measure_no": "WZ-2022-001", "clue_no": "XS-2022-0002", "respondent_unit": "SCJG", "respondent_name": "张某",
           "respondent_unit_name": "市市场监督管理局", "respondent_login": "zhangwei", "cert_no": "ZF2103-0001",
           "check_summary": "……"}  # fmt: skip
PAPER = {"paper_title": "……", "paper_facts": "……", "paper_basis": "……", "suggestion": "……"}
TRANSFER = {
    "transfer_to": "市纪委监委",
    "clue_text": "……",
    "evidence": [{"name": "案卷", "copies": 1, "pages": 20, "original": "原件"}],
}
CHECK = {"checkers": ["刘静", "周明"], "check_summary": "……", "check_methods": ["调阅案卷"]}
CIRCULAR = {"circular_no": "TB-2022-001", "circular_kind": "通报批评", "about_unit": "SCJG", "facts": "……"}
DRAFT = {"circular_kind": "通报批评", "scope": "全市", "title": "……", "facts": "……", "decision_text": "……",
         "requirements": [{"text": "……"}], "is_minor": True}  # fmt: skip


def reviewed(result: str, begin_at: str = "clue_found", rows: tuple[object, ...] = (), **facts: object) -> Walk:
    """Register a clue and look whether it is worth anything and known already."""
    walk = Walk("clue_handle", "2022-08-08", begin_at=begin_at, **(FOUND if begin_at == "clue_found" else BY_HAND))
    walk.do("find_similar", rows=list(rows))
    walk.do("review_clue", review_result=result, review_note="……", **{"integrity": False} | PERSON | facts)
    return walk


def clue_shelved() -> Walk:
    """Nothing in it."""
    return reviewed("存查")


def clue_merged() -> Walk:
    """It is known already."""
    return reviewed("并入已有线索", merge_into="XS-2022-0001")


def clue_kept() -> Walk:
    """The director decides to leave it."""
    walk = reviewed("提请处置")
    walk.do("decide_route", route_decision="存查", route_note="……")
    return walk


def closed(walk: Walk) -> Walk:
    """Carry the measures out, tell the source nothing but that it was dealt with, and file it."""
    walk.do("take_measures", state="已落实")
    while "take_measures" in walk.waits_at:
        walk.do("take_measures")
    walk.do("settle_clue", fed_back_on="2022-09-20", fed_back_how="系统内")
    return walk


def clue_transferred() -> Walk:
    """R053: a matter of integrity is decided and transferred, and not checked."""
    walk = reviewed("提请处置", integrity=True)
    walk.do("decide_route", route_decision="移送纪检监察机关", route_note="……")
    return closed(walk)


def clue_checked() -> Walk:
    """R049: two people check, ask for longer once, and once more at the director's wish; several measures follow."""
    walk = reviewed("提请处置", "clue_wanted")
    walk.do("decide_route", route_decision="两人以上核查", route_note="……")
    walk.do("check_clue", check_step="申请延长15个工作日", **CHECK)
    walk.do("approve_longer", decision="同意")
    for step in ("补充核查", "确定处理措施"):
        walk.do("check_clue", check_step="核查完毕", finding="属实", severity="较重", integrity=False, **CHECK)
        walk.do("decide_measures", measures_step=step, measures=["暂扣执法证件", "调岗建议"], minutes_no="……", measures_note="……")
    return closed(walk)


def measure(kind: str) -> Walk:
    """Begin one measure."""
    return Walk("accountability_measure", "2022-08-30", measure=kind, **MEASURE)


def nothing_done() -> Walk:
    """Nothing can be proved."""
    return measure("不予问责")


def circular_proposed() -> Walk:
    """R051: a circular goes its own way."""
    return measure("通报批评")


def suspension_proposed() -> Walk:
    """R052: a suspension goes its own way."""
    return measure("暂扣执法证件")


def withdrawal_proposed() -> Walk:
    """R052: taking a certificate back goes the way of a suspension, for good."""
    return measure("收回执法证件")


def written(kind: str, **answer: object) -> Walk:
    """Write a paper to the unit's leader, which the director signs, and let the unit answer it."""
    walk = measure(kind)
    walk.do("draft_paper", **PAPER)
    walk.do("sign_paper", decision="签发", signer="王建国")
    walk.receive("paper_answered", carried_out="……", **answer)
    return walk


def reproved() -> Walk:
    """R050: the unit reproves somebody for half a year."""
    return written("诫勉", effective_on="2022-09-05", effect_end="2023-03-05")


def trained_off_the_post() -> Walk:
    """R050: somebody is trained off the post while the certificate is suspended."""
    return written("离岗培训", effective_on="2022-09-05", effect_end="2022-09-09", trained_hours=24)


def reassignment_answered() -> Walk:
    """R052: the paper goes to the unit's leader after the director has sent it back once; the answer comes by itself."""
    walk = measure("调岗建议")
    for decision in ("退回", "签发"):
        walk.do("draft_paper", **PAPER)
        walk.do("sign_paper", decision=decision, note="……", signer="王建国")
    walk.receive("paper_answered", party_decision="采纳,调离执法岗位", carried_out="……", effective_on="2022-09-20")
    return walk


def transfer_tracked() -> Walk:
    """R053: sent back once, handed over against a receipt, followed until the competent body tells its result."""
    walk = measure("移送纪检监察机关")
    for decision in ("退回", "签发"):
        walk.do("draft_transfer", **TRANSFER)
        walk.do("sign_transfer", decision=decision, note="……", signer="王建国")
    walk.do("number_transfer", doc_no="鞍司移〔2022〕1号", issued_on="2022-09-02")
    walk.do("register_receipt", transferred_on="2022-09-02", received_by="……", receipt_no="……", receipt_file=["a1"])
    for result in ("立案", "政务处分"):
        walk.do("track_result", result=result, result_on="2022-11-30", sanction="警告", result_doc="……")
    return walk


def delivered(kind: str = "调岗建议") -> Walk:
    """Number a paper about somebody and give it to the leader of the unit."""
    walk = Walk("measure_letter", "2022-08-30", unit="SCJG", unit_name="市市场监督管理局", measure=kind, **MEASURE | PAPER)
    walk.do("issue_paper", doc_no="鞍整治办调〔2022〕1号", issued_on="2022-08-30")
    return walk


def paper_carried_out() -> Walk:
    """The unit's leader answers within the time."""
    walk = delivered()
    walk.do("carry_out", carried_out="……", party_decision="采纳,调离执法岗位", effective_on="2022-09-20")
    return walk


def reproof_answered() -> Walk:
    """Whoever is reproved is so for six months from the day of the talk."""
    walk = delivered("诫勉")
    walk.do("carry_out", carried_out="……", talker="党组书记", talked_on="2022-09-05", carried_files=["a1"])
    return walk


def training_answered() -> Walk:
    """Training off the post is answered with its days, hours and result."""
    walk = delivered("离岗培训")
    walk.do("carry_out", carried_out="……", trained_from="2022-09-05", trained_until="2022-09-09", trained_hours=24)
    return walk


def paper_not_answered() -> Walk:
    """Nobody answers for thirty days: the contact is told, the paper stays with the unit."""
    walk = delivered()
    walk.until("2022-10-01")
    walk.do("tell_contact")
    walk.do("carry_out", carried_out="……", party_decision="不采纳")
    return walk


def drafted(begin_at: str) -> Walk:
    """Draft a circular, which comes back from the legal review once."""
    walk = Walk("circular", "2022-08-25", begin_at=begin_at, **CIRCULAR)
    for decision in ("退回", "通过"):
        walk.do("draft_circular", **DRAFT)
        walk.do("legal_check", decision=decision, note="……", legal_opinion="……")
    return walk


def circulated() -> Walk:
    """R051: the director sends it back once, signs it; it is published and answered."""
    walk = drafted("circular_due")
    walk.do("sign_circular", decision="退回", note="……")
    walk.do("draft_circular", **DRAFT)
    walk.do("legal_check", decision="通过", legal_opinion="……")
    walk.do("sign_circular", decision="签发", signer="王建国")
    walk.do("number_circular", doc_no="鞍整治办通〔2022〕1号", issued_on="2022-08-29")
    walk.do("publish_circular", published_on="2022-08-29", sealed_scan=["a1"])
    walk.do("answer_circular", carried_out="……")
    return walk


def not_circulated() -> Walk:
    """A proposal is only a proposal."""
    walk = drafted("circular_wanted")
    walk.do("sign_circular", decision="不予通报", note="……")
    return walk


def circular_read() -> Walk:
    """R051: one of those a circular is for signs for it and says how it was passed on."""
    facts = {
        "circular_no": "TB-2022-001",
        "unit": "RSJ",
        "unit_name": "市人社局",
        "title": "……",
        "doc_no": "鞍整治办通〔2022〕1号",
    }
    walk = Walk("circular_receipt", "2022-08-29", **facts)
    walk.do("read_circular", read_by="甲", passed_on="……")
    return walk


SCENES = (
    clue_shelved, clue_merged, clue_kept, clue_transferred, clue_checked, nothing_done, circular_proposed, suspension_proposed,
    reassignment_answered, transfer_tracked, paper_carried_out, paper_not_answered, circulated, not_circulated,
    withdrawal_proposed, circular_read, reproved, trained_off_the_post, reproof_answered, training_answered,
)  # fmt: skip
