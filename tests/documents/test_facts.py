"""Papers offered outside tasks: their facts are the unit's, from the process that gathers them."""

import io
import zipfile

import pytest

from engine import attachments, deployments, documents, process_instances, scans, snapshots
from tests.documents.conftest import DOCUMENTS, PAPERS
from tests.engine.models import flow, in_a_row, process, user_task
from tests.ledgers.conftest import FILES, saved, unit
from tests.ledgers.test_scans import code_of, scan

REPORT = 'name = "Report"\nprocess = "survey"\nneeds = ["remarks"]\nroles = ["caretaker", "office"]'
SURVEY = in_a_row(user_task("look"), process_id="survey", unit="=unit")

CALL = '<callActivity id="call"><extensionElements><zeebe:calledElement processId="survey"/></extensionElements></callActivity>'
WHOLE = process('<startEvent id="start"/>' + CALL + '<endEvent id="end"/>' + flow("start", "call", "end"), "whole", unit="=unit")


@pytest.fixture
def survey(engine):
    """The housing pack with a report drawn from a survey, and two units."""
    files = FILES | PAPERS | {"survey.bpmn": SURVEY}
    files["forms/documents/documents.toml"] = DOCUMENTS.replace('name = "Report"', REPORT).encode()
    engine.run(lambda work: deployments.deploy(work, "housing", files))
    with engine.work() as work:
        work.units.add([unit("NORTH", 1), unit("EAST", 2)])
    return engine


def begin(survey, **variables):
    return survey.run(lambda work: process_instances.start(work, "survey", variables))


def basis(survey, actor, code=None):
    with survey.work(actor) as work:
        return documents.basis(work, documents.definition(work, "report"), code)


def test_the_facts_are_those_of_the_latest_run(survey, norah):
    begin(survey, unit="NORTH", remarks="old")
    latest = begin(survey, unit="NORTH", remarks="new")
    begin(survey, unit="EAST", remarks="theirs")

    found = basis(survey, norah)

    assert (found.variables["remarks"], found.instance_id) == ("new", latest.id)


def test_without_a_run_there_is_a_sentence_and_no_paper(survey, norah):
    with pytest.raises(documents.NothingToTell, match="NORTH estate has not begun “survey” yet"):
        basis(survey, norah)


def test_facts_that_are_not_filled_in_yet_make_no_half_empty_paper(survey, norah):
    begin(survey, unit="NORTH", remarks="")

    with pytest.raises(documents.FactsMissing, match="“Report”"):
        basis(survey, norah)


@pytest.mark.parametrize("code", [None, "NOWHERE"])
def test_whoever_sees_every_unit_says_which_one(survey, olga, code):
    with pytest.raises((documents.UnitNotSaid, documents.NothingToTell)):
        basis(survey, olga, code)


def test_another_unit_s_paper_is_not_given(survey, norah):
    begin(survey, unit="EAST", remarks="theirs")

    with pytest.raises(documents.UnitNotSaid):
        basis(survey, norah, "EAST")


def test_units_that_are_ready_stand_in_official_order(survey, olga, norah):
    for code, remarks in (("EAST", "good"), ("NORTH", "fine"), ("NORTH", "")):
        begin(survey, unit=code, remarks=remarks)

    with survey.work(olga) as work:
        assert documents.ready(work, documents.definition(work, "report")) == ["EAST"]
    begin(survey, unit="NORTH", remarks="again")
    with survey.work(olga) as work:
        assert documents.ready(work, documents.definition(work, "report")) == ["NORTH", "EAST"]


def test_a_paper_of_a_process_that_is_not_there_is_refused(engine):
    files = FILES | PAPERS
    files["forms/documents/documents.toml"] = DOCUMENTS.replace('name = "Report"', REPORT).encode()

    with pytest.raises(deployments.DeploymentRefused, match="There is no process survey"):
        engine.run(lambda work: deployments.deploy(work, "housing", files))


def handed_in(survey, actor, instance_id):
    """Freeze the list of defects, print it, and hand its scan in to an instance."""
    with survey.work(actor) as work:
        record = snapshots.freeze(work, "defects", "list", {"unit": "NORTH"})
        stored = attachments.store(work, io.BytesIO(scan(code_of(record))), "scan.png")
        scans.check(work, stored.id, instance_id)


def test_a_bundle_holds_the_last_scan_of_a_list_from_everything_its_process_called(survey, norah):
    survey.run(lambda work: deployments.deploy(work, "more", {"whole.bpmn": WHOLE}))
    root = survey.run(lambda work: process_instances.start(work, "whole", {"unit": "NORTH"}))
    with survey.work() as work:
        [child] = [found for found in work.process_instances.family(root.id) if found != root.id]
    saved(survey, norah, {})
    handed_in(survey, norah, child)
    handed_in(survey, norah, child)

    with survey.work(norah) as work:
        bundle = documents.render(work, "bundle", {"unit": "NORTH", "remarks": ""}, root.id)

    assert [name for name in zipfile.ZipFile(io.BytesIO(bundle.content)).namelist() if name.startswith("scan")] == ["scan.png"]
