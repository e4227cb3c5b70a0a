"""What the plan demands of a form: nobody can leave it out (R003-R004, R076-R077, R105-R108)."""

import pytest

from engine import forms
from engine.feel import Environment
from tests.packs.stage import day, functions, of_kind, pack

ROW = {"milestones": [], "rectify_mode": "限期整改", "due_date": "2022-08-31"}


def form(form_id):
    return forms.read(of_kind(".form")).forms[form_id]


def refused(form_id, **typed):
    """Hand a form in with nothing but what is said, and name the fields it is refused at."""
    found = form(form_id)
    environment = Environment(lambda: day("2022-07-25"), functions())
    bound = forms.bind(found, forms.submission(tuple(found.fields()), typed), {"unit": "SCJG", "round_no": 1}, environment)
    return set(bound.errors)


@pytest.mark.parametrize(
    ("form_id", "fields"),
    [
        ("campaign_plan", {"contact_name", "contact_phone", "contact_email"}),  # R004
        ("setup_group", {"group_leader"}),  # R076, R103
        ("setup_plan", {"plan_file", "division"}),  # R076
        ("setup_party_meeting", {"meeting_on", "minutes_no", "meeting_result", "minutes_scan"}),  # R077
        ("problem_row", {"measures"}),  # R105
        ("problem_row", {"resp_dept", "resp_person", "resp_leader", "due_date"}),  # R106
        ("rectify_measures", {"measures", "goal", "resp_dept", "resp_person", "due_date"}),  # R105, R106
    ],
)
def test_what_the_plan_asks_for_cannot_be_left_out(form_id, fields):
    assert refused(form_id) >= fields


def test_r003_whoever_agrees_to_issue_the_plan_says_under_which_number_and_when():
    assert refused("campaign_issue", decision="同意印发") >= {"doc_no", "issued_on"}


@pytest.mark.parametrize(
    ("mode", "milestones", "is_refused"),
    [("长期整改", [], True), ("长期整改", [{"date": "2022-10-31", "deliverable": "……"}], False), ("限期整改", [], False)],
)
def test_r108_what_takes_long_needs_its_timetable(mode, milestones, is_refused):
    assert ("milestones" in refused("problem_row", **ROW | {"rectify_mode": mode, "milestones": milestones})) == is_refused


@pytest.mark.parametrize(("due", "is_refused"), [("2022-07-31", False), ("2022-08-01", True)])
def test_r107_an_ordinary_problem_is_put_right_by_the_end_of_the_first_stage(due, is_refused):
    assert ("due_date" in refused("problem_row", **ROW | {"rectify_mode": "立行立改", "due_date": due})) == is_refused


@pytest.mark.parametrize(
    ("scope", "until", "is_refused"),
    [("社会公众", "2022-09-08", True), ("社会公众", "2022-09-09", False), ("本单位科室", "2022-08-15", False)],
)
def test_r033_the_public_has_thirty_days_to_speak_on_a_list(scope, until, is_refused):
    asked = {
        "consulted": [scope],
        "consult_from": "2022-08-10",
        "consult_to": until,
        "opinions": "收到意见6条,采纳4条,其余已说明。",
    }
    assert ("consult_to" in refused("power_list_consult", **asked)) == is_refused


def test_r001_r007_the_campaign_has_its_units_and_its_window():
    assert len([unit for unit in pack().reference("units") if unit["participates"] == "是"]) == 41
    assert (pack().stages[0].start.isoformat(), pack().stages[-1].end.isoformat()) == ("2022-07-18", "2022-12-31")


def test_r075_r083_r088_r091_the_four_stages_stand_at_their_dates():
    spans = [(stage.start.strftime("%m-%d"), stage.end.strftime("%m-%d")) for stage in pack().stages]

    assert spans == [("07-18", "07-31"), ("08-01", "08-19"), ("08-19", "08-31"), ("09-01", "12-31")]


def test_r104_the_line_sees_its_counties_and_the_territory_its_own():
    scopes = {role.code: role.scope for role in pack().roles}
    lines = [unit["code"] for unit in pack().reference("units") if unit["line_parent"]]

    assert (scopes["line_dept"], scopes["county_office"], bool(lines)) == ("line", "territory", True)
