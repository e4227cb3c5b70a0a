"""R103: a county runs its own campaign over its departments, sees how each stands, and the city sees the counties."""

from datetime import datetime

import pytest

from engine import ledgers
from engine.clock import ZONE
from tests.packs.counties import DUE, FOUND
from tests.packs.live import Town

DEPARTMENTS = ["HCSC", "HCNY"]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """One department has finished, the other has handed in its list, and the county's day is over."""
    town = Town(tmp_path_factory.mktemp("county"), datetime(2022, 8, 10, 9, tzinfo=ZONE))
    county = town.actor("lijiaming", "county_office")
    plan = {"campaign_name": "海城市集中整治行政执法突出问题行动(2022)", "departments": DEPARTMENTS, "plan_files": []}
    town.start(county, "county_campaign", **plan, **DUE)
    town.do(town.holder("unit_leader", "HC"), "审定印发", decision="同意印发", doc_no="海政办发〔2022〕9号", note=None)
    for unit in DEPARTMENTS:
        liaison, head = town.holder("unit_liaison", unit), town.holder("unit_leader", unit)
        town.do(liaison, "签收通知,成立专班、制定方案", team_leader="甲", liaison="乙", setup_files=["f"])
        town.do(liaison, "自查,填报问题清单", found=FOUND * 2, zero_note=None)
        town.do(head, "审签问题清单", decision="同意报送", note=None)
        town.do(county, "审核问题清单", decision="接收", note=None)
    liaison = town.holder("unit_liaison", "HCSC")
    town.do(liaison, "整改,报告整改情况", fixed_count=2, report="已全部整改到位,经复查属实。", report_files=[])
    town.do(county, "核实整改情况", decision="属实", note=None)
    yield town
    town.engine.close()


def test_nothing_fails(town):
    assert town.failures() == []


def test_the_county_sees_how_each_department_stands(town):
    with town.engine.work(town.actor("lijiaming", "county_office")) as work:
        rows = ledgers.rows(work, "county_status").rows

    assert {(row.values["department_name"], row.state) for row in rows} == {
        ("海城市市场监督管理局", "已完成"), ("海城市农业农村局", "整改中")
    }  # fmt: skip


def test_another_county_sees_nothing_of_it(town):
    with town.engine.work(town.holder("county_office", "TD")) as work:
        assert list(ledgers.rows(work, "county_status").rows) == []


def test_the_city_sees_the_roll_up(town):
    with town.engine.work(town.actor("liujing", "office_staff")) as work:
        [row] = ledgers.rows(work, "county_campaigns").rows

    figures = [row.values[name] for name in ("department_total", "done_total", "problem_total", "fixed_total", "parent_campaign")]
    assert figures == [2, 1, 4, 2, "ZX-2022"]


def test_the_countys_day_waits_for_no_department(town):
    town.clock.move_to(datetime(2022, 8, 31, 19, tzinfo=ZONE))
    town.settle()
    county = town.actor("lijiaming", "county_office")

    town.do(county, "本地区汇总,报市领导小组办公室", summary="做法、成效、问题和下步打算。", summary_files=[])

    with town.engine.work() as work:
        row = ledgers.rows(work, "county_campaigns").rows[0]
    assert (row.state, row.values["reported_on"]) == ("已报市", "2022-08-31")
    assert town.failures() == []
