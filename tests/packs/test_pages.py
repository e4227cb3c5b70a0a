"""The pack's pages without scripts: the plan's six batches (R008-R013), each with what it counted; charts, units, tables."""

import re
from datetime import datetime

import pytest

from engine.clock import ZONE
from engine.persistence.keys import new_key
from engine.persistence.repositories.ledgers import LedgerRecord
from tests.packs.live import Town
from tests.packs.stage import KEY, pack
from tests.packs.test_indicators import LATER
from tests.webui.admin.conftest import Browser
from webui import create_app

BATCHES = ["办结投诉举报", "纠正违法违规行为", "处理违纪违法人员", "公布典型案例", "完善执法制度", "选树先进典型"]
COUNTED = {"I24C": "TS-1", "I24A": "P03", "I24D": "K1", "I24B": "T1", "I24E": "M1"}
PUT = (
    *LATER, ("complaints", "TS-1", "GAJ", "已办结", {"lead_org": "GAJ", "received_on": "2022-08-01"}),
    ("complaints", "TS-2", "GAJ", "办理中", {"received_on": "2022-08-07"}),
    ("complaints", "TS-3", "GAJ", "办理中", {"received_on": "2022-08-08"}),
)  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Let somebody sign in and look at what letters, cases, measures and models left behind."""
    town = Town(tmp_path_factory.mktemp("tiles"), datetime(2022, 8, 10, 9, tzinfo=ZONE))
    with town.engine.work() as work:
        at = work.now
        for ledger, key, unit, state, facts in PUT:
            told = {"unit": unit, **facts}
            record = LedgerRecord(new_key(), KEY, ledger, unit, unit, key, 1, state, told, 1, None, at, "t", at, "t")
            work.ledger_rows.add([record])
    app = create_app(town.engine)
    yield lambda login: Browser(app.test_client(), login, "Zgt@2022demo")
    town.engine.close()


@pytest.fixture(scope="module")
def clerk(browser):
    """She works in the leading group's office."""
    return browser("liujing")


def test_the_six_batches_stand_in_the_order_of_the_plan(clerk):
    tiles = [one for one in pack().indicators if one.tile]
    clerk.get("/campaign/")

    places = [clerk.words.find(name) for name in BATCHES]
    assert ([one.name for one in tiles], [one.source for one in tiles]) == (BATCHES, [f"plan R{n:03}" for n in range(8, 14)])
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(("code", "key"), COUNTED.items())
def test_behind_a_batch_stands_what_it_counted(clerk, code, key):
    assert clerk.get(f"/campaign/indicators/{code}") == 200
    assert (key in clerk.words, clerk.text.count('data-href="/ledgers/')) == (True, 1)


def test_how_many_were_dealt_with_is_told_from_three_on_and_who_they_were_is_not(clerk):
    clerk.get("/campaign/indicators/I24P")

    assert "小于3的数不显示" in clerk.words
    assert "作出决定 3人次" in clerk.words
    assert "只有指定的人员可以打开" in clerk.words
    assert clerk.client.get("/campaign/indicators/I24P.xlsx").status_code == 404


@pytest.mark.parametrize(("login", "choices"), [("limin", {"市市场监督管理局"}), ("liujing", {"市市场监督管理局", "市公安局"})])
def test_a_liaison_recommends_from_her_own_unit_and_the_office_from_any(browser, login, choices):
    page = browser(login)
    assert page.get("/start/model_selection") == 200

    offered = [name for name in ("市市场监督管理局", "市公安局") if re.search(f"<option[^>]*>{name}", page.text)]
    assert set(offered) == choices


def test_complaints_are_charted_week_by_week_and_a_week_leads_to_its_days(clerk):
    """DOMAIN I10: how many came in, week by week."""
    clerk.get("/campaign/")

    chart = clerk.text.split("每周收到的投诉举报")[1].split("</section>")[0]
    bars = re.findall(r'href="([^"]+)">([^<]+)</a>.*?<td class="number">(\d+)</td>', chart, re.S)
    assert [(label, count) for _href, label, count in bars] == [("8月1日当周", "2"), ("8月8日当周", "1")]
    assert "f.received_on=2022-08-01" in bars[0][0] and "f.received_on=2022-08-07" in bars[0][0]


def test_r016_a_units_page_says_what_kind_of_subject_it_is_and_for_whom_it_acts(browser):
    page = browser("admin")

    assert page.get("/admin/units/LDJC") == 200
    assert "执法主体性质 受委托组织 委托机关 市人力资源和社会保障局" in page.words


def test_a_table_is_called_by_its_name_in_the_language_of_the_pack(browser):
    page = browser("admin")

    page.get("/tables/")
    assert "单位名录" in page.words and "八项措施" in page.words
    page.get("/tables/reference/units")
    assert "单位代码 code" in page.words and "执法主体性质 subject_kind" in page.words
