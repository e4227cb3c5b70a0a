"""Papers of a complaint where they belong, and the officer it is about, chosen from the register (DOMAIN 3.7, 5.4)."""

import pytest

from engine import documents, forms, ledgers
from engine.feel import Environment
from engine.forms import bind, read
from tests.packs import complaints
from tests.packs.stage import KEY, day, files, functions, of_kind, processes
from tests.packs.test_walks import played

OFFICERS = [
    {"key": "ZF2103-0001", "name": "张伟", "unit": "SCJG", "state": "有效", "kind": "行政执法证"},
    {"key": "ZF2103-0002", "name": "李思远", "unit": "SCJG", "state": "暂扣", "kind": "行政执法证"},
]
INQUIRED = {
    "work_result": ["已查清"], "handled_by": ["王静"], "investigators": ["李思远", "王静"], "methods": ["调阅案卷"],
    "verdict": ["属实"], "facts_found": ["查明检验报告未送达当事人。"], "legal_basis": ["办理规定"], "no_interest": ["true"],
}  # fmt: skip


def offered(process_id, element_id):
    value = processes()[process_id].elements[element_id].properties["bpm:document"]
    return value.text.split(",")


@pytest.mark.parametrize(
    ("process_id", "element_id", "paper"),
    [
        ("complaint_handle", "draft_reply", "disposal_opinion"), ("complaint_handle", "legal_check", "disposal_opinion"),
        ("complaint_handle", "sign_reply", "disposal_opinion"), ("complaint_handle", "close", "casefile_binding"),
        ("rectify", "approve_closure", "closure_notice"),
    ],
)  # fmt: skip
def test_a_paper_is_offered_where_it_is_worked_on(process_id, element_id, paper):
    assert paper in offered(process_id, element_id)


def test_a_unit_that_another_one_inquired_into_gets_the_opinion_on_it():
    assert "issue_opinion" in played(complaints.given_to_a_second_unit).path
    assert "issue_opinion" not in played(complaints.usual_way).path


def test_the_file_is_bound_with_a_list_of_what_is_in_it():
    found = ledgers.read_ledgers(files(), forms.read(of_kind(".form")).forms, KEY)
    binding = documents.read_documents(files(), found.ledgers, KEY).documents["casefile_binding"]
    facts = {**complaints.FILED, **dict(played(complaints.extended).variables)}
    known = Environment(lambda: day("2022-10-06"), functions())

    contents = binding.facts["contents"].of(facts, known)
    assert [item["name"] for item in contents] == [
        "投诉举报登记表", "受理审查意见", "交办单", "签收记录", "程序性回复(受理告知书)", "延期办理告知书", "调查笔录、证据清单",
        "办理结果告知书", "送达回证",
    ]  # fmt: skip
    assert (binding.facts["handlers"].of(facts, known), binding.facts["matter"].of(facts, known)) == ("甲、乙", facts["title"])


def inquiry(**typed):
    environment = Environment(lambda: day("2022-08-03"), functions() | {"ledger": lambda id, filter=None: OFFICERS})
    form = read(of_kind(".form")).forms["complaint_investigate"]
    given = {"recused": [], "previous_handlers": [], "lead_org": "SCJG", "respondent_org": "SCJG"}
    return form, environment, bind(form, INQUIRED | typed, given, environment)


def test_the_officer_it_is_about_is_chosen_from_the_register_of_the_unit():
    form, environment, _ = inquiry()
    options = form.field("respondent_found").options({"respondent_org": "SCJG"}, environment)

    assert [option.label for option in options] == ["张伟(ZF2103-0001 有效)", "李思远(ZF2103-0002 暂扣)"]


def test_the_officer_it_is_about_does_not_inquire():
    _, _, bound = inquiry(respondent_found=["李思远(ZF2103-0002)"])

    assert "不能参加调查" in str(bound.errors["respondent_found"])
    assert "respondent_found" not in inquiry(respondent_found=["张伟(ZF2103-0001)"])[2].errors


def test_an_officer_found_by_the_inquiry_is_kept_out_from_then_on():
    walk = complaints.accepted()
    walk.do("investigate", **complaints.FOUND | {"respondent_found": "李敏(ZF2103-0009)"})

    assert (walk.variables["respondent_login"], walk.variables["recused"]) == ("limin", ["limin"])


def test_an_inspector_names_the_officer_behind_what_was_not_put_right():
    form = read(of_kind(".form")).forms["inspection_record"]
    picker = next(part for part in form.field("checks").fields() if part.key == "officer")
    environment = Environment(lambda: day("2022-08-03"), functions() | {"ledger": lambda id, filter=None: OFFICERS})

    assert [option.value for option in picker.options({"unit": "SCJG"}, environment)] == [
        "张伟(ZF2103-0001)",
        "李思远(ZF2103-0002)",
    ]
    assert picker.is_hidden({"verdict": "到位"}, environment) is True
