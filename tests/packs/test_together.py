"""R102 and the unit's summary of its year: units answer side by side, and figures come from the ledgers."""

from datetime import datetime
from io import BytesIO
from uuid import UUID

import pytest
from docx import Document

from engine import attachments
from engine.clock import ZONE
from tests.packs import joint
from tests.packs.live import Town


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("together"), datetime(2022, 8, 10, 9, tzinfo=ZONE))
    yield town
    town.engine.close()


def test_several_units_answer_and_the_one_that_asked_sums_up(town):
    lead = town.holder("unit_liaison", "SCJG")
    town.start(lead, "joint_matter", asked_units=["CGZF", "STHJ"], **joint.WISH)
    for unit, answer in (("STHJ", "不同意"), ("CGZF", "已办理")):
        text = "已会同街道现场核查并责令整改。"
        town.do(town.holder("unit_liaison", unit), "答复", answer=answer, opinion=text, answer_files=[])

    town.do(lead, "汇总各单位意见", result="由城管执法局牵头,生态环境局提供监测支持。")

    [row] = town.rows("joint_matters")
    assert (row["state"], row["answered_total"], row["asked_total"], row["dissent"]) == ("已办结", 2, 2, "市生态环境局")
    assert town.failures() == []


def test_a_units_summary_takes_its_figures_from_the_ledgers(town):
    liaison, head = town.holder("unit_liaison", "SCJG"), town.holder("unit_leader", "SCJG")
    town.start(liaison, "unit_summary")
    town.do(liaison, "起草年度总结", summary_files=[], **joint.TEXTS | dict.fromkeys(joint.TEXTS, "全年工作情况如下所述。" * 2))
    town.do(head, "审签年度总结", decision="同意报送", signer="吴雪松", note=None)
    town.do(town.actor("liujing", "office_staff"), "接收年度总结", decision="接收", note=None)

    [row] = town.rows("unit_summaries")
    assert (row["state"], row["problem_total"], row["received_on"]) == ("已接收", 0, "2022-08-10")
    assert town.failures() == []


def test_a_units_summary_is_issued_as_a_numbered_paper_of_the_unit(town):
    """R096: a Word file in the layout of official papers, frozen when the office has received it."""
    [row] = town.rows("unit_summaries")
    word, pdf = row["summary_file"]
    with town.engine.work() as work, attachments.open_(work, UUID(word["id"]), granted=True)[1] as file:
        texts = [part.text for part in Document(BytesIO(file.read())).paragraphs]

    assert row["doc_no"] == "鞍市监总〔2022〕1号"
    assert [text for text in texts if text.startswith(("一、", "二、", "三、", "四、", "五、"))] == [
        "一、基本情况", "二、主要做法", "三、取得成效", "四、存在问题", "五、下步打算",
    ]  # fmt: skip
    assert any("全年列入整治的问题0个" in text for text in texts)
    assert (word["name"][-5:], pdf["name"][-4:]) == (".docx", ".pdf")
