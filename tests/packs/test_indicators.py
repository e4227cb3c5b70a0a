"""Each indicator of the campaign: its definition, worked out by hand over ten problems of three units on 10 August."""

from datetime import datetime

import pytest

from engine import indicators
from engine.clock import ZONE, SimulatedClock
from tests.conftest import EVERYTHING, person
from tests.packs.indicators import KEY, behind, figures, stage
from tests.packs.stage import pack

PROBLEMS = (  # key, unit, state, source, due date, rebound, closed on
    ("P01", "GAJ", "已销号", "自查", "2022-07-29", False, "2022-07-28"),
    ("P02", "GAJ", "反弹整改中", "自查", "2022-09-01", True, "2022-07-28"),
    ("P03", "GAJ", "待核查", "督导", "2022-08-05", False, None),
    ("P04", "GAJ", "整改中", "自查", "2022-08-10", False, None),
    ("P05", "GAJ", "逾期未办结", "督导", "2022-07-31", False, None),
    ("P06", "HC", "待销号审批", "自查", "2022-08-20", False, None),
    ("P07", "HC", "待单位审核", "投诉举报", "2022-08-20", False, None),
    ("P08", "HC", "已销号", "案卷评查", "2022-08-01", False, "2022-08-01"),
    ("P09", "HC", "已核销", "自查", "2022-08-01", False, None),
    ("P10", "HC", "待县区核查", "自查", "2022-08-09", False, None),
)
REACHED = (
    ("M0722", "GAJ", "2022-07-22T23:00"), ("M0722", "JTJ", "2022-07-23T00:10"), ("M0722", "HC", "2022-07-20T09:00"),
    ("M0725", "GAJ", "2022-07-25T09:00"), ("M0725", "JTJ", "2022-07-25T17:00"),
    ("M0731", "GAJ", "2022-08-02T09:00"), ("M0725", "LDXZB", "2022-07-01T09:00"),
)  # fmt: skip
SETUPS = (("GAJ", "已备案", "齐全"), ("JTJ", "待备案", "齐全"), ("HC", "已备案", "齐全"))


@pytest.fixture
def clock():
    return SimulatedClock(datetime(2022, 8, 10, 9, tzinfo=ZONE))


@pytest.fixture
def office():
    """She works in the leading group's office and sees every unit."""
    return person("liu", "office_staff", "LDXZB", EVERYTHING)


@pytest.fixture
def campaign(engine):
    problems = tuple(
        ("problems", key, unit, state, {"source": source, "due_date": due, "is_rebound": rebound, "closed_on": closed})
        for key, unit, state, source, due, rebound, closed in PROBLEMS
    )
    setups = tuple(("setup_check", unit, unit, state, {"filing_result": result}) for unit, state, result in SETUPS)
    return stage(engine, problems + setups, REACHED)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # due by 8-10 are three dates of three units = 9; in time: 7-22 GAJ HC, 7-25 GAJ JTJ = 4; 4/9 = 44.4 %
        ("I01", [(4, 9, "44.4")]),
        ("I02", [(2, 3, "66.7")]),  # GAJ and HC are filed, JTJ is not: 2/3
        # P01 P02 P04 P06 P09 P10 were found by the units; lists are in from GAJ and JTJ, of whom JTJ found nothing
        ("I03", [(6, None, "6"), (1, 2, "1")]),
        ("I04", [(6, 10, "60.0")]),
        # without P09 there are nine; P01 P03 P06 P08 P10 are done and confirmed by their unit: 5/9 = 55.6 %
        ("I05", [(5, 9, "55.6")]),
        ("I06", [(2, 9, "22.2")]),  # P01 and P08
        # due before 8-10 and not closed: P03 (8-5), P05 (7-31), P10 (8-9); the oldest is 7-31, ten days ago
        ("I07", [(3, None, "3"), (3, None, "10")]),
        ("I08", [(1, 3, "33.3")]),  # closed once were P01 P02 P08, of which P02 came back
    ],
)
def test_an_indicator_comes_to_what_its_definition_says(campaign, office, code, expected):
    assert figures(campaign, office, code) == expected


@pytest.mark.parametrize(
    ("code", "place", "side", "expected"),
    [
        ("I01", 0, "part", ["GAJ", "HC", "GAJ", "JTJ"]),
        ("I01", 0, "rest", ["JTJ", "HC", "GAJ", "JTJ", "HC"]),
        ("I02", 0, "rest", ["JTJ"]),
        ("I03", 0, "part", ["P01", "P02", "P04", "P06", "P09", "P10"]),
        ("I03", 1, "part", ["JTJ"]),
        ("I04", 0, "rest", ["P03", "P05", "P07", "P08"]),
        ("I05", 0, "part", ["P01", "P03", "P06", "P08", "P10"]),
        ("I05", 0, "rest", ["P02", "P04", "P05", "P07"]),
        ("I06", 0, "part", ["P01", "P08"]),
        ("I07", 0, "part", ["P03", "P05", "P10"]),
        ("I07", 1, "part", ["P05", "P03", "P10"]),
        ("I08", 0, "whole", ["P01", "P02", "P08"]),
    ],
)
def test_behind_a_number_stands_what_was_counted(campaign, office, code, place, side, expected):
    assert behind(campaign, office, code, place, side) == expected


LATER = (  # what inspections, letters, institutions and scores leave behind
    ("inspections", "DD-1-GAJ", "GAJ", "已反馈", {"round_no": 1, "inspected_on": "2022-08-02"}),
    ("inspections", "DD-1-JTJ", "JTJ", "待督导", {"round_no": 1, "inspected_on": None}),
    ("inspections", "DD-2-HC", "HC", "已反馈", {"round_no": 2, "inspected_on": "2022-09-02"}),
    ("verdicts", "V1", "GAJ", "", {"verdict": "虚假整改"}),
    ("verdicts", "V2", "GAJ", "", {"verdict": "到位"}),
    ("problems", "P01", "GAJ", "整改中", {"source": "督导", "last_verdict": "到位"}),
    ("problems", "P02", "GAJ", "整改中", {"source": "自查", "last_verdict": "不到位"}),
    ("problems", "P03", "GAJ", "已销号", {"source": "督导", "last_verdict": None}),
    ("case_reviews", "C1", "GAJ", "", {"score": 95, "grade": "优秀", "vetoed": False}),
    ("case_reviews", "C2", "GAJ", "", {"score": 50, "grade": "不合格", "vetoed": True}),
    ("case_reviews", "C3", "HC", "", {"score": 80, "grade": "良好", "vetoed": False}),
    ("casefiles", "A1", "GAJ", "已定等次", {"score": 92, "grade": "优秀", "vetoed": False}),
    ("casefiles", "A2", "HC", "不合格,已处理", {"score": 88, "grade": "不合格", "vetoed": True}),
    ("casefiles", "A3", "HC", "备选", {"score": None, "grade": None}),
    ("officers", "O1", "GAJ", "有效", {"kind": "行政执法证", "dept": "法规科"}),
    ("officers", "O2", "GAJ", "暂扣", {"kind": "行政执法证", "dept": "执法一科"}),
    ("officers", "O3", "HC", "注销", {"kind": "行政执法证", "dept": "法规科"}),
    ("officers", "O4", "HC", "在册", {"kind": "辅助人员", "dept": "执法队"}),
    ("cases", "K1", "LDXZB", "已发布", {"title": "K1"}), ("cases", "K2", "LDXZB", "编写", {}),
    ("circulars", "B1", "GAJ", "已反馈", {"circular_kind": "通报批评", "published_on": "2022-08-05"}),
    ("suspensions", "S1", "GAJ", "暂扣中", {"served_on": "2022-08-01"}),
    ("suspensions", "S2", "GAJ", "法制审核", {"served_on": None}),
    ("accountability", "W1", "LDXZB", "已落实", {"measure": "调岗建议"}),
    ("accountability", "W2", "LDXZB", "已移送,待结果", {"measure": "移送纪检监察机关", "transferred_on": "2022-08-02"}),
    ("accountability", "W3", "LDXZB", "签发", {"measure": "移送纪检监察机关", "transferred_on": None}),
    ("letters", "L1", "GAJ", "已办结", {"issued_on": "2022-07-01", "reply_due": "2022-07-31", "replied_in_time": True,
                                       "recheck": "整改到位"}),
    ("letters", "L2", "HC", "待反馈", {"issued_on": "2022-07-05", "reply_due": "2022-08-04", "replied_in_time": None}),
    ("letters", "L3", "HC", "待反馈", {"issued_on": "2022-08-01", "reply_due": "2022-08-31", "replied_in_time": None}),
    ("letters", "L4", "JTJ", "起草", {"issued_on": None}),
    ("models", "M1", "GAJ", "已选树", {}), ("models", "M2", "HC", "公示中", {}), ("models", "M3", "HC", "未选树", {}),
    ("institution_tasks", "T1", "GAJ", "已印发", {}),
    ("institution_tasks", "T2", "HC", "起草中", {}),
    ("scores", "GAJ", "GAJ", "已确定", {"total": 91.5}),
    ("scores", "HC", "HC", "已确定", {"total": 80}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("I09", [(1, None, "1")]),  # V1
        ("I19", [(1, 3, "33.3"), (1, 3, "33.3")]),  # GAJ in round 1, HC in round 2, of three; JTJ was not visited yet
        ("I20", [(2, None, "2"), (1, 2, "50.0")]),  # P01 and P03; of P01 and P02, which were looked at, P01 is in place
        # (92 + 88) / 2 = 90; A2 of two failed and was vetoed; inspectors looked at (95 + 50 + 80) / 3 = 75
        ("I21", [(2, None, "90.0"), (1, 2, "50.0"), (1, None, "1"), (3, None, "75.0")]),
        # L1 to L3 were issued; replies of L1 and L2 were due before 8-10, L1 came in time; L1 was rechecked and in place
        ("I22", [(3, None, "3"), (1, 2, "50.0"), (1, 1, "100.0")]),
        ("I24A", [(1, None, "1"), (3, None, "3")]),  # P03 of P01 to P03
        ("I24B", [(1, None, "1"), (2, None, "2")]),  # T1 of T1 and T2
        ("I23", [(1, None, "1"), (1, None, "1"), (1, None, "1"), (1, None, "1")]),  # B1; W1; S1; W2
        ("I24P", [(2, None, "2"), (3, None, "3")]),  # W1 was carried out and W2 handed over; W1 to W3 were decided
        ("I24E", [(1, None, "1"), (3, None, "3")]),  # M1 of M1 to M3
        ("I24D", [(1, None, "1"), (2, None, "2")]),  # K1 of K1 and K2
        ("I25", [(1, 2, "50.0"), (1, 2, "50.0")]),  # O1 of O1 and O2; O1 is of the legal section
        ("I26", [(2, None, "85.8")]),  # (91.5 + 80) / 2 = 85.75, a half is rounded upwards
    ],
)
def test_what_was_inspected_written_issued_and_scored_is_counted(engine, office, code, expected):
    assert figures(stage(engine, LATER), office, code) == expected


def test_scores_are_for_the_leading_group_and_its_office(engine):
    inspector = person("deng", "supervisor", "LDXZB", EVERYTHING)

    with stage(engine, LATER).work(inspector) as work, pytest.raises(indicators.NoSuchIndicator):
        indicators.get(work, KEY, "I26")


@pytest.mark.parametrize("code", ["I01", "I04", "I05", "I06", "I08"])
def test_with_nothing_to_count_there_is_no_number(engine, office, code):
    engine.clock = SimulatedClock(datetime(2022, 7, 22, 18, tzinfo=ZONE))  # no date has passed yet
    empty = stage(engine, ())

    assert [(part, whole, number) for part, whole, number in figures(empty, office, code)] == [(0, 0, "—")]


def test_how_many_problems_were_found_by_the_units_is_never_coloured(campaign, office):
    with campaign.work(office) as work:
        assert [reading.light for reading in indicators.get(work, KEY, "I04").readings] == [""]


def complaint(key, unit, state, received, **facts):
    return ("complaints", key, unit, state, {"received_on": f"2022-{received}", **facts})


NONE_YET = {"extension_count": 0, "rework_count": 0, "return_count": 0}
COMPLAINTS = (  # seven that came in before 10 August
    complaint("C1", "GAJ", "已办结", "07-01", channel="网站", lead_org="GAJ", proc_due="2022-07-08", proc_in_time=True,
              subst_due="2022-08-01", subst_in_time=True, verdict="属实", satisfaction="满意", solved="已解决",
              replied_on="2022-07-20", handle_days=19, **NONE_YET),
    complaint("C2", "GAJ", "已办结", "07-05", channel="12345", lead_org="GAJ", proc_due="2022-07-12", proc_in_time=False,
              subst_due="2022-08-05", subst_in_time=True, verdict="不属实", satisfaction="不满意", solved="未解决",
              replied_on="2022-08-04", handle_days=30, **NONE_YET | {"extension_count": 1}),
    complaint("C3", "HC", "未办结", "07-10", channel="信访", lead_org="HC", proc_due="2022-07-18", proc_in_time=True,
              subst_due="2022-08-09", subst_in_time=False, unresolved_on="2022-08-01", **NONE_YET | {"rework_count": 1}),
    complaint("C4", "HC", "办理中", "08-05", channel="电话", lead_org="HC", proc_due="2022-08-12", subst_due="2022-09-05",
              **NONE_YET | {"return_count": 1}),
    complaint("C5", "LDXZB", "不予受理", "08-04", channel="来信", proc_due="2022-08-11", proc_in_time=True),
    complaint("C6", "GAJ", "已撤回", "07-20", channel="网站", lead_org="GAJ", proc_due="2022-07-27", proc_in_time=False,
              subst_due="2022-08-05", **NONE_YET),
    complaint("C7", "HC", "回访中", "07-02", channel="微信", lead_org="HC", proc_due="2022-07-09", proc_in_time=True,
              subst_due="2022-08-02", subst_in_time=True, verdict="部分属实", satisfaction="未联系上",
              replied_on="2022-07-12", handle_days=10, **NONE_YET),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # all; those with a unit that leads; C4 and C5 since 8-3; C1, C6, C7; C2, C3
        ("I10", [(7, None, "7"), (6, None, "6"), (2, None, "2"), (3, None, "3"), (2, None, "2")]),
        ("I11", [(3, 4, "75.0")]),  # due by 8-9 were C1 C2 C3 C7, C6 was withdrawn; C2 was late
        ("I12", [(3, 4, "75.0"), (2, 4, "50.0")]),  # due by 8-9 were C1 C2 C3 C7; C3 was late, C2 was extended
        ("I13", [(2, 5, "40.0")]),  # C1 and C2 of C1 C2 C3 C4 C7
        ("I14", [(1, 2, "50.0")]),  # C1 of C1 and C2
        ("I15", [(1, 2, "50.0"), (2, 3, "66.7")]),  # C1 of C1 and C2, who gave an answer; C7 could not be reached
        ("I16", [(1, 2, "50.0")]),
        ("I17", [(1, 6, "16.7"), (1, 6, "16.7"), (1, 6, "16.7")]),  # C3, C4, C2 of the six that a unit leads
        # (10 + 19 + 30) / 3 = 19.7; the one in the middle is 19; nine tenths of the way lies 0.8 between 19 and 30: 27.8
        ("I18", [(3, None, "19.7"), (3, None, "19.0"), (3, None, "27.8")]),
        ("I24C", [(2, None, "2"), (6, None, "6")]),
        ("I27", [(1, None, "1"), (1, None, "9"), (0, None, "0")]),  # C3, since 8-1
    ],
)
def test_complaints_are_counted_as_their_definitions_say(engine, office, code, expected):
    assert figures(stage(engine, COMPLAINTS), office, code) == expected


def test_behind_the_median_stand_the_cases_it_was_taken_from_the_quickest_first(engine, office):
    assert behind(stage(engine, COMPLAINTS), office, "I18", 1) == ["C7", "C1", "C2"]


PLAIN = {f"I{number:02}" for number in range(1, 28)} - {"I24"}


def test_every_indicator_of_the_domain_has_a_definition_a_source_and_a_list_behind_it():
    known = {one.code: one for one in pack().indicators}

    assert known.keys() >= PLAIN
    assert [code for code, one in known.items() if not (one.definition and one.source and one.figures)] == []
