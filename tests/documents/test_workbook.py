import io
from datetime import date

import pytest
from openpyxl import load_workbook

from engine import documents, ledgers
from engine.ledgers.errors import NotOurWorkbook
from tests.ledgers.conftest import saved


def opened(rendered):
    return load_workbook(io.BytesIO(rendered.content))


def list_of(papers, actor, document="list_print", **variables):
    with papers.work(actor) as work:
        return opened(documents.render(work, document, {"unit": "NORTH", **variables}))


@pytest.fixture
def filled(papers, norah):
    saved(papers, norah, {"cost": ["12.5"], "description": ["=1+1 is what the tenant wrote on the wall"]}, {"cost": ["20"]})
    return papers


def test_the_list_is_laid_out_as_offices_print_it(filled, norah):
    sheet = list_of(filled, norah)["清单"]

    assert [sheet["A1"].value, sheet["A2"].value] == ["Water defects of NORTH estate", "Unit: NORTH estate"]
    assert [sheet.cell(3, 1).value, sheet.cell(3, 5).value, sheet.cell(4, 5).value] == ["序号", "Repair", "Steps"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.freeze_panes) == ("landscape", 8, "A5")
    assert sheet.print_title_rows == "$3:$4"
    assert "A1:I1" in [str(cells) for cells in sheet.merged_cells.ranges]
    assert "校验码" in sheet.oddFooter.right.text
    assert sheet.oddFooter.center.text.endswith("第 &P 页 共 &N 页")


def test_numbers_and_dates_are_numbers_and_dates_and_text_is_never_a_formula(filled, norah):
    sheet = list_of(filled, norah)["清单"]

    assert (sheet["H5"].value, sheet["H5"].number_format) == (12.5, "#,##0.00")
    assert (sheet["F5"].value.date(), sheet["F5"].number_format) == (date(2022, 7, 31), "yyyy/m/d")
    assert (sheet["D5"].data_type, sheet["D5"].value[0]) == ("s", "=")


def test_amounts_are_added_up_below_the_rows(filled, norah):
    sheet = list_of(filled, norah)["清单"]

    assert (sheet["A7"].value, sheet["H7"].value, sheet["A8"].value) == ("合计", 32.5, "Rows: 2")


def test_a_signing_print_carries_its_code_as_a_picture(filled, norah):
    [picture] = list_of(filled, norah)["清单"]._images

    assert picture.anchor._from.row == 0


def test_it_says_how_it_is_filled_in_and_offers_the_choices(filled, norah):
    with filled.work(norah) as work:
        book = opened(documents.fillable(work, "defects", "list", {"unit": "NORTH"}))

    assert book.sheetnames == ["清单", "填表说明", "代码表", "_meta"]
    assert book["_meta"].sheet_state == "veryHidden"
    assert [cell.value for cell in book["代码表"]["A"]] == ["Trade", "Water", "Electricity", "Roof"]
    assert any(validation.formula1 == "代码表!$A$2:$A$4" for validation in book["清单"].data_validations.dataValidation)


def test_an_empty_list_says_so(papers, norah):
    sheet = list_of(papers, norah)["清单"]

    assert sheet["A5"].value == "No defects."


def test_a_list_for_each_trade_comes_as_one_file_each(filled, norah):
    saved(filled, norah, {"trade": ["R"]})

    with filled.work(norah) as work:
        rendered = documents.render(work, "list_xlsx", {"unit": "NORTH"})

    assert rendered.filename.endswith(".zip")


def brought_back(engine, actor, book, **more):
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    with engine.work(actor) as work:
        return documents.bring_back(work, "defects", target, "list", {"unit": "NORTH"}, **more)


def fillable(engine, actor):
    with engine.work(actor) as work:
        return opened(documents.fillable(work, "defects", "list", {"unit": "NORTH"}))


def test_a_workbook_filled_in_offline_comes_back(filled, norah):
    book = fillable(filled, norah)
    sheet = book["清单"]
    sheet["H5"] = 99
    for column, value in zip("CDFH", ("Roof", "Water comes in at three places", date(2022, 8, 5), 7), strict=True):
        sheet[f"{column}7"] = value

    preview = brought_back(filled, norah, book)

    with filled.work(norah) as work:
        assert ledgers.save_rows(work, "defects", preview.changes, {"unit": "NORTH"}).complete
        costs = {row.key: row.values["cost"] for row in ledgers.rows(work, "defects").rows}
    assert (preview.created, preview.updated, preview.faults) == (1, 1, ())
    assert costs == {"D-NORTH-2022-001": 99, "D-NORTH-2022-002": 20, "D-NORTH-2022-003": 7}


def test_a_fault_in_it_is_named_with_its_row_in_the_workbook(filled, norah):
    book = fillable(filled, norah)
    book["清单"]["C6"] = "Fire"

    [fault] = brought_back(filled, norah, book).faults

    assert (fault.row, fault.label, fault.raw) == (6, "Trade", "Fire")


def test_a_row_that_somebody_changed_meanwhile_is_not_overwritten(filled, norah):
    book = fillable(filled, norah)
    book["清单"]["H5"] = 99
    with filled.work(norah) as work:
        row = ledgers.rows(work, "defects").rows[0]
        ledgers.save_rows(work, "defects", [ledgers.RowChange({"cost": ["1"]}, row.id, row.revision)])

    faults = brought_back(filled, norah, book).faults

    assert [type(fault.error).__name__ for fault in faults] == ["RowChanged"]


def test_a_workbook_from_elsewhere_is_refused(filled, norah):
    book = fillable(filled, norah)
    del book["_meta"]

    with pytest.raises(NotOurWorkbook):
        brought_back(filled, norah, book)
