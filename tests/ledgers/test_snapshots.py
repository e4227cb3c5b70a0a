from engine import ledgers, snapshots
from tests.ledgers.conftest import saved


def frozen(housing, actor, **more):
    with housing.work(actor) as work:
        return snapshots.freeze(work, "defects", "list", **more)


def changed(housing, actor, record):
    with housing.work(actor) as work:
        return snapshots.compare(work, record)


def test_a_frozen_list_says_what_it_said_when_it_was_printed(housing, norah):
    saved(housing, norah, {"cost": ["10"]}, {"cost": ["20"]})
    paper = snapshots.paper_of(frozen(housing, norah, filter={"trade": "W"}))

    assert (paper.title, paper.head[0]) == ("Water defects of NORTH estate", "Unit: NORTH estate")
    assert [row.cells["cost"] for row in paper.rows] == ["10", "20"]
    assert paper.totals == {"cost": "30"}


def test_the_same_list_keeps_its_code(housing, norah):
    saved(housing, norah, {})

    assert frozen(housing, norah).code == frozen(housing, norah).code


def test_a_changed_list_gets_another_code(housing, norah):
    saved(housing, norah, {})
    before = frozen(housing, norah)
    saved(housing, norah, {})

    assert frozen(housing, norah).code != before.code


def test_what_changed_since_is_named_cell_by_cell(housing, norah, olga):
    saved(housing, norah, {"cost": ["10"]}, {})
    record = frozen(housing, norah)
    with housing.work(norah) as work:
        first, second = ledgers.rows(work, "defects").rows
        removal = ledgers.RowChange(id=second.id, revision=second.revision, delete=True)
        ledgers.save_rows(work, "defects", [ledgers.RowChange({"cost": ["11"]}, first.id, first.revision), removal])
    saved(housing, norah, {"trade": ["R"]})

    changes = changed(housing, olga, record)

    assert [(change.label, change.before, change.after) for change in changes.changed[0].cells] == [("Cost", "10", "11")]
    assert ([row["Trade"] for row in changes.added], [row["Number"] for row in changes.removed]) == (
        ["Roof"],
        ["D-NORTH-2022-002"],
    )


def test_a_list_that_did_not_change_is_current(housing, norah, olga):
    saved(housing, norah, {})
    record = frozen(housing, norah)

    with housing.work(olga) as work:
        assert snapshots.is_current(work, record)
        assert snapshots.compare(work, record).none


def test_a_mistyped_code_is_told_from_an_unknown_one():
    code = snapshots.new_code()
    slip = code[:-1] + ("2" if code[-1] != "2" else "3")

    assert snapshots.is_code(code)
    assert not snapshots.is_code(slip)
