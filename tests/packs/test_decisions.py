"""What the pack's decision tables decide."""

import pytest

from tests.packs.stage import decide

ALL = {"solved": True, "carried_out": True, "accountable": True, "regulated": True, "recognised": True}


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({}, "可以申请"),
        ({"agreed": False}, "退回整改"),
        ({"has_evidence": False}, "补充佐证"),
        ({"criteria": ALL | {"solved": False}}, "退回整改"),
        ({"criteria": ALL | {"carried_out": False}, "criteria_note": "……"}, "退回整改"),
        ({"criteria": ALL | {"regulated": False}}, "补充说明"),
        ({"criteria": ALL | {"regulated": False}, "criteria_note": "8月15日前印发"}, "可以申请"),
    ],
)
def test_a_problem_is_struck_off_only_when_it_is_solved(changed, outcome):
    facts = {"agreed": True, "has_evidence": True, "criteria": ALL, "criteria_note": None}

    assert decide("closure_standard", facts | changed)["outcome"] == outcome


@pytest.mark.parametrize(
    ("offset", "finished", "light"),
    [(-4, None, "正常"), (-3, None, "临期"), (0, None, "临期"), (1, None, "超期"), (5, True, "办结")],
)
def test_lights_count_the_working_days_that_remain(offset, finished, light):
    assert decide("light", {"offset": offset, "finished": finished}) == light


@pytest.mark.parametrize(
    ("offset", "kind", "roles"),
    [
        (-3, "提醒", ["unit_liaison"]),
        (-1, "提醒", ["unit_liaison", "unit_deputy"]),
        (0, "催办", ["unit_liaison", "unit_deputy", "unit_leader"]),
        (1, "督办", ["unit_leader"]),
    ],
)
def test_the_ladder_climbs_from_reminder_to_order(offset, kind, roles):
    step = decide("ladder", {"offset": offset, "milestone": {"name": "报送问题清单", "date": "2022-07-25"}})

    assert (step["kind"], step["roles"]) == (kind, roles)


@pytest.mark.parametrize(
    ("code", "verdict", "step"),
    [
        ("缺签章", None, "补签章"),
        ("避重就轻", None, "修改内容"),
        ("缺责任人", None, "修改内容"),
        ("佐证不足", "部分完成继续整改", "继续整改"),
        ("整改不到位", "不同意", "继续整改"),
        ("整改不到位", "建议长期整改", "制定措施"),
        ("虚假整改", "不同意", "移交线索"),
    ],
)
def test_the_reason_says_how_far_something_goes_back(code, verdict, step):
    assert decide("return_step", {"return_code": code, "verify_result": verdict}) == step


@pytest.mark.parametrize(
    ("target", "times", "days", "left", "leader", "director"),
    [
        ("问题整改", 1, 20, 5, False, False),
        ("问题整改", 2, 20, 5, False, True),
        ("问题整改", 1, 31, 5, False, True),
        ("问题整改", 1, 20, 2, False, True),
        ("投诉举报", 1, 20, 5, True, False),
        ("投诉举报", 1, 31, 5, True, True),
    ],
)
def test_who_approves_an_extension_depends_on_what_is_asked(target, times, days, left, leader, director):
    route = decide("extension_route", {"target_type": target, "times_no": times, "apply_days": days, "workdays_left": left})

    assert (route["leader"], route["director"]) == (leader, director)


def fields(unit, unit_type, domains):
    return decide("asked_fields", {"unit": unit, "unit_type": unit_type, "domains": domains})


def test_a_unit_files_one_list_for_each_of_its_fields():
    assert [field["name"] for field in fields("SCJG", "市直部门", "D01;D16;D17")] == ["市场监管", "知识产权保护", "网络营销监管"]


def test_a_unit_without_a_field_of_annex_1_files_one_for_its_own():
    assert fields("QXJ", "市直部门", "") == [{"code": "D99", "name": "气象", "phrases": []}]


def test_a_county_far_from_the_sea_is_not_asked_about_it():
    [farming] = fields("TA", "县市区", "D14")

    assert [phrase["id"] for phrase in farming["phrases"]] == ["D14-1", "D14-3"]
