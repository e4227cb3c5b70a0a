import pytest

from engine import deployments, process_instances
from engine.persistence.keys import new_key
from engine.persistence.repositories.ledgers import LedgerRecord
from tests.engine.models import in_a_row, user_task
from tests.webui.papers.conftest import FILES


@pytest.fixture
def registering(office):
    """Rows of the open defects are made by a process that planners begin."""
    ledger = FILES["forms/ledgers/defects.toml"].replace(b'name = "Open"', b'name = "Open"\nstart = "register"')
    begun = in_a_row(user_task("look"), process_id="register", startableBy="planner")
    files = FILES | {"forms/ledgers/defects.toml": ledger, "register.bpmn": begun}
    with office.work() as work:
        deployments.deploy(work, "city", files)


def test_a_list_whose_rows_a_process_makes_offers_that_and_no_typing(registering, browser):
    pam = browser("pam")

    pam.get("/ledgers/defects?view=open")
    assert 'href="/start/register"' in pam.text
    assert "/ledgers/defects/paste" not in pam.text
    pam.get("/ledgers/defects?view=list")
    assert 'href="/start/register"' not in pam.text


def test_whoever_may_not_begin_it_only_reads(registering, browser):
    ann = browser("ann")

    ann.get("/ledgers/defects?view=open")

    assert "/start/register" not in ann.text


def test_the_menu_of_a_row_leads_to_the_row_and_to_the_matter_behind_it(office, pam_acts, browser):
    with office.work(pam_acts) as work:
        matter = process_instances.start(work, "survey", {"unit": "PLAN"}).id
        at, key = work.now, new_key()
        told = ("city", "defects", "PLAN", "", "D-9", 9, "open", {"cost": 30}, 1, matter, at, "pam", at, "pam")
        work.ledger_rows.add([LedgerRecord(key, *told)])
    ann = browser("ann")

    ann.get("/ledgers/defects?view=list")

    menus = [part.partition("</details>")[0] for part in ann.text.split('<details class="menu in-row">')[1:]]
    assert len(menus) == 3
    assert [menu.count("<a href=") for menu in menus if str(key) not in menu] == [1, 1]
    assert [f'href="/matters/{matter}"' in menu for menu in menus if str(key) in menu] == [True]
