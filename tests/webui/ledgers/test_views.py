import pytest

from engine import deployments
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
