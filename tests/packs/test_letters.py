"""The second list and letters of supervision: what goes into them, who issues them, and what their forms ask for."""

import pytest

from engine.feel import Environment
from engine.forms import bind, read
from engine.kernel import port
from tests.packs import letters
from tests.packs.stage import day, functions, of_kind, pack, processes
from tests.packs.test_walks import played


def test_r087_the_second_list_holds_what_is_not_in_place_whatever_was_found_when():
    rows = [
        {"key": "1", "round_no": 1, "last_verdict": "到位"},
        {"key": "2", "round_no": 1, "last_verdict": "基本到位"},
        {"key": "3", "round_no": 2, "last_verdict": "新问题"},
        {"key": "4", "round_no": 1, "is_late": True, "last_verdict": "到位"},
        {"key": "5", "round_no": 1},
    ]

    listed = letters.enhancement(rows).variables["second_list"]
    assert [row["key"] for row in listed] == ["2", "3", "4", "5"]


@pytest.mark.parametrize("scene", [letters.closure_filed, letters.county_checks_first])
def test_r087_a_unit_reaches_its_date_with_the_ledger_that_was_received(scene):
    walk = played(scene)
    end = processes()["enhancement"].elements["closure_filed"].properties

    assert (walk.path[-1], end["bpm:milestone"].text) == ("closure_filed", "M0819")


def test_a_unit_without_feedback_does_not_wait_for_it():
    assert "no_feedback" in played(letters.no_feedback).path


def test_r094_the_answer_is_due_in_days_from_the_receipt_rolled_to_a_working_day():
    assert letters.letter().variables["reply_due"] == "2022-09-29"


def test_a_letter_is_extended_by_the_way_of_all_extensions_and_the_old_day_stands_until_it_is_granted():
    walk = played(letters.letter_extended)
    asked = [message.variables for message in walk.published if message.name == "extension_requested"]

    assert [(one["target_key"], one["original_due"]) for one in asked] == [("JDWS-2022-001", "2022-09-29")] * 2
    assert (walk.variables["reply_due"], walk.variables["extension_count"]) == ("2022-10-14", 1)


def test_the_bureau_issues_every_step_of_a_letter_but_the_unit_its_own():
    tasks = {task.element_id: task for task in played(letters.letter_answered).all if isinstance(task, port.UserTaskCreated)}
    issuers = {task.properties["bpm:issuer"] for name, task in tasks.items() if name not in ("receive_letter", "reply_letter")}

    assert (issuers, tasks["reply_letter"].properties["bpm:issuer"]) == ({"市司法局"}, "市交通运输局")


def test_an_interview_is_a_paper_of_its_own_kind():
    walk = played(letters.letter_escalated)

    assert [walk.path.count(step) for step in ("register_letter", "receive_letter")] == [2, 2]
    assert walk.variables["kind"] == "约谈通知书"


def test_each_kind_of_paper_has_its_own_mark_and_counter():
    series, marks = pack().series("letter"), [row["mark"] for row in pack().reference("letter_kinds")]

    assert (series.per, len(set(marks))) == (("year", "mark"), len(marks))
    assert series.pattern.format(mark=marks[0], year=2022, n=1) == "鞍执法监督函〔2022〕1号"


def faults(form_id, facts, on="2022-10-10", **typed):
    """Bind what was typed into a form of a letter, and give what is wrong with it."""
    form, environment = read(of_kind(".form")).forms[form_id], Environment(lambda: day(on), functions())
    given = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
    return {name: str(error) for name, error in bind(form, given, {"unit": "JTJ", **facts}, environment).errors.items()}


def test_an_objection_comes_within_seven_days_of_the_receipt():
    facts, typed = {"received_on": "2022-10-03"}, {"reply_kind": "提出异议", "dispute": "所列案件不属于本单位管辖。"}

    assert "reply_kind" not in faults("letter_reply", facts, "2022-10-10", **typed)
    assert "签收已满7日" in faults("letter_reply", facts, "2022-10-11", **typed)["reply_kind"]


def test_two_people_look_again():
    typed = {"recheck": "整改到位", "recheck_note": "调阅文书，整改到位。"}

    assert "不少于两人" in faults("letter_recheck", {}, recheckers=["刘静"], **typed)["recheckers"]
    assert faults("letter_recheck", {}, recheckers=["刘静", "徐家明"], **typed) == {}


@pytest.mark.parametrize(("field", "message"), [("issues", "至少列一个存在问题"), ("requirements", "至少列一项监督要求")])
def test_a_letter_says_what_is_wrong_and_what_is_asked_for(field, message):
    assert message in faults("letter_draft", {"kind": "监督函"}, kind="监督函")[field]
