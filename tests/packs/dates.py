"""Scenes of a date of the plan that is moved by a notice."""

from tests.packs.stage import Walk

WISH = {"milestone": "M0725", "new_date": "2022-07-27", "reason": "……", "notice_no": "鞍集整办发〔2022〕6号", "notice_file": []}


def proposed() -> Walk:
    """An office clerk proposes a later date."""
    starter = {"login": "liujing", "name": "刘静", "unit": "LDXZB", "unit_name": "……", "role": "office_staff"}
    walk = Walk("date_change", "2022-07-21", starter=starter, **WISH)
    walk.do("number_change", number="JD-2022-01")
    return walk


def moved() -> Walk:
    """Sent back once, then agreed to by the director and by the group."""
    walk = proposed()
    walk.do("review_change", decision="退回", note="理由请写具体")
    walk.do("revise_change", **WISH)
    walk.do("review_change", decision="同意")
    walk.do("decide_change", decision="同意")
    walk.do("move_date", moved=[{"code": "M0725", "before": "2022-07-25", "after": "2022-07-27"}])
    walk.do("tell_units")
    return walk


def not_taken_up() -> Walk:
    """The director sees no need."""
    walk = proposed()
    walk.do("review_change", decision="不作调整", note="……")
    return walk


def declined() -> Walk:
    """The group says no."""
    walk = proposed()
    walk.do("review_change", decision="同意")
    walk.do("decide_change", decision="不同意", note="……")
    return walk


SCENES = (moved, not_taken_up, declined)
