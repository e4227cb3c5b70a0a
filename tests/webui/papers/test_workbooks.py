import io
import re

import pytest
from openpyxl import load_workbook

from engine import ledgers


@pytest.fixture
def pam(browser):
    return browser("pam")


def taken(browser):
    return load_workbook(io.BytesIO(browser.client.get("/papers/ledgers/defects?view=list").data))


def sent(browser, book):
    target = io.BytesIO()
    book.save(target)
    browser.get("/papers/ledgers/defects/back?view=list")
    return browser.post("/papers/ledgers/defects/back?view=list", file=(io.BytesIO(target.getvalue()), "list.xlsx"))


def costs(office, actor):
    with office.work(actor) as work:
        return [row.values["cost"] for row in ledgers.rows(work, "defects", sort=["number"]).rows]


def confirmed(browser, how):
    kept = re.search(r'name="kept" value="([^"]+)"', browser.text)[1]
    return browser.post("/papers/ledgers/defects/back?view=list", kept=kept, confirm=how)


def test_a_list_goes_out_and_comes_back_filled_in(pam, office, pam_acts):
    book = taken(pam)
    book["清单"]["H5"] = 99

    assert sent(pam, book) == 200
    assert costs(office, pam_acts) == [10, 20]
    assert confirmed(pam, "all") == 200
    assert costs(office, pam_acts) == [99, 20]


def test_its_faults_are_named_and_the_right_rows_can_be_saved_alone(pam, office, pam_acts):
    book = taken(pam)
    book["清单"]["H5"], book["清单"]["H6"] = "much", 21

    assert sent(pam, book) == 422
    assert "much" in pam.words
    assert confirmed(pam, "partial") == 200
    assert costs(office, pam_acts) == [10, 21]


def test_a_workbook_that_says_nothing_new_changes_nothing(pam, office, pam_acts):
    assert sent(pam, taken(pam)) == 200
    assert 'name="confirm"' not in pam.text


def test_what_is_no_workbook_is_refused(pam):
    pam.get("/papers/ledgers/defects/back?view=list")

    assert pam.post("/papers/ledgers/defects/back?view=list", file=(io.BytesIO(b"%PDF-1.7"), "a.xlsx")) == 422
    assert pam.post("/papers/ledgers/defects/back?view=list") == 422


def test_who_only_reads_a_list_brings_nothing_back(browser):
    assert browser("ann").get("/papers/ledgers/defects/back?view=list") == 403
