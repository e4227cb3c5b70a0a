"""Pre-assessment, institutions and matters of the group: what the tables decide and what the forms insist on."""

import pytest

from engine import forms
from engine.feel import Environment
from engine.kernel import port
from tests.packs import assessment
from tests.packs.stage import day, decide, functions, of_kind, processes

GOOD = {"completion_rate": 100, "closure_rate": 100, "evidence_rate": 100, "on_time_rate": 100, "case_avg": 90}
DRAFT = {
    "name": "食品药品从业禁止实施细则", "basis": "食品安全法第一百三十五条", "main_points": "启动、审核、登记程序",
    "scope": "全市", "upper_law": "食品安全法第一百三十五条", "no_new_penalty": True,
}  # fmt: skip
STRICT = {"task_no": "ZD-2022-003", "kind": "立", "topic": "落实上位法严格责任", "due_on": "2022-11-30"}
PLAN = {"held_on": "2022-08-23", "held_at": "三楼会议室", "key_points": "看到期问题是否整改到位,佐证是否齐全。"}


def faults(form_id, typed, known=None, on="2022-08-22"):
    """Fill a form in and name the fields that are refused."""
    form = forms.read(of_kind(".form")).forms[form_id]
    raw = forms.submission(tuple(form.fields()), typed)
    return set(forms.bind(form, raw, known or {}, Environment(lambda: day(on), functions())).errors)


@pytest.mark.parametrize(
    ("first", "second", "third", "score", "needs_third"),
    [
        (90, 86, None, 88, False),
        (90, 80, None, 85, False),
        (91, 80, None, None, True),
        (60, 80, 66, 63, False),
        (60, 80, 78, 79, False),
    ],
)
def test_scores_are_averaged_and_a_third_reviewer_settles_more_than_ten_points(first, second, third, score, needs_third):
    """R089."""
    found = decide("pre_assessment_average", {"first_score": first, "second_score": second, "third_score": third})

    assert (found["score"], found["needs_third"]) == (score, needs_third)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"completion_rate": 94.9}, ["整改完成率94.9%"]),
        ({"closure_rate": 89}, ["销号率89%"]),
        ({"evidence_rate": 90, "on_time_rate": 75}, ["佐证完整度90%", "按时报送75%"]),
        ({"case_avg": 79}, ["79分"]),
        ({"case_avg": None}, []),
    ],
)
def test_each_figure_below_its_mark_is_a_gap(changed, named):
    """R089: 查缺补漏."""
    gaps = decide("pre_assessment_gaps", GOOD | changed)

    assert [name in gap for name, gap in zip(named, gaps, strict=True)] == [True] * len(named)


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [({}, "通过"), ({"score": 69.9}, "限期补课"), ({"completion_rate": 84}, "限期补课"), ({"evidence_rate": 79}, "限期补课")],
)
def test_a_verdict_is_proposed_from_score_and_figures(changed, verdict):
    """R089."""
    assert decide("pre_assessment_verdict", {"score": 70} | GOOD | changed) == verdict


def test_reviewers_do_not_see_each_other():
    """R089: neither the form nor the task of a reviewer holds the other's score."""
    form = forms.read(of_kind(".form")).forms["pre_assessment_review"]

    assert not {field.key for field in form.fields()} & {"first_score", "second_score", "third_score", "score", "first_gaps"}


def test_two_reviewers_work_at_once_and_are_two_people():
    walk = assessment.Walk("pre_assessment_unit", "2022-08-23", **assessment.UNIT | assessment.FIGURES)

    waiting = [effect for effect in walk.open.values() if isinstance(effect, port.UserTaskCreated)]
    assert [(task.element_id, task.assignee) for task in waiting] == [("first_review", "a"), ("second_review", "b")]


def test_a_pair_of_reviewers_takes_turns_from_unit_to_unit():
    walk = assessment.pre_assessed()

    sheets = [child.variables for child in walk.all if isinstance(child, port.ChildStarted)]
    pairs = {(sheet["first_reviewer"], sheet["second_reviewer"]) for sheet in sheets}
    assert (len(sheets), pairs) == (41, {("a", "b"), ("b", "c"), ("c", "a")})


def test_figures_count_what_is_due_and_average_the_case_files():
    walk = assessment.pre_assessed()

    [sheet] = [c.variables for c in walk.all if isinstance(c, port.ChildStarted) and c.variables["unit"] == "JTJ"]
    assert {name: sheet[name] for name in ("due_total", "completion_rate", "evidence_rate", "case_avg", "on_time_rate")} == {
        "due_total": 2, "completion_rate": 50, "evidence_rate": 100, "case_avg": 85.5, "on_time_rate": 25,
    }  # fmt: skip


def test_the_bureau_does_not_judge_itself():
    """市司法局 is decided on by the leading group."""
    walk = assessment.reviewed(90, 86, unit="SFJ")

    [decides] = [effect for effect in walk.open.values() if isinstance(effect, port.UserTaskCreated)]
    assert list(decides.candidate_groups) == ["lg_leader@LDXZ"]


def test_catching_up_is_asked_of_those_who_failed_only():
    assert [message.name for message in assessment.passed().published] == []
    assert [(m.name, m.variables["unit"]) for m in assessment.disputed().published] == [("catch_up_due", "JTJ")]


def test_causes_of_one_kind_in_one_unit_become_one_entry():
    """R090: 制度 where it is named, 机制 where a problem is said to be common, nothing for the rest."""
    walk = assessment.institutions_listed()

    [write] = [job for job in walk.all if isinstance(job, port.JobCreated) and job.element_id == "write_causes"]
    assert [(row["unit"], row["kind"], row["cause"]) for row in write.variables["write_rows"]] == [
        ("JTJ", "机制", "排班不合理。"), ("JTJ", "制度", "排班不合理。"),
    ]  # fmt: skip


def test_each_task_of_a_unit_is_handed_on_by_itself():
    assert [message.correlation_key for message in assessment.listed().published] == ["ZD-2022-001", "ZD-2022-002"]


def test_the_lists_are_settled_while_units_are_still_at_theirs():
    """R090: nobody is waited for."""
    walk = assessment.Walk("institutions", "2022-08-19", **assessment.CALLED)
    walk.do("read_causes", rows=[])
    walk.do("write_causes", written=[])
    walk.until("2022-08-31")

    assert {"collate", "list_of_units"} <= {effect.element_id for effect in walk.open.values()}


def test_an_issued_rule_is_named_at_the_problems_it_answers():
    """R115."""
    walk = assessment.institution_issued()

    [write] = [job for job in walk.all if isinstance(job, port.JobCreated) and job.element_id == "link_problems"]
    named = "办案期限管理办法(鞍交规〔2022〕1号)"
    assert write.variables["write_rows"] == [{"key": "WT-1", "institutions": named}, {"key": "WT-2", "institutions": named}]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [({}, set()), ({"no_new_penalty": False}, {"no_new_penalty"}), ({"upper_law": ""}, {"upper_law"})],
)
def test_a_unit_makes_no_penalty_of_its_own(changed, refused):
    """R056: only higher law is carried out."""
    typed = {name: value for name, value in (DRAFT | changed).items() if value is not False}

    assert faults("institution_draft", typed, STRICT) - {"draft_file"} == refused


def test_a_rule_to_be_repealed_needs_its_reason_and_no_text():
    typed = {"name": DRAFT["name"], "basis": DRAFT["basis"]}

    assert faults("institution_draft", typed, STRICT | {"kind": "废", "topic": "其他"}) == {"repeal_reason"}


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"reviewers": ["dengli", "handan", "liujing"]}, set()),
        ({"reviewers": ["dengli", "handan"]}, {"reviewers"}),
        ({"reviewers": ["dengli", "handan", "liujing"], "held_on": "2022-08-26"}, {"held_on"}),
    ],
)
def test_pre_assessment_needs_three_reviewers_and_ends_in_time(typed, refused):
    """R089."""
    assert faults("pre_assessment_plan", PLAN | typed) == refused


def test_a_low_score_names_what_is_missing():
    points = {"item_completion": 10, "item_closure": 5, "item_evidence": 5, "item_cases": 5, "item_reporting": 5}

    assert faults("pre_assessment_review", points, assessment.FIGURES | assessment.UNIT) == {"gap_notes"}


def test_each_charge_of_the_group_has_its_unit_and_day():
    """R099."""
    walk = assessment.matter_decided()

    sent = [(message.correlation_key, message.variables["unit"], message.variables["due_on"]) for message in walk.published]
    assert sent == [("JB-2022-001", "ZRZY", "2022-09-15"), ("JB-2022-002", "LCJ", "2022-09-15")]


@pytest.mark.parametrize(
    ("process", "element", "issuer"),
    [
        ("group_matter", "decide_matter", "市集中整治行政执法突出问题领导小组"),
        ("group_matter", "prepare_matter", "市集中整治行政执法突出问题领导小组办公室"),
        ("pre_assessment_unit", "decide", '=if unit = "SFJ" then "市集中整治行政执法突出问题领导小组" else "市司法局"'),
        ("institutions", "approve_lists", "市司法局"),
    ],
)
def test_each_paper_names_who_issues_it(process, element, issuer):
    """R089, R090, R099, R100."""
    assert processes()[process].elements[element].properties["bpm:issuer"].text == issuer
