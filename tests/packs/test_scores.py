"""The score model: four parts with their formulas, deductions, a bonus, grades, each point with its reason and source."""

import pytest

from engine import forms, ledgers
from engine.feel import Environment
from tests.packs.final import FIGURES
from tests.packs.stage import KEY, decide, files, functions, of_kind, pack

ON_TIME = [{"code": code, "on_time": True} for code in ("M0722", "M0725", "M0731", "M0819", "M1210")]
TABLE = FIGURES | {"powers_exercised": 12}
FACTS = {
    "unit": "SCJG", "unit_type": "市直部门", "problems": [{"state": "已销号"}] * 10, "reached": ON_TIME, "returned": 0,
    "pre_score": 100, "inspections": [{"overall": "好"}], "verdicts": [{"verdict": "到位"}], "reviews": [{"score": 100}],
    "stats": [TABLE], "stats_returned": 0, "findings": 0, "tasks": [], "matters": [], "letters": 0, "overdue": 0,
    "false_reports": 0, "experiences": [], "adjusted": None,
}  # fmt: skip


def score(**changed):
    return decide("unit_score", {"facts": FACTS | changed})


def points(code, **changed):
    [found] = [item["points"] for item in score(**changed)["items"] if item["code"] == code]
    return float(found)


def test_a_unit_without_fault_has_a_hundred_points():
    found = score()

    assert [found[part] for part in ("part_self", "part_inspection", "part_statistics", "part_annual")] == [30, 30, 20, 20]
    assert (found["total"], found["grade"]) == (100, "优秀")


def test_the_weights_come_to_the_plans_four_parts():
    weights = pack().reference("score_weights")

    sums = {
        part: sum(float(row["weight"]) for row in weights if row["part"] == part) for part in {row["part"] for row in weights}
    }

    assert {part: sums[part] for part in ("self", "inspection", "statistics", "annual")} == {
        "self": 30, "inspection": 30, "statistics": 20, "annual": 20,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "changed", "expected"),
    [
        ("S1", {"reached": ON_TIME[:2]}, 3),
        ("S2", {"returned": 1}, 3),
        ("S2", {"returned": 9}, 0),
        ("S3", {"problems": [{"state": "整改中"}, {"state": "待核查"}]}, 4),
        ("S4", {"problems": [{"state": "整改中"}, {"state": "已核销"}, {"state": "待核查"}, {"state": "已销号"}]}, 4),
        ("S4", {"problems": []}, 8),
        ("S5", {"pre_score": 85}, 3.4),
        ("I1", {"inspections": [{"overall": "好"}, {"overall": "一般"}]}, 8),
        ("I1", {"inspections": [{"overall": "较好"}, {"overall": "差"}]}, 5.75),
        ("I2", {"verdicts": [{"verdict": "到位"}, {"verdict": "基本到位"}, {"verdict": "不到位"}]}, 6),
        ("I3", {"reviews": [{"score": 90}, {"score": 55}]}, 7.25),
        ("T1", {"reached": ON_TIME[:4]}, 0),
        ("T2", {"stats_returned": 1, "findings": 2}, 3.5),
        ("T3", {"stats": [TABLE | {"powers_exercised": 3}]}, 1.67),
        ("T4", {"stats": [TABLE | {"officers_certified": 20, "legal_reviewers": 1}]}, 2.5),
        ("A1", {"stats": [TABLE | {"complaints_accepted": 4, "complaints_replied": 4, "complaints_done": 2}]}, 4.5),
        ("A2", {"tasks": [{"state": "已印发"}, {"state": "起草中"}]}, 2.5),
        ("A3", {"matters": [{"state": "办理中"}, {"state": "已办结"}]}, 2),
        ("A4", {"stats": [TABLE | {"reviews_total": 3, "reviews_corrected": 1, "lawsuits_total": 1}]}, 3.75),
        ("D1", {"letters": 2}, -6),
        ("D2", {"overdue": 3}, -1.5),
        ("D3", {"false_reports": 1}, -5),
        ("B1", {"experiences": ["甲", "乙", "丙", "丁"]}, 3),
    ],
)
def test_points_follow_from_the_ledgers(code, changed, expected):
    assert points(code, **changed) == pytest.approx(expected)


def test_who_reports_falsely_is_never_excellent():
    found = score(false_reports=1)

    assert (found["total"], found["grade"]) == (95, "良好")


@pytest.mark.parametrize(("letters", "grade"), [(3, "优秀"), (4, "良好"), (6, "良好"), (7, "合格"), (13, "合格"), (14, "不合格")])
def test_grades_follow_the_sum(letters, grade):
    assert score(letters=letters)["grade"] == grade


def test_a_unit_that_filed_no_table_has_no_points_for_it():
    assert score(stats=[], reached=ON_TIME[:4])["part_statistics"] == 0


@pytest.mark.parametrize(
    ("changed", "group"),
    [
        ({}, "执法量较小部门组"),
        ({"stats": [TABLE | {"inspections_total": 260}]}, "执法量较大部门组"),
        ({"unit_type": "县市区"}, "县(市)区组"),
    ],
)
def test_units_are_compared_with_their_like(changed, group):
    assert score(**changed)["peer_group"] == group


def test_every_point_says_why_and_where_it_comes_from():
    items = score(letters=1, overdue=1, false_reports=1, experiences=["甲"])["items"]

    assert len(items) == len(pack().reference("score_weights"))
    assert [item["code"] for item in items if not (item["why"] and item["source"] and item["part_name"])] == []


def test_what_the_director_decided_replaces_the_points_and_is_told():
    found = score(returned=2, adjusted=[{"code": "S2", "points": 4, "why": "退回系系统故障"}])
    [item] = [item for item in found["items"] if item["code"] == "S2"]

    assert (item["points"], found["total"]) == (4, 100)
    assert item["why"] == "退回2次;异议成立,由2分调整:退回系系统故障"


def test_a_point_names_its_ledger_in_words():
    known = forms.read(of_kind(".form")).forms
    shown = ledgers.read_ledgers(files(), known, KEY).ledgers["score_items"].columns["source"].show

    words = [
        shown.evaluate({"source": item["source"]}, Environment(None, functions())) for item in score(false_reports=1)["items"]
    ]

    assert [word for word in words if not word or word.isascii()] == []
    assert words[-1] == "核查结论(虚假整改)"


def lead(source, unit="SCJG"):
    """Give where the source of a point leads."""
    known = forms.read(of_kind(".form")).forms
    link = ledgers.read_ledgers(files(), known, KEY).ledgers["score_items"].columns["source"].link
    return link.evaluate({"source": source, "unit": unit}, Environment(None, functions()))


def test_a_point_leads_to_the_rows_of_a_ledger_that_it_was_counted_from():
    found = [lead(item["source"]) for item in score(letters=1, overdue=1, false_reports=1)["items"]]

    known = {name.split("/")[-1].removesuffix(".toml") for name in files() if "ledgers/" in name}
    assert {target["ledger"] for target in found} <= known
    assert [target for target in found if "SCJG" not in target["filter"]["unit"]] == []


@pytest.mark.parametrize(
    ("source", "filter"),
    [
        ("problems?unit=SCJG&state=已销号", {"unit": ["SCJG"], "state": "已销号"}),
        ("letters?unit=SCJG", {"unit": ["SCJG"]}),
    ],
)
def test_a_point_leads_to_what_was_counted_and_no_further(source, filter):
    assert lead(source)["filter"] == filter


def test_a_countys_point_leads_to_its_departments_too_and_what_the_office_found_leads_nowhere():
    assert {"HC", "HCSC"} <= set(lead("problems?unit=HC", "HC")["filter"]["unit"])
    assert lead("领导小组办公室认定") is None


@pytest.mark.parametrize(("way", "choices"), [("how", {"考核", "评价"}), ("where", {"书面", "实地"}), ("when", {"日常", "年度"})])
def test_r073_every_pair_of_ways_to_judge_is_used_by_the_score(way, choices):
    """R073: assessed and appraised, on paper and on the spot, day by day and for the year."""
    said = [row[way] for row in pack().reference("score_weights")]

    assert set(said) == choices


def test_r073_each_point_says_in_which_way_it_was_judged():
    ways = {item["code"]: item["way"] for item in score()["items"]}
    weights = {row["code"]: row for row in pack().reference("score_weights")}

    assert {
        code: way for code, way in ways.items() if [weights[code][k] for k in ("how", "where", "when")] != way.split("·")
    } == {}
