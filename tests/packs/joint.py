"""Scenes of units that work together, and of a unit's summary of its year."""

from tests.packs.stage import Walk

STARTER = {"login": "limin", "name": "李敏", "unit": "SCJG", "unit_name": "市市场监管局", "role": "unit_liaison"}
WISH = {"subject": "油烟投诉联合整改", "joint_kind": "协办", "reply_by": "2022-08-19", "demand": "……", "asked_files": []}
TEXTS = dict.fromkeys(("basics", "practice", "effects", "shortcomings", "next_steps"), "……")


def together() -> Walk:
    """Two units answer, each in its own time."""
    walk = Walk("joint_matter", "2022-08-10", starter=STARTER, asked_units=["CGZF", "STHJ"], **WISH)
    walk.do("number_joint", number="XB-2022-001")
    for answer in ("同意", "不同意"):
        walk.do("answer_joint", answer=answer, opinion="……", answer_files=[])
    walk.do("sum_up_joint", result="……")
    walk.do("tell_units_joint")
    return walk


def summary() -> Walk:
    """Sent back by the head of the unit and by the office, then received."""
    walk = Walk("unit_summary", "2022-12-12", starter=STARTER)
    walk.do("number_summary", number="ZJ-SCJG-2022-1")
    tables = {
        "problems": [{"state": "已销号"}, {"state": "整改中"}], "institution_tasks": [], "letters": [], "assigned_matters": [],
    }  # fmt: skip
    walk.do("read_figures", tables=tables)
    for signed, received in (("退回", None), ("同意报送", "退回"), ("同意报送", "接收")):
        walk.do("draft_summary", summary_files=[], **TEXTS)
        walk.do("sign_summary", decision=signed, note="……", signer="吴雪松")
        if received:
            walk.do("receive_summary", decision=received, note="……")
    walk.do("issue_summary", doc_no="鞍市监总〔2022〕1号", issued_on="2022-12-12", letter_file={}, letter_pdf={})
    return walk


SCENES = (together, summary)
