"""Scenes of P22: model units, people and practices, from their recommendation to the paper that commends them."""

from tests.packs.stage import Walk, pack

STARTER = {"login": "limin", "name": "李敏", "unit": "SCJG", "unit_name": "市市场监管局", "role": "unit_liaison"}
WISH = {
    "model_no": "XJ-2022-001",
    "kind": "先进单位",
    "unit": "SCJG",
    "model_name": "执法稽查科",
    "deeds_title": "……",
    "deeds": "……",
}
NOTICE = {"unit_notice_from": "2022-08-01", "unit_notice_to": "2022-08-04", "unit_notice_place": "公示栏"}


def recommended(result: str = "无异议", decision: str = "同意推荐") -> Walk:
    """Recommend somebody; the unit puts it up for its own people, and its head decides."""
    walk = Walk("model_selection", "2022-08-01", starter=STARTER, **WISH)
    walk.do("post_in_unit", unit_notice_result=result, unit_notice_note="……", **NOTICE)
    if result != "异议成立":
        walk.do("sign_recommendation", decision=decision, note="……")
    return walk


def judged(points: tuple[float, ...], conduct: str = "可以公示") -> Walk:
    """Let the office score it and the contact of the discipline inspection look into it."""
    items = pack().reference("model_criteria")
    walk = recommended()
    walk.do("score_model", score_note="……", score_items=[
        {"code": i["code"], "name": i["name"], "full": int(i["full"]), "points": p} for i, p in zip(items, points, strict=True)
    ])  # fmt: skip
    walk.do("check_conduct", conduct=conduct)
    return walk


def noticed(result: str) -> Walk:
    """R113: put up for five working days."""
    walk = judged((28, 26, 16, 5, 5))
    walk.do("approve_notice", decision="同意公示")
    walk.until("2022-08-09")
    walk.do("sum_up_notice", notice_result=result, notice_note="……")
    return walk


def model_chosen() -> Walk:
    """R013: nobody objects, and the director signs the paper."""
    walk = noticed("无异议")
    walk.do("sign_commendation", decision="签发", commend_words="……")
    walk.do("issue_commendation", doc_no="鞍整治办表〔2022〕1号", issued_on="2022-08-09", letter_file={}, letter_pdf={})
    return walk


def model_not_signed() -> Walk:
    """The director does not sign."""
    walk = noticed("异议经查不成立")
    walk.do("sign_commendation", decision="不签发", note="……")
    return walk


def model_objected_to() -> Walk:
    """What was objected to in public is true."""
    return noticed("异议成立")


def model_not_put_up() -> Walk:
    """The director does not put it up."""
    walk = judged((28, 26, 16, 5, 5))
    walk.do("approve_notice", decision="不公示", note="……")
    return walk


def model_barred() -> Walk:
    """Enough points, but it cannot be shown to the public."""
    return judged((30, 30, 20, 10, 9), "不宜公示")


def model_not_good_enough() -> Walk:
    """Half a point is missing."""
    return judged((28, 26, 16, 5, 4.5))


def objected_in_unit() -> Walk:
    """Its own people object, and they are right."""
    return recommended("异议成立")


def not_recommended() -> Walk:
    """The head of the unit does not recommend it."""
    return recommended("无异议", "不推荐")


SCENES = (
    model_chosen, model_not_signed, model_objected_to, model_not_put_up, model_barred, model_not_good_enough, objected_in_unit,
    not_recommended,
)  # fmt: skip
