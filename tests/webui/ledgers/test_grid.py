import json

import pytest

from engine import ledgers
from engine.ledgers import RowChange
from tests.conftest import person
from tests.ledgers.conftest import ROW, saved

GRID = "/ledgers/defects/grid"


@pytest.fixture
def pam(browser):
    pam = browser("pam")
    pam.get("/ledgers/defects?view=list")
    return pam


def sent(pam, what, data, **more):
    """Send as the grid's script does, and give status and answer."""
    headers = {"Accept": "application/json", "X-CSRFToken": pam.token}
    answer = pam.client.post(f"{GRID}/{what}?view=list", data=data, headers=headers, **more)
    return answer.status_code, answer.get_json(silent=True) or answer.get_data(as_text=True)


def listed(office, actor):
    with office.work(actor) as work:
        return ledgers.rows(work, "defects", sort=["number"]).rows


def marked(row, **fields):
    return {"_row": str(row.id), "_revision": str(row.revision), **fields}


def test_the_list_is_a_grid_for_those_who_may_change_it(pam, browser):
    assert 'role="grid"' in pam.text
    assert 'data-column="cost" data-label="Cost" class="number" data-edit="number" data-raw="10"' in pam.text
    ann = browser("ann")
    ann.get("/ledgers/defects?view=list")
    assert 'role="grid"' not in ann.text


def test_a_cell_is_saved_with_its_row(pam, office, pam_acts):
    row = listed(office, pam_acts)[0]

    status, answer = sent(pam, "row", marked(row, cost="12.5"))

    assert (status, answer["rows"][0]["id"], str(listed(office, pam_acts)[0].values["cost"])) == (200, str(row.id), "12.5")
    assert f'data-revision="{row.revision + 1}"' in answer["rows"][0]["html"]


def test_a_cell_that_cannot_be_read_gets_the_form_s_message_and_nothing_is_saved(pam, office, pam_acts):
    row = listed(office, pam_acts)[0]

    status, answer = sent(pam, "row", marked(row, cost="much"))

    [fault] = answer["rows"][0]["faults"]
    assert (status, fault["column"], fault["label"], "much" in fault["message"]) == (200, "cost", "Cost", True)
    assert answer["rows"][0]["pending"] == {"cost": ["much"]}
    assert (listed(office, pam_acts)[0].values["cost"], answer["undo"]) == (row.values["cost"], [])


def test_a_row_that_somebody_else_changed_says_who(pam, office, pam_acts, ann_acts):
    row = listed(office, pam_acts)[0]
    with office.work(pam_acts) as work:
        ledgers.save_rows(work, "defects", [RowChange({"cost": ["77"]}, row.id, row.revision)])

    _, answer = sent(pam, "row", marked(row, cost="5"))

    assert "Pam" in answer["rows"][0]["faults"][0]["message"]


def test_a_new_row_is_told_what_is_still_missing(pam, office, pam_acts):
    _, answer = sent(pam, "row", {"_row": "", "_revision": "", "trade": "W"})

    assert {fault["column"] for fault in answer["rows"][0]["faults"]} == {"description"}
    _, answer = sent(pam, "row", {"_row": "", "_revision": "", **{name: texts[0] for name, texts in ROW.items()}})
    assert "html" in answer["rows"][0]
    assert len(listed(office, pam_acts)) == 3


def test_a_cell_with_choices_gets_the_control_of_the_form(pam, office, pam_acts):
    row = listed(office, pam_acts)[0]

    status, html = sent(pam, "cell", marked(row, _column="trade"))

    assert status == 200
    assert '<option value="W" selected>Water</option>' in html
    assert sent(pam, "cell", marked(row, _column="wish"))[0] == 422


def test_a_block_fills_rows_from_the_cursor_on_and_new_ones_below(pam, office, pam_acts):
    first, second = listed(office, pam_acts)
    text = "2022-08-01\tLi Si\t30\n31.7.\t\t40\nsoon\tWang Wu\t50"

    status, answer = sent(
        pam, "block", {"text": text, "_column": "due", "_row": [f"{r.id}:{r.revision}" for r in (first, second)]}
    )

    assert (status, len(answer["rows"]), answer["said"]) == (200, 3, "已保存 1 行。 有 2 行需要先修改。")
    assert [fault["column"] for fault in answer["rows"][1]["faults"]] == ["due"]
    assert {fault["column"] for fault in answer["rows"][2]["faults"]} == {"due", "trade", "description"}
    assert [row.values["cost"] for row in listed(office, pam_acts)] == [30, 20]


def test_the_last_change_is_taken_back(pam, office, pam_acts):
    row = listed(office, pam_acts)[0]
    _, answer = sent(pam, "row", marked(row, cost="99"))

    status, answer = sent(pam, "undo", json.dumps(answer["undo"]), content_type="application/json")

    assert (status, answer["removed"], listed(office, pam_acts)[0].values["cost"]) == (200, [], 10)


def test_what_somebody_else_changed_since_is_not_taken_back(pam, office, pam_acts):
    row = listed(office, pam_acts)[0]
    _, answer = sent(pam, "row", marked(row, cost="99"))
    with office.work(pam_acts) as work:
        ledgers.save_rows(work, "defects", [RowChange({"cost": ["77"]}, row.id, row.revision + 1)])

    status, _ = sent(pam, "undo", json.dumps(answer["undo"]), content_type="application/json")

    assert (status, listed(office, pam_acts)[0].values["cost"]) == (409, 77)


@pytest.mark.parametrize(("what", "data"), [("undo", '[{"id": 1}]'), ("undo", "{"), ("block", {"text": "1", "_row": "x:y"})])
def test_what_the_script_never_sends_is_refused(pam, what, data):
    kind = {"content_type": "application/json"} if what == "undo" else {}

    assert sent(pam, what, data, **kind)[0] == 400


def test_whoever_may_only_read_changes_nothing(browser, office, pam_acts, ann_acts):
    ann = browser("ann")
    ann.get("/ledgers/defects?view=list")
    row = listed(office, pam_acts)[0]

    assert [sent(ann, what, marked(row, cost="1", _column="cost"))[0] for what in ("row", "cell")] == [403, 403]


def test_a_row_of_another_unit_cannot_be_changed(browser, office, pam_acts):
    [foreign] = saved(office, person("dora", "planner", "DPLAN"), {}).saved.values()
    pam = browser("pam")
    pam.get("/ledgers/defects?view=list")

    _, answer = sent(pam, "row", {"_row": str(foreign), "_revision": "1", "cost": "1"})

    assert answer["rows"][0]["faults"][0]["column"] == ""
