"""Scenes of P24: how a signed and sealed paper gets to the office."""

from tests.packs.stage import Reference, Walk, without


def submission(reference: Reference | None = None) -> Walk:
    """Ask for a list to be signed, and freeze it."""
    walk = Walk(
        "sealed_submission", "2022-07-25", reference, unit="SCJG", unit_name="市市场监督管理局", title="问题清单",
        paper="问题清单",
        due_at="2022-07-25T18:00:00", documents="annex2_print", submission_key="QD-SCJG-D01-1",
    )  # fmt: skip
    walk.do("freeze", snapshot_id="s1", snapshot_code="AB12CD34", snapshot_rows=4)
    return walk


def scanned(walk: Walk) -> Walk:
    """Sign on paper and hand in the scan."""
    walk.do("upload_scan", scan=["a1"], signer="王建国", sealed_on="2022-07-25")
    walk.do("check_scan", scan_check="matches", scan_changes=[])
    return walk


def accepted(walk: Walk) -> Walk:
    """Let the office receive it."""
    walk.do("receive", decision="接收")
    walk.do("number_submission", number="BS-2022-0001")
    walk.do("send_receipt")
    return walk


def paper_accepted() -> Walk:
    """Signed on paper, received at once."""
    walk = submission()
    walk.do("choose_signing", signing_mode="纸质签章")
    return accepted(scanned(walk))


def seal_missing() -> Walk:
    """The office sends a scan back because the seal is missing; it is scanned again."""
    walk = submission()
    walk.do("choose_signing", signing_mode="纸质签章")
    scanned(walk).do("receive", decision="退回", return_code="缺签章", note="缺单位盖章")
    return accepted(scanned(walk))


def vague(reference: Reference | None = None) -> Walk:
    """Signed online; the office finds it vague and sends it back to be written anew."""
    walk = submission(reference)
    walk.do("choose_signing", signing_mode="线上签署")
    walk.do("sign_online", decision="签署", signer="王建国")
    walk.do("receive", decision="退回", return_code="表述笼统", note="请写明件数")
    return walk


def vague_and_mended() -> Walk:
    """The unit takes the advice."""
    walk = vague()
    walk.do("respond_return", response="按意见修改")
    return walk


def vague_without_a_word() -> Walk:
    """Objections are switched off in the pack's data."""
    return vague(without("OBJECTION"))


def objected(decision: str) -> Walk:
    """The unit says why it disagrees, and the director decides."""
    walk = vague()
    walk.do("respond_return", response="有不同意见", objection="第4项已写明件数和期间。")
    walk.do("decide_objection", decision=decision, note="期间仍应写明")
    return walk


def objection_upheld() -> Walk:
    """The paper is received as it is."""
    walk = objected("接收报送件")
    walk.do("number_submission", number="BS-2022-0002")
    walk.do("send_receipt")
    return walk


def objection_declined() -> Walk:
    """The paper goes back all the same."""
    return objected("维持退回")


def leader_declines() -> Walk:
    """The leader does not sign."""
    walk = submission()
    walk.do("choose_signing", signing_mode="线上签署")
    walk.do("sign_online", decision="退回", note="第3项不准确")
    return walk


SCENES = (
    paper_accepted, seal_missing, vague_and_mended, vague_without_a_word, objection_upheld, objection_declined, leader_declines,
)  # fmt: skip
