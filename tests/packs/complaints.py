"""Scenes of P07: one complaint along every branch, from its filing to its end."""

from tests.packs.stage import Walk

DUE = {"CPL_PROC": "2022-08-10", "CPL_SUBST": "2022-09-05"}
FILED = {
    "complaint_no": "TS-210300-20220803-0001", "title": "抽检结论三个月未告知", "respondent_org": "SCJG", "domain_code": "D01",
    "facts": "5月送检的化肥至今没有收到结论,多次询问都说在办。", "demand": "告知检验结论", "channel": "电话", "kind": "投诉",
    "behaviour": "不作为(未处理举报)", "complainant_name": "甲", "phone": "19904120001",
    "starter": {"login": "bailu", "name": "白露", "unit": "LDXZB", "role": "intake_clerk"},
}  # fmt: skip
REVIEWED = {"respondent_org": "SCJG", "domain_code": "D01", "category": "A", "problem_type": "A4", "priority": "一般"}
ASSIGNED = {"lead_org": "SCJG", "summary_redacted": "群众反映抽检结论未告知。", "requirement": "按期办理。"}
FOUND = {
    "work_result": "已查清", "investigators": ["甲", "乙"], "methods": ["调阅案卷"], "facts_found": "检验报告6月已出具,未送达。",
    "verdict": "属实", "legal_basis": "《产品质量监督抽查管理暂行办法》", "handled_by": "张伟",
}  # fmt: skip
DRAFTED = {
    "disposal_measures": ["自行纠正"],
    "personnel_suggestion": "无",
    "conclusion": "8月9日补送检验报告。",
    "drafted_by": "张伟",
}
CLUE = {"respondent_officer": "王某", "is_bribery": True}


def filed(on: str = "2022-08-03", **facts: object) -> Walk:
    """File a complaint and let the clocks begin."""
    walk = Walk("complaint_handle", on, **FILED | facts)
    walk.do("start_clocks", clock_due=DUE)
    walk.do(
        "find_duplicates",
        rows=[{"key": "TS-210300-20220801-0003", "title": "同一批化肥", "received_on": "2022-08-01", "state": "办理中"}],
    )
    told(walk, "tell_received")
    if facts.get("is_collective"):
        told(walk, "copy_to_petitions")
    return walk


def told(walk: Walk, *steps: str) -> Walk:
    """Let whoever complained be told."""
    for step in steps:
        walk.do(step, told_outside=["sms"])
    return walk


def reviewed(walk: Walk, result: str, **facts: object) -> Walk:
    """Review it."""
    walk.do("review", review_result=result, **REVIEWED | facts)
    return walk


def notified(walk: Walk) -> Walk:
    """Tell the complainant where it goes, which ends it."""
    walk.do("send_notice", notice_text="……", proc_method="短信")
    if "issue_notice" in walk.waits_at:
        walk.do("issue_notice", doc_no="鞍司投转〔2022〕1号")
    walk.do("stop_all_clocks", clock_due={})
    return told(walk, "tell_notice")


def assigned(walk: Walk, **facts: object) -> Walk:
    """Hand it to a unit, which signs for it."""
    walk.do("assign", **ASSIGNED | facts)
    walk.do("sign_for", decision="签收", resp_dept="稽查支队", resp_person="张伟")
    return walk


def replied(walk: Walk, method: str = "短信") -> Walk:
    """Reply within a week; in writing with a paper."""
    walk.do("proc_reply", proc_content="……", proc_method=method)
    if method == "书面":
        walk.do("issue_acceptance", doc_no="鞍市监投受〔2022〕1号")
    walk.do("stop_proc_clock", clock_due={})
    return told(walk, "tell_accepted")


def signed(walk: Walk, **facts: object) -> Walk:
    """Draft, review and sign the answer."""
    walk.do("draft_reply", **DRAFTED | facts)
    walk.do("legal_check", decision="通过", legal_opinion="……")
    walk.do("sign_reply", decision="签发", signer="甲")
    walk.do("issue_result", doc_no="鞍市监投告〔2022〕1号")
    if "issue_opinion" in walk.waits_at:
        walk.do("issue_opinion", doc_no="鞍市监投处〔2022〕1号")
    return walk


def answered(walk: Walk, **facts: object) -> Walk:
    """Inquire, sign and deliver the answer."""
    walk.do("investigate", **FOUND)
    return delivered(signed(walk, **facts))


def delivered(walk: Walk) -> Walk:
    """Deliver the answer."""
    walk.do("deliver", serve_method="电子送达", served_on="2022-08-20")
    walk.do("stop_clocks", clock_due={})
    return told(walk, "tell_answer")


def closed(walk: Walk, **facts: object) -> Walk:
    """Call back, find it solved, and close."""
    walk.do("visit", visit_outcome="办结", satisfaction="满意", solved="已解决")
    walk.do("close", really_solved=True, **facts)
    return walk


def accepted() -> Walk:
    """Accept a complaint and let the unit sign for it."""
    return assigned(reviewed(filed(), "受理"))


def usual_way() -> Walk:
    """R040, R041: both replies in time, verified, sent back by both who check it, and closed."""
    walk = replied(accepted(), "书面")
    walk.do("investigate", **FOUND)
    walk.do("draft_reply", **DRAFTED)
    walk.do("legal_check", decision="退回", note="……")
    walk.do("draft_reply", **DRAFTED)
    walk.do("legal_check", decision="通过", legal_opinion="……")
    walk.do("sign_reply", decision="退回", note="……")
    return closed(delivered(signed(walk, create_problem=True, problem_text="抽检结论逾期未送达。")))


def given_to_a_second_unit() -> Walk:
    """Sent back by the first unit, handed to another, which has no way to send it back again."""
    walk = reviewed(filed(), "受理")
    walk.do("assign", **ASSIGNED)
    walk.do("sign_for", decision="退件", return_reason="由农业农村局负责", return_basis="权责清单")
    walk.do("decide_return", decision="同意改派", note="……")
    return closed(answered(replied(assigned(walk, lead_org="NYJ"))))


def told_to_handle_it() -> Walk:
    """The return is not accepted: the same unit handles it, with two others that help."""
    walk = reviewed(filed(), "受理")
    walk.do("assign", **ASSIGNED | {"assist_orgs": ["NYJ", "STHJ"]})
    walk.do("sign_for", decision="退件", return_reason="……", return_basis="……")
    walk.do("decide_return", decision="指定办理", note="……")
    walk.do("sign_for", decision="签收", resp_dept="稽查支队", resp_person="张伟")
    for _ in range(2):
        walk.do("assist", assist_text="……")
    return closed(answered(replied(walk)))


def extended() -> Walk:
    """Asked for more time twice: refused, then granted, and the complainant told."""
    walk = replied(accepted())
    for result in ("不同意", "同意"):
        walk.do("investigate", work_result="申请延期", progress="等待鉴定结论", handled_by="张伟")
        walk.receive("extension_answered", extension_result=result, new_due="2022-10-05", office_opinion="……")
    walk.do("extend_clock", clock_due={"CPL_SUBST": "2022-10-08"})
    walk.do("inform_extension", inform_text="……")
    walk.do("issue_extension", doc_no="鞍市监投延〔2022〕1号")
    told(walk, "tell_extension")
    return closed(answered(walk))


def supplemented() -> Walk:
    """Asked for more, which comes once through the window and once online."""
    walk = filed(channel="信访", external_no="XF-1")
    for how in ("register_supplement", "supplement_sent"):
        reviewed(walk, "补正", supplement_list="被投诉单位")
        walk.do("ask_supplement", supplement_list="被投诉单位", supplement_method="电话")
        walk.do("issue_supplement", doc_no="鞍司投补〔2022〕1号")
        told(walk, "tell_supplement")
        walk.do("pause_clocks", clock_due={})
        (walk.do if how == "register_supplement" else walk.receive)(how, supplement_text="市市场监管局", supplement_files=[])
        walk.do("resume_clocks", clock_due=DUE)
    return notified(reviewed(walk, "转送", transfer_to="市12315投诉举报中心"))


def never_supplemented() -> Walk:
    """Nothing came within five working days: told as not accepted."""
    walk = reviewed(filed(), "补正", supplement_list="被投诉单位")
    walk.do("ask_supplement", supplement_list="被投诉单位", supplement_method="电话")
    walk.do("issue_supplement", doc_no="鞍司投补〔2022〕1号")
    told(walk, "tell_supplement")
    walk.do("pause_clocks", clock_due={})
    walk.until("2022-08-12")
    walk.do("resume_clocks", clock_due=DUE)
    return notified(walk)


def not_accepted() -> Walk:
    """Not accepted, for a reason."""
    return notified(reviewed(filed(), "不予受理", reject_reason="复议"))


def led_elsewhere() -> Walk:
    """Led to the way the law provides."""
    return notified(reviewed(filed(), "导入法定途径", transfer_to="市人民政府行政复议机构"))


def merged() -> Walk:
    """Merged into another one; both keep their numbers."""
    return notified(reviewed(filed(), "并案", merged_into="TS-210300-20220801-0003"))


def passed_on_as_clue() -> Walk:
    """A matter of integrity never reaches the unit."""
    return notified(reviewed(filed(**CLUE), "转问题线索", problem_type="B3", category="B"))


def collective() -> Walk:
    """Five and more together: important, and the petition office gets a copy without their names."""
    return notified(reviewed(filed(is_collective=True, people_count=12), "导入法定途径", transfer_to="市仲裁委员会"))


def urgent() -> Walk:
    """Retaliation goes to the director at once; two hours without a word, and the group is told."""
    walk = filed(is_retaliation=True)
    walk.wait(hours=3)
    walk.do("alert_leader")
    walk.do("instruct", instruction="……", instructed_by="王建国")
    return notified(reviewed(walk, "不予受理", reject_reason="信访"))


def done_again() -> Walk:
    """Sent back by the office, done again for the complainant, unresolved, resolved, and a letter proposed."""
    walk = answered(replied(accepted()), personnel_suggestion="调岗建议", create_problem=True, problem_text="……")
    for outcome in ("退回重办", "重新办理"):
        walk.do("visit", visit_outcome=outcome, rework_reason="……")
        walk.do("reopen", clock_due={"CPL_REDO": "2022-09-20"})
        answered(walk)
    walk.do("visit", visit_outcome="未解决")
    walk.do("unresolved", unresolved_result="已解决")
    return closed(walk, propose_letter=True, close_note="……")


def withdrawn() -> Walk:
    """Withdrawn before the answer: not agreed to first, then agreed to."""
    walk = accepted()
    walk.receive("withdrawn", withdraw_reason="……")
    walk.do("confirm_withdrawal", decision="不同意撤回", note="……")
    walk.receive("withdrawn", withdraw_reason="……")
    walk.do("confirm_withdrawal", decision="同意撤回", note="……")
    walk.receive("withdrawal_accepted", withdrawn_on="2022-08-05")
    walk.do("end_clocks", clock_due={})
    return walk


def asked_for_much() -> Walk:
    """Another one is merged in, somebody is asked to keep out, and a withdrawal comes too late."""
    walk = accepted()
    walk.receive("other_merged", merged_no="TS-210300-20220804-0002")
    walk.receive("recusal_asked", recusal_name="张伟", recusal_reason="亲属")
    walk.do("decide_recusal", decision="应当回避", recusal_login="zhangwei", note="……")
    answered(replied(walk))
    walk.receive("withdrawn", withdraw_reason="……")
    return closed(walk)


SCENES = (
    usual_way, given_to_a_second_unit, told_to_handle_it, extended, supplemented, never_supplemented, not_accepted, led_elsewhere,
    merged, passed_on_as_clue, collective, urgent, done_again, withdrawn, asked_for_much,
)  # fmt: skip
