"""R033, R035, R036, R061: lists of powers in versions, inspections against the plan, first violations let off."""

import io
from datetime import datetime

import pymupdf
import pytest

from engine import attachments
from engine.clock import ZONE
from tests.packs.live import Town

FIRST = [
    {"item_no": "C1", "item_name": "销售过期食品", "item_basis": "食品安全法第124条", "circumstance": "首次", "measure": "5万元"},
    {
        "item_no": "C2",
        "item_name": "未亮照经营",
        "item_basis": "市场主体登记管理条例第48条",
        "circumstance": "轻微",
        "measure": "警告",
    },
]
SECOND = [
    FIRST[0] | {"measure": "5万元至6万元"},
    {"item_no": "C3", "item_name": "未明码标价", "item_basis": "价格法第42条", "circumstance": "轻微", "measure": "责令改正"},
]
REASON = "新修订的行政处罚法施行,裁量阶次需要细化。"


def publish(town, rows, kind="裁量基准"):
    liaison, leader = town.holder("unit_liaison", "SCJG"), town.holder("unit_leader", "SCJG")
    town.start(liaison, "power_list", list_kind=kind, change_kind="动态调整", change_reason=REASON)
    town.do(liaison, "起草、调整清单", rows, basis="行政处罚法第三十四条", change_reason=REASON, attachments=[])
    town.do(town.holder("unit_legal", "SCJG"), "法制审核", decision="通过", legal_opinion="依据有效,标准一致,与省级衔接。")
    opinions = {"consult_from": "2022-08-10", "consult_to": "2022-09-09", "opinions": "收到意见6条,采纳4条,其余已说明。"}
    town.do(liaison, "征求意见", consulted=["社会公众"], **opinions)
    town.do(leader, "登记集体审议结果", decision="通过", meeting_on="2022-08-10", minutes_no="局务会〔2022〕9号", note=None)
    town.do(town.actor("liujing", "office_staff"), "备案审查", decision="准予备案", note=None)
    town.do(liaison, "公布清单", published_on="2022-08-10", doc_no=None, published_at="市局网站")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("lists"), datetime(2022, 8, 10, 9, tzinfo=ZONE))
    publish(town, FIRST)
    publish(town, SECOND)
    publish(town, [PLANNED], "涉企检查计划")
    publish(town, [LET_OFF], "首违不罚清单")
    yield town
    town.engine.close()


PLANNED = {"item_no": "J1", "item_name": "药品零售检查", "item_basis": "药品管理法", "period": "9月", "planned_times": 1}


LET_OFF = {"item_no": "S1", "item_name": "未悬挂营业执照", "item_basis": "市场主体登记管理条例第48条", "circumstance": "当场改正"}


def items(town, state, kind="裁量基准"):
    found = [row for row in town.rows("power_items") if (row["state"], row["list_kind"]) == (state, kind)]
    return sorted((row["item_no"], row["version"], row["measure"]) for row in found)


def test_the_next_version_begins_with_the_one_in_force(town):
    """R033, R035: what nobody touched is carried over, and each version says what is new in it."""
    assert town.failures() == []
    assert items(town, "现行") == [("C1", 2, "5万元至6万元"), ("C2", 2, "警告"), ("C3", 2, "责令改正")]


def test_the_older_version_stays_on_record_and_is_void(town):
    assert items(town, "已失效") == [("C1", 1, "5万元"), ("C2", 1, "警告")]


def test_what_a_version_changes_is_said(town):
    lists = {row["version"]: row for row in town.rows("power_lists") if row["list_kind"] == "裁量基准"}

    assert lists[1]["changes"] == "新增:C1 销售过期食品\n新增:C2 未亮照经营"
    assert lists[2]["changes"] == "新增:C3 未明码标价\n修改:C1 销售过期食品"
    assert (lists[1]["state"], lists[2]["state"]) == ("已被代替", "现行")


def check(town, enterprise, item, reason=None):
    handler = town.holder("case_handler", "SCJG")
    values = {"checked_on": "2022-08-10", "plan_item": item, "off_plan_reason": reason, "inspectors": "张伟、王磊"}
    town.start(handler, "enterprise_check", enterprise=enterprise, outcome="未发现问题", **values)
    return next(row["check_result"] for row in town.rows("enterprise_checks") if row["enterprise"] == enterprise)


def test_an_inspection_is_compared_with_the_plan(town):
    """R036: the plan is carried out strictly; what it does not name, or names less often, is noticed."""
    results = [check(town, "甲公司", "J1"), check(town, "乙公司", "J1"), check(town, "丙公司", None, "投诉举报核查")]

    assert results == ["计划内", "超过计划次数", "计划外检查"]
    assert town.failures() == []


def photo(town):
    """Store a page as an office would send it."""
    page = pymupdf.open()
    page.new_page()
    return [str(town.engine.run(lambda work: attachments.store(work, io.BytesIO(page.tobytes()), "photo.pdf")).id)]


def propose(town, **more):
    """Let a handler propose that a party be let off, and give the row of the register."""
    handlers = {"handlers": "张伟、李思远", "waived_amount": 200, "party_kind": "个体工商户"}
    values = {"party": "甲商店", "list_item": "S1", "found_on": "2022-08-10", "facts": "检查时发现店内没有悬挂营业执照。"}
    town.start(town.actor("zhangwei", "case_handler"), "first_time_case", **handlers | values | more)
    return town.rows("first_time_cases")[-1]


def weigh(town, **answers):
    """Answer the three conditions; each is met unless *answers* say otherwise."""
    query = {
        "query_note": "8月10日查本局办案系统,没有同类处罚记录。",
        "minor_note": "没有危害后果,没有违法所得。",
        "repeat_note": None,
    }
    met = {"first_time": "是", "is_minor": "是", "corrected": "是", "corrected_on": "2022-08-10", "photos": photo(town)}
    town.do(town.actor("zhangwei", "case_handler"), "核对三项条件", **query | met | answers)


def test_a_first_violation_is_let_off_once(town):
    """R061: list and record checked, three conditions, legal review, decision with a number, a lesson, a second look."""
    handler, lesson = town.actor("zhangwei", "case_handler"), "当场讲解有关规定,当事人表示知晓并承诺不再发生。"
    propose(town)
    weigh(town)
    opinion = "三项条件有材料证明,属于清单事项,可以适用。"
    town.do(town.holder("unit_legal", "SCJG"), "法制审核", decision="适用", legal_opinion=opinion)
    town.do(town.holder("unit_leader", "SCJG"), "批准", decision="批准", note=None)
    served = {"served_on": "2022-08-10", "served_how": "直接送达", "promise": photo(town)}
    town.do(handler, "送达决定书、登记教育", educators="张伟", education=lesson, **served)
    visit = {"visit_note": "执照悬挂在店内醒目位置。", "visit_photos": []}
    town.do(handler, "回访改正情况", visited_on="2022-08-10", visit_result="保持改正", **visit)

    [row] = town.rows("first_time_cases")
    assert (row["state"], row["item_name"], row["doc_no"]) == ("已办结", "未悬挂营业执照", "鞍市监不罚决〔2022〕1号")
    assert town.failures() == []


def test_whoever_was_let_off_before_is_dealt_with_in_the_ordinary_way(town):
    """R061: the register of two years is looked through for the same party and item."""
    found = propose(town)
    weigh(town, first_time="否")

    assert found["record_result"] == "清单内:未悬挂营业执照;两年内本单位已有同一当事人的同类记录1件"
    assert town.rows("first_time_cases")[-1]["state"] == "转普通程序"


def test_what_the_list_does_not_name_is_never_let_off(town):
    found = propose(town, party="乙商店", list_item="S9")
    weigh(town)

    assert found["record_result"] == "不在本单位现行首违不罚清单内;两年内本单位没有同一当事人的同类记录"
    assert town.rows("first_time_cases")[-1]["state"] == "转普通程序"


def test_after_a_year_the_list_is_evaluated(town):
    town.clock.move_to(datetime(2023, 8, 11, 9, tzinfo=ZONE))
    town.settle()

    assert town.failures() == []
    with town.engine.work(town.holder("unit_legal", "SCJG")) as work:
        from engine import user_tasks
        from engine.persistence.repositories.inbox import InboxFilters

        names = [row.name for row in user_tasks.inbox(work, "todo", InboxFilters(), size=50).rows]
    assert names.count("评估清单执行情况") == 3
