"""Scenes of P24: how a signed and sealed paper gets to the office."""

from tests.packs.stage import Walk


def submission() -> Walk:
    """Ask for a list to be signed, and freeze it."""
    walk = Walk(
        "sealed_submission", "2022-07-25", unit="SCJG", unit_name="市市场监督管理局", title="问题清单", paper="问题清单",
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


def vague() -> Walk:
    """Signed online; the office finds it vague and sends it back to be written anew."""
    walk = submission()
    walk.do("choose_signing", signing_mode="线上签署")
    walk.do("sign_online", decision="签署", signer="王建国")
    walk.do("receive", decision="退回", return_code="表述笼统", note="请写明件数")
    return walk


def leader_declines() -> Walk:
    """The leader does not sign."""
    walk = submission()
    walk.do("choose_signing", signing_mode="线上签署")
    walk.do("sign_online", decision="退回", note="第3项不准确")
    return walk


SCENES = (paper_accepted, seal_missing, vague, leader_declines)
