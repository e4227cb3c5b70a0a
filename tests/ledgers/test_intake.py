import pytest

from engine import ledgers
from engine.ledgers.errors import NothingPasted, TooManyPasted, TooWide, UnknownHeaders, WrongWidth
from tests.ledgers.conftest import saved

HEADED = (
    "Trade *\tDescription\tDue\tCost\tSteps\n"
    'Water\t"The tap in the kitchen drips\nday and night"\t2022/7/31\t1,200\t"1. Turn off\n2. Replace"\n'
    "Fire\t同上\t31.7.\tmuch\t\n"
)


def pasted(housing, actor, text):
    with housing.work(actor) as work:
        return ledgers.paste(work, "defects", text)


def test_pasted_rows_are_read_by_their_headings(housing, norah):
    preview = pasted(housing, norah, HEADED)

    with housing.work(norah) as work:
        assert ledgers.save_rows(work, "defects", preview.changes[:1]).complete
        [row] = ledgers.rows(work, "defects").rows
    assert row.values["description"] == "The tap in the kitchen drips\nday and night"
    assert (row.values["cost"], row.values["due"], [step["text"] for step in row.values["steps"]]) == (
        1200,
        "2022-07-31",
        ["Turn off", "Replace"],
    )


def test_every_fault_names_its_row_and_its_column(housing, norah):
    faults = pasted(housing, norah, HEADED).faults

    assert {(fault.row, fault.label, fault.raw) for fault in faults} == {
        (2, "Trade", "Fire"),
        (2, "Description", "同上"),
        (2, "Due", "31.7."),
        (2, "Cost", "much"),
    }


def test_looking_at_pasted_rows_saves_nothing(housing, norah):
    pasted(housing, norah, HEADED)

    with housing.work(norah) as work:
        assert ledgers.count(work, "defects") == 0


def test_without_headings_cells_stand_in_the_order_of_the_view(housing, norah):
    preview = pasted(housing, norah, "Roof\tWater comes in at three places in winter\t\t2022-08-01\tLi Si\t30\n")

    assert preview.faults == ()
    assert preview.rows[0].cells["tenant"] == "Li Si"


def test_a_row_with_a_known_number_changes_that_row(housing, norah):
    saved(housing, norah, {})
    preview = pasted(housing, norah, "Number\tCost\nD-NORTH-2022-001\t77\n")

    with housing.work(norah) as work:
        ledgers.save_rows(work, "defects", preview.changes)
        [row] = ledgers.rows(work, "defects").rows
    assert (preview.created, preview.updated, row.values["cost"], row.values["trade"]) == (0, 1, 77, "W")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("  \n \n", NothingPasted),
        ("Trade\tColour\tDue\nWater\tred\t\n", UnknownHeaders),
        ("a\tb\tc\td\te\tf\tg\th\ti\tj\tk\n", WrongWidth),
    ],
)
def test_what_does_not_fit_the_table_is_said_before_anything_is_read(housing, norah, text, error):
    with pytest.raises(error):
        pasted(housing, norah, text)


def parts(housing, actor, text, column):
    with housing.work(actor) as work:
        ledger = ledgers.definition(work, "defects")
        return ledgers.block(ledger, ledger.view("list"), text, column, 3)


@pytest.mark.parametrize(
    ("text", "column", "found"),
    [
        ("31.7.\tLi\n\n1.8.\t", "due", [{"due": "31.7.", "tenant": "Li"}, None, {"due": "1.8.", "tenant": ""}]),
        ("Cost\tTrade\n5\tWater", "due", [{"cost": "5", "trade": "Water"}]),
        ("Fire", "nowhere", [{"seq": "Fire"}]),
    ],
)  # fmt: skip
def test_a_block_goes_on_to_the_right_from_where_it_is_pasted(housing, norah, text, column, found):
    assert parts(housing, norah, text, column) == found


@pytest.mark.parametrize(
    ("text", "column", "error"),
    [("1\t2\t3", "cost", TooWide), ("1\n2\n3\n4", "cost", TooManyPasted), ("", "cost", NothingPasted)],
)
def test_a_block_that_does_not_fit_is_refused(housing, norah, text, column, error):
    with pytest.raises(error):
        parts(housing, norah, text, column)
