import pytest

from engine import ledgers
from engine.ledgers.errors import NotYourLedger
from engine.persistence.keys import new_key
from tests.ledgers.conftest import ROW, saved


def names(saving):
    return {
        position: {column: type(error).__name__ for column, error in faults.items()} for position, faults in saving.faults.items()
    }


def listed(housing, actor, *columns, **more):
    with housing.work(actor) as work:
        return [tuple(row.cells[column] for column in columns) for row in ledgers.rows(work, "defects", **more).rows]


def only(housing, actor):
    with housing.work(actor) as work:
        return ledgers.rows(work, "defects").rows[0]


def test_new_rows_get_their_number_and_their_place_in_the_list(housing, norah):
    saved(housing, norah, {}, {"trade": ["E"]}, {})

    with housing.work(norah) as work:
        found = ledgers.rows(work, "defects", sort=["number"]).rows
    assert [(row.key, row.seq, row.cells["trade"]) for row in found] == [
        ("D-NORTH-2022-001", 1, "Water"),
        ("D-NORTH-2022-002", 1, "Electricity"),
        ("D-NORTH-2022-003", 2, "Water"),
    ]


def test_one_wrong_row_keeps_all_of_them_out(housing, norah):
    saving = saved(housing, norah, {}, {"trade": ["X"], "description": ["同上"]})

    assert names(saving) == {1: {"trade": "NotAnOption", "description": "SaysNothing"}}
    assert listed(housing, norah, "number") == []


def test_the_right_rows_are_saved_once_that_is_confirmed(housing, norah):
    saving = saved(housing, norah, {}, {"cost": ["much"]}, partial=True)

    assert (set(saving.saved), set(saving.faults)) == ({0}, {1})
    assert len(listed(housing, norah, "number")) == 1


def test_a_caretaker_sees_only_the_rows_of_the_own_unit(housing, norah, ed, olga):
    saved(housing, norah, {})

    assert listed(housing, ed, "number") == []
    assert listed(housing, olga, "number") == [("D-NORTH-2022-001",)]


def test_a_row_of_another_unit_cannot_be_changed(housing, norah, ed):
    saved(housing, norah, {})
    row = only(housing, norah)

    with housing.work(ed) as work:
        saving = ledgers.save_rows(work, "defects", [ledgers.RowChange({"cost": ["1"]}, row.id, row.revision)])

    assert names(saving) == {0: {"": "RowGone"}}


def test_who_is_second_learns_who_was_first(housing, norah, olga):
    saved(housing, norah, {})
    row = only(housing, norah)
    change = ledgers.RowChange({"cost": ["1"]}, row.id, row.revision)

    with housing.work(olga) as work:
        assert ledgers.save_rows(work, "defects", [change]).complete
    with housing.work(norah) as work:
        saving = ledgers.save_rows(work, "defects", [change])

    assert names(saving) == {0: {"": "RowChanged"}}
    assert saving.faults[0][""].facts["who"] == "olga"


def test_a_cell_changes_alone_and_the_others_stay(housing, norah):
    saved(housing, norah, {"steps.0.text": ["Turn the water off"]})
    row = only(housing, norah)

    with housing.work(norah) as work:
        ledgers.save_rows(work, "defects", [ledgers.RowChange({"due": ["2022/8/1"]}, row.id, row.revision)])

    after = only(housing, norah)
    assert (after.values["due"], after.values["steps"], after.revision) == ("2022-08-01", row.values["steps"], 2)


def test_a_list_of_steps_is_replaced_whole(housing, norah):
    saved(housing, norah, {"steps.0.text": ["First"], "steps.1.text": ["Second"]})
    row = only(housing, norah)

    with housing.work(norah) as work:
        ledgers.save_rows(work, "defects", [ledgers.RowChange({"steps.0.text": ["Only"]}, row.id, row.revision)])

    assert [step["text"] for step in only(housing, norah).values["steps"]] == ["Only"]


def test_a_row_that_a_process_treats_is_closed_to_people(housing, norah):
    saved(housing, norah, {})
    with housing.work() as work:
        ledgers.project(work, "defects", "D-NORTH-2022-001", {}, state="done")
    row = only(housing, norah)

    with housing.work(norah) as work:
        saving = ledgers.save_rows(work, "defects", [ledgers.RowChange(id=row.id, revision=row.revision, delete=True)])

    assert names(saving) == {0: {"": "RowClosed"}}


def test_a_row_whose_matter_is_being_handled_is_not_deleted_by_hand(housing, norah):
    saved(housing, norah, {})
    with housing.work() as work:
        ledgers.project(work, "defects", "D-NORTH-2022-001", {}, instance_id=new_key())
    row = only(housing, norah)

    with housing.work(norah) as work:
        saving = ledgers.save_rows(work, "defects", [ledgers.RowChange(id=row.id, revision=row.revision, delete=True)])

    assert names(saving) == {0: {"": "RowFollowed"}}


def test_a_deleted_row_is_gone(housing, norah):
    saved(housing, norah, {})
    row = only(housing, norah)

    with housing.work(norah) as work:
        assert ledgers.save_rows(work, "defects", [ledgers.RowChange(id=row.id, revision=row.revision, delete=True)]).complete

    assert listed(housing, norah, "number") == []


def test_a_task_gives_its_rows_what_they_have_in_common(housing, norah):
    saved(housing, norah, {}, list_filter={"trade": "R", "round": 2})

    assert only(housing, norah).values["round"] == 2
    assert listed(housing, norah, "trade") == [("Roof",)]


def test_outside_a_task_only_certain_roles_change_a_ledger(housing, eve):
    with housing.work(eve) as work, pytest.raises(NotYourLedger):
        ledgers.save_rows(work, "defects", [ledgers.RowChange(ROW)])


def test_names_of_people_are_masked_for_those_who_need_not_know(housing, norah, olga):
    saved(housing, norah, {"tenant": ["Zhang San"]})

    assert listed(housing, norah, "tenant")[0][0] == "Z**"
    assert listed(housing, olga, "tenant") == [("Zhang San",)]


def test_who_changed_which_rows_stands_in_the_audit_trail(housing, norah):
    saved(housing, norah, {}, {})

    with housing.work() as work:
        [record] = work.audit.search(action="ledger.changed").rows
    assert (record.actor, record.facts) == ("norah", {"created": ["D-NORTH-2022-001", "D-NORTH-2022-002"]})
