"""What is done about people: integrity is transferred and not checked, circulars are for minor matters, and who may enforce."""

import pytest

from engine import definitions, deployments, indicators, ledgers
from engine.feel import Environment
from engine.forms import bind, read
from engine.identity import posts
from engine.identity.importing import import_pack
from engine.kernel import port
from engine.ledgers.errors import NoSuchLedger
from tests.packs import accountability, certificates
from tests.packs.stage import KEY, day, decide, files, functions, of_kind, pack, processes
from tests.packs.test_walks import played

ROUTE = {"integrity": False, "nature": "乱作为", "amount": None, "similar_count": 0}
ADVICE = {"finding": "属实", "integrity": False, "amount": None, "severity": "轻微", "similar_count": 0, "cert_no": "ZF2103-0001"}
MEASURES = {"measures_step": "确定处理措施", "minutes_no": "局务会议纪要〔2022〕12号", "measures_note": "事实清楚。"}


def faults(form_id, context, /, **typed):
    """Bind what was typed into a form, and give what is wrong with it."""
    form, environment = read(of_kind(".form")).forms[form_id], Environment(lambda: day("2022-08-10"), functions())
    given = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
    return {name: str(error) for name, error in bind(form, given, context, environment).errors.items()}


@pytest.mark.parametrize(
    "facts", [{"integrity": True}, {"nature": "吃拿卡要"}, {"amount": 1.2}], ids=["marked", "by its nature", "by its amount"]
)
def test_r053_matters_of_integrity_are_to_be_transferred(facts):
    assert decide("clue_route", ROUTE | facts)["suggestion"] == "移送纪检监察机关"


def test_r053_nobody_checks_a_matter_of_integrity_themselves():
    typed = {"route_note": "请核查。"}

    refused = faults("clue_decide", {"integrity": True}, route_decision="两人以上核查", **typed)
    assert "不自行核查" in refused["route_decision"]
    assert faults("clue_decide", {"integrity": True}, route_decision="移送纪检监察机关", **typed) == {}
    assert "check_clue" not in played(accountability.clue_transferred).path


@pytest.mark.parametrize(
    ("facts", "suggestion"),
    [
        ({"finding": "不属实"}, "澄清"), ({"finding": "无法查实"}, "不予问责"), ({}, "批评教育或者通报批评"),
        ({"severity": "较重"}, "暂扣执法证件并离岗培训,或者调岗建议"),
        ({"severity": "较重", "cert_no": None}, "责令书面检查,或者建议予以诫勉"),
        ({"similar_count": 3}, "暂扣执法证件并离岗培训,或者调岗建议"), ({"severity": "严重"}, "移送纪检监察机关"),
        ({"integrity": True}, "移送纪检监察机关"), ({"amount": 0.3}, "移送纪检监察机关"),
    ],
)  # fmt: skip
def test_r050_measures_are_suggested_by_what_was_found(facts, suggestion):
    assert decide("accountability_advice", ADVICE | facts)["suggestion"] == suggestion


@pytest.mark.parametrize(
    ("facts", "measures", "taken"),
    [
        ({"severity": "轻微"}, ["通报批评"], True), ({"severity": "较重"}, ["通报批评"], False),
        ({"finding": "不属实"}, ["澄清"], True), ({"finding": "不属实"}, ["批评教育"], False),
        ({"severity": "较重"}, ["澄清", "调岗建议"], False), ({"integrity": True}, ["调岗建议"], False),
        ({"integrity": True}, ["移送纪检监察机关", "暂扣执法证件"], True), ({"cert_no": None}, ["暂扣执法证件"], False),
        ({"cert_no": None}, ["收回执法证件"], False), ({"severity": "严重"}, ["收回执法证件", "调岗建议"], True),
        ({"severity": "较重"}, ["暂扣执法证件", "收回执法证件"], False), ({"severity": "较重"}, ["责令书面检查", "诫勉"], True),
        ({"severity": "较重"}, ["离岗培训"], False), ({"severity": "较重"}, ["离岗培训", "暂扣执法证件"], True),
    ],
)  # fmt: skip
def test_r051_the_director_is_free_within_the_law(facts, measures, taken):
    found = faults("clue_measures", ADVICE | facts, measures=measures, **MEASURES)

    assert ("measures" not in found) is taken


@pytest.mark.parametrize(
    ("scene", "until"),
    [(accountability.reproof_answered, "2023-03-05"), (accountability.training_answered, "2022-09-09")],
)
def test_r050_a_measure_says_until_when_it_holds(scene, until):
    [answer] = played(scene).published

    assert (answer.name, answer.variables["effective_on"], answer.variables["effect_end"]) == (
        "measure_answered",
        "2022-09-05",
        until,
    )


@pytest.mark.parametrize(
    ("kind", "missing"),
    [("诫勉", {"talker", "talked_on", "carried_files"}), ("批评教育", set()),
     ("离岗培训", {"trained_from", "trained_until", "trained_hours", "training_result", "carried_files"})],
)  # fmt: skip
def test_r050_each_measure_is_answered_with_what_shows_it(kind, missing):
    assert set(faults("measure_answer", {"measure": kind}, carried_out="已经落实，报送材料。")) == missing


def test_r052_taking_a_certificate_back_is_decided_with_a_paper_of_its_own():
    [sent] = [message for message in played(accountability.withdrawal_proposed).published if message.name == "cert_suspend_due"]
    walk = played(certificates.withdrawn_at_once)

    assert (sent.variables["action"], "number_decision" in walk.path) == ("收回", False)
    assert walk.path.index("number_withdrawal") < walk.path.index("serve_withdrawal") < walk.path.index("mark_withdrawn")


def test_r051_everybody_a_circular_is_for_is_asked_to_sign_for_it():
    sent = [message for message in played(accountability.circulated).published if message.name == "circular_receipt_due"]
    wanted = {row["code"] for row in pack().reference("units") if row["participates"] == "是"}

    assert {message.variables["unit"] for message in sent} == wanted
    assert {message.correlation_key for message in sent} == {f"TB-2022-001/{code}" for code in wanted}
    assert played(accountability.circular_read).variables["read_on"] == "2022-08-29"


def test_a_circular_is_never_an_answer_to_lateness():
    typed = {
        "circular_kind": "通报批评",
        "scope": "全市",
        "title": "关于有关问题的通报",
        "facts": "当场扣押物品未出具清单,次日补办。",
    }

    assert "不因逾期" in faults("circular_draft", {"about_unit": "CGZF"}, decision_text="予以通报批评。", **typed)["is_minor"]


def test_the_source_is_told_nothing_but_that_it_was_dealt_with():
    sent = [message for message in played(accountability.clue_checked).published if message.name == "clue_settled"]

    assert [set(message.variables) for message in sent] == [{"source", "source_no", "answer"}]
    assert sent[0].variables["answer"] == "已依规处理"


def test_a_unit_gets_the_paper_and_nothing_of_the_clue():
    [sent] = [
        message for message in played(accountability.reassignment_answered).published if message.name == "measure_letter_due"
    ]

    assert not {"clue_no", "source", "source_no", "facts", "check_summary"} & set(sent.variables)
    assert processes()["clue_handle"].properties["bpm:unit"].text == "LDXZB"


def test_r052_a_suspended_officer_is_barred_until_the_last_day():
    walk = played(certificates.suspension_ended)

    assert (walk.variables["suspend_from"], walk.variables["suspend_until"]) == ("2022-07-25", "2022-08-24")
    assert walk.path.index("suspension_over") < walk.path.index("mark_valid")


@pytest.mark.parametrize(
    ("process_id", "known"), [("cert_suspend", {"extended": 0}), ("cert_lost", {"reported_on": "2022-08-08"})]
)
def test_a_row_about_an_officer_begins_when_the_register_has_said_whose_officer_it_is(process_id, known):
    row, environment = processes()[process_id].properties["bpm:ledgerRow"].expression, Environment(None, functions())

    assert (row.evaluate({"cert_no": "ZF2103-0001"}, environment), row.evaluate(known, environment) is None) == (None, False)


def test_r064_a_lost_certificate_is_out_of_use_at_once_and_replaced_when_its_notice_is_over():
    walk = played(certificates.cert_replaced)
    [row] = [job for job in walk.all if isinstance(job, port.JobCreated) and job.element_id == "enter_register"]

    assert walk.path.index("mark_lost") < walk.path.index("publish_notice") < walk.path.index("notice_over")
    assert walk.variables["notice_until"] == "2022-08-22"
    [written] = row.variables["write_rows"]
    assert (written["key"], written["state"], written["valid_until"]) == ("ZF2103-2022-002", "有效", "2025-06-30")


@pytest.fixture
def pool(engine):
    """The pack with its people, one clue and one measure in the pool."""
    engine.run(lambda work: deployments.deploy(work, KEY, files()))
    engine.run(lambda work: import_pack(work, pack()))
    row = {"respondent_name": "张某", "measure": "调岗建议"}
    for ledger, key in (("clues", "XS-2022-0001"), ("accountability", "WZ-2022-001")):
        engine.run(lambda work, ledger=ledger, key=key: ledgers.project(work, ledger, key, row, "在办", unit="LDXZB"))
    return engine


def acting(engine, login):
    """Give a person of the pack in their first post."""
    with engine.work() as work:
        return posts.actor_for(work, login, None)


@pytest.mark.parametrize(("login", "number"), [("qinzheng", "1"), ("wangjianguo", "1"), ("liujing", None)])
def test_small_numbers_about_people_show_to_their_pool_alone(pool, login, number):
    with pool.work(acting(pool, login)) as work:
        told = indicators.get(work, KEY, "I23").readings[1]

    assert (told.number if number is None else str(told.number), told.withheld) == (number, number is None)


@pytest.mark.parametrize("login", ["liujing", "dengli", "wuxuesong", "hejing", "admin"])
def test_whoever_is_not_in_the_pool_does_not_even_know_its_ledgers(pool, login):
    with pool.work(acting(pool, login)) as work:
        for ledger in ("clues", "accountability"):
            with pytest.raises(NoSuchLedger):
                ledgers.count(work, ledger)


@pytest.mark.parametrize("state", ["暂扣", "挂失", "收回", "注销", "过期"])
def test_r065_who_is_barred_cannot_be_chosen(work, state):
    deployments.deploy(work, KEY, files())
    for number, found in enumerate(("有效", state), 1):
        ledgers.project(work, "officers", f"ZF2103-000{number}", {"name": "张伟", "kind": "行政执法证"}, found, unit="SCJG")
    environment = ledgers.form_environment(work, definitions.active(work, "cert_suspend"))

    offered = definitions.form(work, "suspension_wanted").field("cert_no").options({}, environment)
    assert [option.value for option in offered] == ["ZF2103-0001"]
