"""A liaison files the list of one field: pasted from a spreadsheet, printed, signed, scanned, received by the office."""

import io

import openpyxl
import pytest

from tests.browser.moves import attach, choose, hand_in, open_work, shows, sign_for
from tests.browser.stage import PASSWORD

pytestmark = pytest.mark.browser
PLAYED = "july"
LIST = "市场监管执法领域问题清单"
HEADING = "问题类别\t问题子项\t问题描述\t整改措施\t责任领导\t责任部门\t责任人\t整改时限"
PHONE = (390, 844)


@pytest.fixture(scope="module")
def server(stage):
    return stage.url


@pytest.fixture
def someone(enter):
    return lambda login, post="", size=(1366, 768): enter(login, post, size, PASSWORD)


def cells(dates):
    """Give the cells of a spreadsheet, one problem with each date."""
    told = "2021年以来第{0}批举报线索中有{0}件超过90日未作出处理决定"
    measures = "1.逐件倒排工期，限期办结；2.建立临期提示台账。"
    rows = [f"执法不作为\tA3\t{told.format(n)}\t{measures}\t佟建国\t稽查支队\t李思远\t{day}" for n, day in enumerate(dates, 1)]
    return "\n".join([HEADING, *rows])


def paste(page, text):
    page.fill("[name=text]", text)
    page.click(".actions button:has-text('核对')")


def fill_in(page, field):
    """Sign for the list of a field, paste twelve problems after mending the seventh, and give what was said of it."""
    sign_for(page, field).click("#ledger >> text=从电子表格粘贴")
    dates = [f"2022-08-{day}" for day in range(11, 23)]
    paste(page, cells([*dates[:6], "8月底", *dates[7:]]))
    said = page.inner_text("#errors li")
    paste(page, cells(dates))
    page.click("text=保存这些行")
    return said


def check_through(page):
    """Answer every line of the check: the first applies, the others do not."""
    for number in range(page.locator("[data-field=phrase_checks] tbody tr").count()):
        page.select_option(f"[name='phrase_checks.{number}.verdict']", "不涉及" if number else "存在")
    return hand_in(page)


def review(page, field):
    choose(open_work(page, field), "decision", "通过")
    return hand_in(page)


def print_for_signing(page):
    """Open the print; give its code and a picture of it, as the scanner of the office makes one."""
    page.click("a:has-text('签字')")
    page.wait_for_selector(".sheet-code svg")
    code = page.inner_text(".sheet-code span").split()[-1]
    scan = page.locator("article.sheet").screenshot(type="jpeg", quality=70)
    page.go_back()
    return code, scan


def taken(page, text):
    """Take a paper away, and open it as a workbook."""
    with page.expect_download() as download:
        page.click(text)
    return openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))


def test_a_list_goes_from_the_spreadsheet_to_the_office_on_sealed_paper(someone):
    limin = someone("limin")
    said = fill_in(limin, LIST)
    assert "第 7 行，整改时限: “8月底”不是日期" in said
    assert limin.locator("#ledger tbody tr").count() == 12
    assert "提交成功" in check_through(limin)

    review(someone("mayanhong"), LIST)
    open_work(limin, LIST)
    code, scan = print_for_signing(limin)
    choose(limin, "signing_mode", "纸质签章")
    hand_in(limin)
    open_work(limin, LIST)
    attach(limin, "scan", "签章扫描件.jpg", scan)
    assert code in limin.inner_text(".verdict .notice-good")
    hand_in(limin)

    liujing = open_work(someone("liujing"), LIST)
    assert code in liujing.inner_text("main")
    assert "校验码一致" in liujing.inner_text("main")
    choose(liujing, "decision", "接收")
    hand_in(liujing)
    assert shows(limin, "/messages/", "报送件已接收")


def test_the_annex_opens_as_a_workbook_with_the_rows_that_were_pasted(someone):
    limin = someone("limin")
    open_work(limin, LIST, "done")
    limin.goto("/ledgers/problems?view=annex2")
    assert limin.locator("table.ledger tbody tr").count() >= 12

    limin.goto("/papers/")
    sheet = taken(limin, "tr:has-text('附件2') >> text=下载").worksheets[0]

    assert "问题清单" in str(sheet["A1"].value)
    assert sum("2021年以来第" in str(cell.value) for row in sheet.iter_rows() for cell in row) == 12


def test_a_leader_signs_once_on_a_phone(someone):
    limin = someone("limin")
    fill_in(limin, "网络营销监管执法领域问题清单")
    check_through(limin)
    review(someone("mayanhong"), "网络营销监管执法领域问题清单")
    open_work(limin, "网络营销监管执法领域问题清单")
    choose(limin, "signing_mode", "线上签署")
    hand_in(limin)

    wuxuesong = open_work(someone("wuxuesong", size=PHONE), "网络营销监管执法领域问题清单")
    choose(wuxuesong, "decision", "签署")
    hand_in(wuxuesong)

    assert wuxuesong.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert wuxuesong.locator("table.list tbody tr").count() == 0
    liujing = open_work(someone("liujing"), "网络营销监管执法领域问题清单")
    assert "吴雪松" in liujing.inner_text("main")
