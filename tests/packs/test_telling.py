"""Whoever complained is told at every turn, by mail and text message, and nobody reads the address before (DOMAIN 3.7)."""

import pytest

from engine import user_tasks
from engine.outbox import channels
from engine.persistence.repositories.inbox import InboxFilters
from tests.outbox.conftest import SECRET, open_hook, open_mailbox
from tests.packs.complaints import ASSIGNED, DRAFTED, FILED, FOUND, REVIEWED
from tests.packs.live import Town
from tests.packs.stage import day

PHONE, MAIL = "19904120001", "jia@example.cn"
GIVEN = {name: value for name, value in FILED.items() if name not in ("starter", "complaint_no")} | {"email": MAIL}


@pytest.fixture(scope="module")
def outside():
    with open_mailbox() as mailbox, open_hook() as hook:
        yield mailbox, hook


@pytest.fixture(scope="module")
def city(tmp_path_factory, outside):
    mailbox, hook = outside
    channels._down.clear()
    ways = {"smtp": f"smtp://127.0.0.1:{mailbox.port}", "mail_from": "整改通 <zgt@example.cn>",
            "sms_hook": f"http://127.0.0.1:{hook.server_port}/sms", "sms_key": SECRET}  # fmt: skip
    town = Town(tmp_path_factory.mktemp("telling"), day("2022-08-03"), **ways)
    yield town
    town.engine.close()


@pytest.fixture
def town(city, outside):
    """The town before anything of this test was sent; what was not reviewed in it is turned down afterwards."""
    mailbox, hook = outside
    mailbox.mails, hook.texts[:] = [], []
    yield city
    with city.engine.work(city.holder("complaint_reviewer", "LDXZB")) as work:
        left = [row for row in user_tasks.inbox(work, "todo", InboxFilters(), size=50).rows if row.name == "受理审查"]
    for _ in left:
        reviewed(city, "不予受理", reject_reason="复议")


@pytest.fixture
def mailbox(outside):
    return outside[0]


@pytest.fixture
def hook(outside):
    return outside[1]


def reviewed(town, result, **more):
    town.do(
        town.holder("complaint_reviewer", "LDXZB"), "受理审查", **REVIEWED | {"review_result": result, "reviewed_by": "甲"} | more
    )


def accepted(town):
    reviewed(town, "受理")
    town.do(town.holder("complaint_reviewer", "LDXZB"), "交办", **ASSIGNED)
    liaison = town.holder("unit_liaison", "SCJG")
    town.do(liaison, "签收", decision="签收", resp_dept="稽查支队", resp_person="张伟")
    town.do(liaison, "程序性回复", proc_content="已受理。", proc_method="短信")


def answered(town):
    handler = town.holder("case_handler", "SCJG")
    town.do(handler, "调查核实", **FOUND)
    town.do(handler, "拟处理意见和办理结果", **DRAFTED | {"needs_remedies": False})
    town.do(town.holder("unit_legal", "SCJG"), "法制审核", decision="通过", legal_opinion="同意", remedies="")
    town.do(town.holder("unit_deputy", "SCJG"), "审批签发", decision="签发", signer="甲")
    town.do(town.holder("unit_liaison", "SCJG"), "送达办理结果告知书", serve_method="电子送达", served_on="2022-08-03")


def texts(hook):
    return [text["text"] for text in hook.texts]


def test_receipt_acceptance_and_answer_come_by_text_message_and_by_mail(town, hook, mailbox):
    town.start(town.holder("intake_clerk", "LDXZB"), "complaint_handle", **GIVEN)
    accepted(town)
    answered(town)

    assert {text["to"] for text in hook.texts} == {PHONE}
    assert [to for [to], _ in mailbox.mails] == [MAIL] * 3
    received, taken_on, answer = texts(hook)
    assert "已收到,编号TS-210300-20220803-" in received
    assert "已受理,由市市场监督管理局(知识产权局)承办,2022-09-05前答复" in taken_on
    assert "可以领取:在投诉举报网站凭编号、查询码和手机号后四位下载" in answer
    assert town.failures() == []


TURNED_DOWN = {
    "不予受理": ({"reject_reason": "复议"}, "不予受理,理由见告知书"),
    "转送": ({"transfer_to": "市12315投诉举报中心"}, "已转送有权处理的机关"),
    "导入法定途径": ({"transfer_to": "市仲裁委员会"}, "应当通过法定途径解决"),
    "转问题线索": ({"problem_type": "B3", "category": "B"}, "已收悉,已转有权机关依规处理"),
}


def test_what_became_of_it_is_told_where_it_is_not_accepted(town, hook):
    for result, (more, said) in TURNED_DOWN.items():
        town.start(town.holder("intake_clerk", "LDXZB"), "complaint_handle", **GIVEN)
        reviewed(town, result, **more)
        town.do(town.holder("complaint_reviewer", "LDXZB"), "发出告知书(程序性回复)", notice_text="……", proc_method="短信")

        assert said in texts(hook)[-1]
    assert not any(word in text for text in texts(hook) for word in ("甲", FILED["facts"], "线索"))


def test_what_is_missing_is_asked_for(town, hook):
    town.start(town.holder("intake_clerk", "LDXZB"), "complaint_handle", **GIVEN)
    reviewed(town, "补正", supplement_list="请打13900001111说明")
    town.do(town.holder("complaint_reviewer", "LDXZB"), "发出补正通知", supplement_list="票据", supplement_method="短信")

    assert "需要补充材料,请在2022-08-10前补充" in texts(hook)[1]


def test_the_petition_office_gets_a_copy_of_a_collective_complaint_without_a_name(town, mailbox):
    town.start(town.holder("intake_clerk", "LDXZB"), "complaint_handle", **GIVEN | {"is_collective": True, "people_count": 12})

    [copy] = [mail for to, mail in mailbox.mails if to == ["xfj@example.gov.cn"]]
    said = copy.get_content()
    assert ("12人" in said, "投诉人信息保密" in said, "甲" in said, PHONE in said) == (True, True, False, False)


def opened(town):
    """Count how often an address was opened for sending."""
    with town.engine.work() as work:
        return sum("outbox:" in str(line.facts) for line in work.audit.search(action="value.revealed", size=500).rows)


def test_an_address_is_opened_when_the_message_is_sent_and_the_trail_says_so(town, hook):
    hook.answers = [503]
    before = opened(town)
    town.start(town.holder("intake_clerk", "LDXZB"), "complaint_handle", **GIVEN)

    with town.engine.work() as work:
        kept = [row.address for row in work.outbox.page(1, 500).rows]
    assert not any(PHONE in address or MAIL in address for address in kept)
    assert opened(town) - before == 2


def test_whoever_left_no_mobile_number_gets_no_text_message_and_nothing_fails(town, hook):
    for phone in (None, "0412-5512345"):
        town.start(town.holder("intake_clerk", "LDXZB"), "complaint_handle", **GIVEN | {"phone": phone, "email": None})
        reviewed(town, "不予受理", reject_reason="复议")

    assert (texts(hook), town.failures()) == ([], [])


def test_without_a_way_out_of_the_house_nothing_is_opened_and_nothing_fails(tmp_path):
    town = Town(tmp_path, day("2022-08-03"))
    town.start(town.holder("intake_clerk", "LDXZB"), "complaint_handle", **GIVEN)
    accepted(town)

    with town.engine.work() as work:
        opened = work.audit.search(action="value.revealed").total
        assert (work.outbox.tally(), opened, town.failures()) == ({}, 0, [])
    town.engine.close()
