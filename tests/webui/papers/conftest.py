"""The small city with a ledger of defects and its papers: Pam keeps the list of her office, Ann sees everything."""

import pytest

from engine import deployments, packs
from engine.identity import importing
from tests.conftest import EVERYTHING, person
from tests.documents.conftest import DOCUMENTS, PAPERS
from tests.engine.models import in_a_row, user_task
from tests.identity.conftest import FILES as CITY
from tests.ledgers.conftest import FORM, LEDGER, TRADES, saved
from tests.webui.admin.conftest import Browser
from webui import create_app

NUMBERING = """
[[numbering]]
series = "defect"
pattern = "D-{unit}-{year}-{n:03}"
per = ["unit", "year"]
"""
OFFERED = DOCUMENTS.replace('filter = "={unit: unit}"', 'filter = "={}"').replace('roles = ["caretaker"]', 'roles = ["planner"]')
OFFERED = OFFERED.replace('name = "List to sign"', 'name = "List to sign"\nroles = ["planner", "manager"]')
SURVEYED = 'name = "Report"\nprocess = "survey"\nneeds = ["remarks"]\nroles = ["planner", "manager"]'
OFFERED = OFFERED.replace('name = "Report"', SURVEYED)
SURVEY = in_a_row(user_task("look"), process_id="survey", unit="=unit")
FILES = {
    **CITY,
    **PAPERS,
    "pack.toml": CITY["pack.toml"] + NUMBERING.encode(),
    "reference/trades.csv": TRADES.encode(),
    "forms/defect.form": FORM,
    "forms/ledgers/defects.toml": LEDGER.replace("caretaker", "planner").encode(),
    "forms/documents/documents.toml": OFFERED.encode(),
    "survey.bpmn": SURVEY,
    "filing.bpmn": in_a_row(user_task("hand_in", "planner@PLAN"), process_id="filing", unit="=unit"),
}


@pytest.fixture
def office(engine):
    """The engine with the pack, its people, and two defects of Pam's office."""
    with engine.work() as work:
        deployments.deploy(work, "city", FILES)
        importing.import_pack(work, packs.parse(FILES))
    saved(engine, person("pam", "planner", "PLAN"), {"cost": ["10"]}, {"cost": ["20"]})
    return engine


@pytest.fixture
def pam_acts():
    return person("pam", "planner", "PLAN")


@pytest.fixture
def ann_acts():
    return person("ann", "manager", "HQ", EVERYTHING)


@pytest.fixture
def browser(office):
    """Sign somebody in."""
    app = create_app(office)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return lambda login: Browser(app.test_client(), login)
