"""Scenes of the group's members: every change makes a version."""

from tests.packs.stage import Walk

HELD = [
    {"key": "V1-101", "version": 1, "order_no": 1, "duty": "组长", "name": "甲", "post": "市长", "until_on": "2099-12-31"},
    {"key": "V1-102", "version": 1, "order_no": 2, "duty": "成员", "name": "乙", "post": "局长", "until_on": "2099-12-31"},
]
NEW = [{"duty": "组长", "name": "甲", "post": "市长"}, {"duty": "成员", "name": "丙", "post": "局长"}]
WISH = {"reason": "因领导同志分工调整。", "effective_on": "2022-09-01", "doc_no": "鞍政办〔2022〕20号"}


def changed() -> Walk:
    """Sent back by the director and by the group, then approved."""
    walk = Walk("group_change", "2022-08-10", **WISH)
    walk.do("number_group", number="CY-2022-01")
    walk.do("read_members", rows=HELD)
    for reviewed, approved in (("退回", None), ("同意", "退回"), ("同意", "同意")):
        walk.do("edit_members", members=NEW, **WISH)
        walk.do("review_members", decision=reviewed, note="……")
        if approved:
            walk.do("approve_members", decision=approved, note="……")
    walk.do("write_members", written=[])
    walk.do("tell_members")
    return walk


SCENES = (changed,)
