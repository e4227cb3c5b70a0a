"""R002, R005, R098: what the campaign is based on stands on its papers, and its group is printed as it was on the day."""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from engine import documents, ledgers
from engine.clock import ZONE
from tests.packs.groups import NEW, WISH
from tests.packs.live import Town


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The plan is issued, and its group changes on 1 September."""
    town = Town(tmp_path_factory.mktemp("registers"), datetime(2022, 7, 19, 9, tzinfo=ZONE))
    clerk, director = town.actor("liujing", "office_staff"), town.actor("wangjianguo", "office_director")
    head = town.actor("hanshian", "lg_leader")
    town.start(clerk, "campaign_main", campaign_name="集中整治行动(2022)", campaign_year=2022)
    contact = {"contact_name": "刘静", "contact_phone": "0412-5512028", "contact_email": "a@b.cn"}
    town.do(clerk, "编制行动方案", basis="省通知", plan_files=["f"], **contact)
    town.do(director, "审核行动方案", decision="同意", note=None)
    town.do(
        head, "审定行动方案并同意印发", decision="同意印发", doc_no="鞍依法行政组〔2022〕3号", issued_on="2022-07-19", note=None
    )
    town.start(clerk, "group_change", **WISH)
    town.do(clerk, "填报调整后的成员名单", members=NEW, **WISH)
    town.do(director, "审核成员名单", decision="同意", note=None)
    town.do(head, "审定成员名单", decision="同意", note=None)
    yield town
    town.engine.close()


def roster(town, day):
    town.clock.move_to(datetime(2022, *day, 10, tzinfo=ZONE))
    with town.engine.work(town.actor("liujing", "office_staff")) as work:
        book = load_workbook(BytesIO(documents.render(work, "group_roster").content))
    return book.active


def test_nothing_fails(town):
    assert town.failures() == []


@pytest.mark.parametrize(
    ("day", "printed", "gone"), [((8, 31), "韩世安", "丙"), ((9, 1), "丙", "韩世安")], ids=["the day before", "on the day"]
)
def test_the_group_is_printed_as_it_is_on_the_day(town, day, printed, gone):
    cells = [cell.value for line in roster(town, day).iter_rows() for cell in line]

    assert (printed in cells, gone in cells) == (True, False)


def test_both_versions_stay_on_record(town):
    spans = {(row["version"], row["from_on"], row["until_on"]) for row in town.rows("group_members")}

    assert spans == {(1, "2022-07-19", "2022-08-31"), (2, "2022-09-01", "2099-12-31")}


def test_papers_say_at_their_head_what_they_are_based_on(town):
    header = roster(town, (9, 1)).oddHeader.center.text

    assert header.startswith("依据:省集中整治行政执法突出问题行动方案、《鞍山市贯彻法治中国建设规划实施方案(2021—2025年)》")


def test_a_further_basis_is_said_as_soon_as_it_is_on_the_register(town):
    clerk = town.actor("liujing", "office_staff")
    values = {"title": "行政执法监督条例", "kind": "法律、法规、规章", "citation": "《行政执法监督条例》"}

    town.add(clerk, "basis_documents", values)

    assert roster(town, (9, 2)).oddHeader.center.text.endswith("《行政执法监督条例》")


def test_a_paper_says_what_kind_of_subject_a_unit_is(town):
    """R016: in the list of who has set up what, beside each unit."""
    town.engine.run(lambda work: ledgers.project(work, "setup_check", "QXJ", {"unit": "QXJ"}, "已备案", None, "QXJ"))

    with town.engine.work() as work:
        said = {row.unit: row.cells["subject_kind"] for row in ledgers.rows(work, "setup_check", "setup").rows}
    assert (said["QXJ"], said["SCJG"]) == ("授权组织", "行政机关")
