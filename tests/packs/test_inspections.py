"""What an inspection leads to: verdicts written back, new problems handed over, clues and letters told."""

import pytest

from engine.feel import Environment
from engine.forms import bind, read
from engine.kernel import port
from tests.packs import inspections
from tests.packs.stage import day, decide, functions, of_kind, pack
from tests.packs.test_walks import played

RECORD = {
    "inspected_on": ["2022-08-10"], "place": ["会议室"], "methods_used": ["实地"], "team_leader": ["邓莉"], "members": ["方志远"],
    "recusal_promise": ["true"], "no_case_reason": ["没有处罚案件"], "overall": ["好"],
    "feedback": ["整改责任明确，请巩固成果。"],
}  # fmt: skip


@pytest.fixture
def environment():
    return Environment(lambda: day("2022-08-10"), functions())


def sent(walk):
    return {message.name: message for message in walk.published}


def test_r084_the_first_round_reaches_every_unit_and_its_milestone():
    walk = played(inspections.first_round)

    visits = walk.variables["visits"]
    assert (len(visits), {visit["visit_on"] <= "2022-08-05" for visit in visits}) == (41, {True})
    assert "first_round_done" in walk.path


@pytest.mark.parametrize("scene", [inspections.first_round, inspections.ad_hoc_round])
def test_nobody_inspects_the_unit_they_come_from(scene):
    inspectors = pack().reference("inspectors")
    for visit in played(scene).variables["visits"]:
        homes = {person["home"] for person in inspectors if person["team"] == visit["team"]}
        assert visit["unit"] not in homes
        assert visit["unit"] != "SFJ" or "LDXZB" not in homes


def test_those_who_come_from_the_unit_are_kept_out_by_the_engine():
    walk = played(inspections.inspected)
    tasks = [task for task in walk.all if isinstance(task, port.UserTaskCreated) and task.element_id == "record_visit"]

    kept_out = tasks[0].properties["bpm:excludedUsers"]
    assert {"weidongming", "dengli"} <= set(kept_out)


def test_a_unit_visited_within_30_days_is_marked():
    warned = {visit["unit"]: visit["warning"] for visit in played(inspections.ad_hoc_round).variables["visits"]}

    assert warned == {"JTJ": "30日内已督导过", "SFJ": ""}


def test_r086_a_new_problem_is_handed_over_with_the_inspection_as_its_source():
    message = sent(played(inspections.feedback_confirmed))["problem_accepted"]

    held = message.variables
    assert (message.correlation_key, held["source"], held["round_no"]) == ("WT-JTJ-2022-2-001", "督导", 2)


def test_a_struck_off_problem_that_is_not_in_place_is_opened_again():
    walk = played(inspections.feedback_not_answered)

    again = [message.variables for message in walk.published if message.name == "problem_accepted"][-1]
    assert (again["problem_no"], again["is_rebound"]) == ("WT-JTJ-2022-1-001", True)


def test_r094_a_letter_is_due_where_the_second_round_finds_a_problem_not_in_place():
    letter = sent(played(inspections.feedback_disputed))["letter_due"].variables

    assert (letter["unit"], letter["cause"], letter["problem_nos"]) == ("JTJ", "督导", ["WT-JTJ-2022-1-001"])
    assert "letter_due" not in sent(played(inspections.fake_rectification))


def test_fake_rectification_becomes_a_clue_unless_the_verdict_is_changed():
    assert "clue_found" in sent(played(inspections.fake_rectification))
    assert "clue_found" not in sent(played(inspections.feedback_disputed))


@pytest.mark.parametrize(
    ("verdicts", "round_no", "new", "overall", "outcome"),
    [
        (["虚假整改", "到位"], 1, [], "一般", "移送"),
        (["不到位"], 2, [], "一般", "监督函"),
        (["未启动"], 1, [], "一般", "限期整改"),
        (["基本到位"], 1, [], "较好", "限期整改"),
        (["到位"], 1, [{}], "好", "限期整改"),
        (["到位"], 2, [], "好", "表扬"),
        ([], 1, [], "差", "约谈"),
        ([], 1, [], "较好", "一般反馈"),
    ],
)
def test_what_follows_is_decided_by_the_verdicts(verdicts, round_no, new, overall, outcome):
    checks = [{"verdict": verdict} for verdict in verdicts]
    facts = {"checks": checks, "new_found": new, "case_checks": [], "round_no": round_no, "overall": overall}

    assert decide("inspection_outcome", facts)["outcome"] == outcome


def record(environment, **changed):
    """Bind the record of a visit to a unit with one problem, three case files asked for."""
    form = read(of_kind(".form")).forms["inspection_record"]
    facts = {
        "checks": [{**inspections.CHECK, "verdict": None}],
        "check_count": 1,
        "files_per_unit": 3,
        "unit": "JTJ",
        "visit_team": "DDZ1",
    }
    typed = RECORD | {"checks.0.verdict": ["到位"]} | changed
    return {name: str(error) for name, error in bind(form, typed, facts, environment).errors.items()}


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"checks.0.verdict": ["不到位"]}, "checks.0.found", "核查情况"),
        ({"checks.0.verdict": ["虚假整改"], "checks.0.found": ["不实"]}, "checks.0.evidence", "虚假整改要有证据"),
        ({"checks.0.verdict": ["基本到位"], "checks.0.found": ["……"]}, "checks.0.requirement", "整改要求"),
        ({"checks.0.verdict": []}, "checks", "每个问题都要有核查结论"),
        ({"members": ["邓莉"]}, "members", "不少于两人"),
        ({"recusal_promise": []}, "recusal_promise", "回避承诺"),
        ({"no_case_reason": []}, "case_checks", "少于督导方案规定的份数"),
        ({"inspected_on": ["2022-08-11"]}, "inspected_on", "不能晚于今天"),
        ({"methods_used": ["座谈"]}, "forum_people", "参加人数"),
    ],
)
def test_the_record_says_what_is_missing(environment, changed, field, message):
    assert message in record(environment, **changed)[field]


def test_a_record_with_a_verdict_for_every_problem_is_taken(environment):
    assert record(environment) == {}
