"""The pack's tables: complete, in official order, and word for word where the plan has the words."""

from collections import Counter

import pytest

from engine import documents, forms, ledgers
from tests.packs.stage import KEY, files, of_kind, pack

COUNTS = {
    "domains": 19, "phrases": 41, "categories": 3, "problem_types": 15, "key_fields": 10, "measures": 8, "milestones": 11,
    "stages": 4, "demo_problems": 60,
}  # fmt: skip
PLAN_WORDS = {
    "D01-1": "有案不办、违反自由裁量和程序规定从轻、减轻处罚,行刑衔接不力、以罚代刑",
    "D02-4": "个别地方未经批准设置卡点检查货运车辆",
    "D08-1": "河湖管理范围内乱占、乱采、乱堆、乱建等“四乱”问题尚未根除",
    "D13-2": "通过亲友成立公司对消杀业务“自发自揽”",
    "D18-2": "对违规经营、欺行霸市行为监管查处不到位",
}
TYPE_WORDS = {
    "A5": "办理针对行政执法行为的投诉举报不及时、不到位、不反馈的",
    "B1": "超越法定权限,滥用执法职权,或者受不正当利益驱使、带着不正当目的随意检查、任性执,影响市场主体与人民群众的正常生产生活的",
    "C3": "行政执法全过程记录不规范,不按规定公开执法依据、执法过程、执法结果等相关信息的",
}
PROBLEMS_PER_DOMAIN = {
    "D01": 6, "D02": 5, "D03": 4, "D04": 3, "D05": 5, "D06": 3, "D07": 4, "D08": 2, "D09": 2, "D10": 4, "D11": 4, "D12": 6,
    "D13": 3, "D14": 3, "D15": 2, "D16": 2, "D17": 1, "D18": 1,
}  # fmt: skip


def table(name):
    return pack().reference(name)


def papers():
    """Give the papers of the pack."""
    found = ledgers.read_ledgers(files(), forms.read(of_kind(".form")).forms, KEY).ledgers
    return documents.read_documents(files(), found, KEY).documents.values()


@pytest.mark.parametrize(("name", "rows"), COUNTS.items())
def test_no_row_of_a_table_is_missing(name, rows):
    assert len(table(name)) == rows


def test_41_units_take_part_in_the_order_of_the_official_list():
    units = [unit for unit in table("units") if unit["participates"] == "是"]

    assert Counter(unit["type"] for unit in units) == {"市直部门": 34, "县市区": 7}
    assert [unit["code"] for unit in units][:3] == ["FGW", "JYJ", "KJJ"]
    assert [unit["division"] for unit in units if unit["type"] == "县市区"] == sorted(u["division"] for u in units[-7:])


def test_the_six_vertical_bureaus_are_marked():
    assert [unit["code"] for unit in table("units") if unit["is_vertical"] == "是"] == [
        "XFZD",
        "YCJ",
        "SWSJ",
        "QXJ",
        "YZJ",
        "YBJFJ",
    ]


def test_phrases_are_those_of_annex_1_word_for_word():
    phrases = {row["id"]: row["text"] for row in table("phrases")}

    assert {phrase: phrases[phrase] for phrase in PLAN_WORDS} == PLAN_WORDS


def test_problem_types_are_those_of_the_plan_word_for_word():
    types = {row["code"]: row["text"] for row in table("problem_types")}

    assert {code: types[code] for code in TYPE_WORDS} == TYPE_WORDS
    assert [code for code in types if code.endswith("9")] == ["A9", "B9", "C9"]


def test_matters_of_integrity_are_marked():
    assert [row["code"] for row in table("problem_types") if row["integrity"] == "是"] == ["A2", "B1", "B3"]


def test_every_field_has_a_unit_that_answers_for_it():
    answered = {code for unit in table("units") for code in unit["domains"].split(";") if code}

    assert answered == {row["code"] for row in table("domains")} - {"D99"}


def test_the_pack_and_its_tables_say_the_same_of_dates():
    declared = [(m.code, m.date.isoformat(), m.per) for m in pack().milestones]

    assert declared == [(row["code"], row["date"], row["per"]) for row in table("milestones")]


def test_the_pack_and_its_tables_say_the_same_of_deadlines():
    rows = {row["code"]: row for row in table("sla")}

    assert [(sla.code, str(sla.amount or ""), sla.unit) for sla in pack().slas] == [
        (sla.code, rows[sla.code]["amount"], rows[sla.code]["unit"]) for sla in pack().slas
    ]


def test_the_demonstration_problems_lie_in_the_fields_of_their_units():
    domains = {unit["code"]: unit["domains"].split(";") for unit in table("units")}

    assert [row["no"] for row in table("demo_problems") if row["domain"] not in domains[row["unit"]]] == []
    assert Counter(row["domain"] for row in table("demo_problems")) == PROBLEMS_PER_DOMAIN


def test_no_two_demonstration_problems_read_the_same():
    assert len({row["description"] for row in table("demo_problems")}) == 60


@pytest.mark.parametrize(
    ("column", "shares"),
    [
        ("source", {"自查": 38, "督导": 12, "投诉举报": 6, "案卷评查": 4}),
        ("rectify_mode", {"立行立改": 30, "限期整改": 24, "长期整改": 6}),
    ],
)
def test_the_demonstration_problems_have_the_shares_asked_for(column, shares):
    assert Counter(row[column] for row in table("demo_problems")) == shares


@pytest.mark.parametrize("role", ["unit_leader", "unit_deputy", "unit_liaison", "unit_legal", "case_handler"])
def test_every_unit_has_somebody_for_each_part(role):
    held = {post["unit"] for post in table("posts") if post["role"] == role}

    assert {unit["code"] for unit in table("units") if unit["participates"] == "是"} - held == set()


def test_people_are_invented_and_their_names_tell_them_apart():
    people = table("people")

    assert len({person["name"] for person in people}) == len(people)
    assert {person["mobile"][:7] for person in people if person["mobile"]} == {"1990412"}


def test_every_enforcing_unit_says_what_kind_of_subject_it_is_and_whoever_acts_on_behalf_names_for_whom():
    """R016: administrative organs, organisations authorised by law, organisations acting on behalf of an organ."""
    units = {row["code"]: row for row in table("units")}
    enforcing = [row for row in units.values() if row["type"] in ("市直部门", "县市区", "县区部门")]

    assert {row["subject_kind"] for row in enforcing} <= {"行政机关", "授权组织", "受委托组织"}
    assert [
        row["code"] for row in units.values() if (row["subject_kind"] == "受委托组织") != (row["delegated_by"] in units)
    ] == []


def test_r016_an_organisation_that_acts_on_behalf_of_an_organ_stands_below_it_and_names_it():
    units = {row["code"]: row for row in table("units")}
    [acting] = [row for row in units.values() if row["subject_kind"] == "受委托组织"]

    assert (acting["parent"], units[acting["delegated_by"]]["subject_kind"]) == (acting["delegated_by"], "行政机关")


def test_every_table_and_every_column_has_a_name_in_the_language_of_the_pack():
    names, tables = pack().names, pack().tables
    said = [names.table(name) for name in tables] + [
        names.column(name, column) for name, rows in tables.items() for column in rows[0]
    ]

    assert [word for word in said if not word or word.isascii()] == []


def test_r072_every_campaign_form_of_the_plan_is_a_paper_of_the_pack_in_its_own_version():
    """R072: annex 1 is reference data, annex 2 and annex 3 are lists with their own paper, all deployed as one version."""
    known = {name.rsplit("/", 1)[-1] for name in files()}

    assert {"phrases.csv", "problem_row.form", "problems.toml", "annual_stat.form", "annual_stats.toml"} <= known
    assert {"annex2_print", "annex2_xlsx", "annex3_print", "annex3_xlsx"} <= {paper.id for paper in papers()}


def test_the_plans_three_categories_have_their_twelve_kinds():
    """R014, R017-R032: A1-A5, B1-B4, C1-C3, one more leaf in each category, and whatever units add."""
    kinds = {row["code"] for row in table("problem_types")}

    assert {f"{part}{n}" for part, most in (("A", 5), ("B", 4), ("C", 3)) for n in (*range(1, most + 1), 9)} <= kinds
