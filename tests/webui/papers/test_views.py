import base64
import io
import re
import zipfile

import pytest

from engine import attachments, ledgers, process_instances, scans, snapshots
from tests.ledgers.conftest import saved
from tests.ledgers.test_scans import code_of, scan


@pytest.fixture
def pam(browser):
    return browser("pam")


def code_on(page):
    return re.search(r"/papers/code/|(?:校验码|Code) ([2-9A-Z]{8})", page.text)[1]


def frozen(office, actor):
    with office.work(actor) as work:
        return snapshots.freeze(work, "defects", "list")


def handed_in(office, actor, content):
    with office.work(actor) as work:
        record = attachments.store(work, io.BytesIO(content), "scan.png")
        [check] = scans.check(work, record.id)
    return record, check.scan


def test_a_post_is_offered_its_papers_and_no_others(pam):
    assert pam.get("/papers/") == 200
    assert "List to sign" in pam.text
    assert "Bundle" not in pam.text


def test_a_paper_comes_as_a_file_with_its_name(pam):
    answer = pam.client.get("/papers/list_xlsx")

    assert "attachment" in answer.headers["Content-Disposition"]
    assert zipfile.is_zipfile(io.BytesIO(answer.data))


def test_a_paper_of_another_role_does_not_exist(pam):
    assert pam.get("/papers/bundle") == 404
    assert pam.get("/papers/wishes") == 404


def test_a_letter_is_shown_as_it_will_look_and_comes_as_pdf(browser, office):
    office.run(lambda work: process_instances.start(work, "survey", {"unit": "PLAN", "remarks": "fine"}))
    ann = browser("ann")

    assert ann.get("/papers/report/preview?unit=PLAN") == 200
    [picture] = re.findall(r'src="data:image/png;base64,([^"]+)"', ann.text)
    assert base64.b64decode(picture).startswith(b"\x89PNG")
    pdf = ann.client.get("/papers/report/preview?unit=PLAN&as=pdf")
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")


def test_a_list_has_no_such_preview_and_a_foreign_letter_none_at_all(pam, browser):
    eve = browser("eve")

    assert pam.get("/papers/list_xlsx/preview") == 404
    assert eve.get("/papers/report/preview?unit=PLAN") == 422
    assert "data:image/png" not in eve.text


def test_a_report_without_facts_is_not_given_and_says_why(pam):
    assert pam.get("/papers/") == 200
    assert "市计划局尚未开展“survey”" in pam.words
    assert pam.get("/papers/report") == 422


def test_whoever_sees_every_unit_chooses_one_whose_facts_are_there(browser, office):
    office.run(lambda work: process_instances.start(work, "survey", {"unit": "PLAN", "remarks": "fine"}))
    ann = browser("ann")

    assert ann.get("/papers/") == 200
    assert re.findall(r'<option value="(\w+)"', ann.text) == ["PLAN"]
    assert "%E8%AE%A1%E5%88%92%E5%B1%80" in ann.client.get("/papers/report?unit=PLAN").headers["Content-Disposition"]
    assert ann.get("/papers/report") == 422


def test_a_print_for_signing_carries_its_code_and_every_row(pam):
    assert pam.get("/papers/list_print") == 200
    assert "<svg" in pam.text
    assert pam.words.count("The tap in the kitchen drips") == 2
    code = code_on(pam)
    assert pam.get("/papers/list_print") == 200
    assert code_on(pam) == code


def test_a_printed_list_is_found_by_its_code_and_says_what_changed(pam, office, pam_acts):
    record = frozen(office, pam_acts)
    with office.work(pam_acts) as work:
        row = ledgers.rows(work, "defects").rows[0]
        ledgers.save_rows(work, "defects", [ledgers.RowChange({"cost": ["77"]}, row.id, row.revision)])

    assert pam.get(f"/papers/code?code={record.code.lower()}") == 200
    assert "<del>10</del>" in pam.text
    assert "<ins>77</ins>" in pam.text
    assert pam.get(f"/papers/code/{record.code}/print") == 200


def test_a_code_that_was_never_printed_is_said(pam):
    assert pam.get("/papers/code?code=ABC") == 404


def test_a_scan_can_be_checked_before_it_is_handed_in(pam, office, pam_acts):
    record, _ = handed_in(office, pam_acts, scan(code_of(frozen(office, pam_acts))))

    assert pam.get(f"/papers/check/{record.id}") == 200
    assert "notice-good" in pam.text


def test_a_scan_is_checked_against_the_paper_that_its_task_asks_for(pam, office, pam_acts):
    record, _ = handed_in(office, pam_acts, scan(code_of(frozen(office, pam_acts))))
    office.run(lambda work: process_instances.start(work, "filing", {"unit": "PLAN", "snapshot_ledger": "wishes"}))
    pam.get("/inbox/todo")
    task = re.search(r'href="/tasks/([^"]+)"', pam.text)[1]

    assert pam.get(f"/papers/check/{record.id}?task={task}") == 200
    assert "notice-over" in pam.text


def test_a_scan_of_an_older_list_is_accepted_with_a_note_only(browser, office, pam_acts):
    content = scan(code_of(frozen(office, pam_acts)))
    saved(office, pam_acts, {})
    _, found = handed_in(office, pam_acts, content)
    ann = browser("ann")

    assert ann.get(f"/papers/scans/{found.id}") == 200
    assert ann.post(f"/papers/scans/{found.id}", decision="accept", note="") == 422
    assert ann.post(f"/papers/scans/{found.id}", decision="accept", note="One row came by telephone") == 200
    assert ann.post(f"/papers/scans/{found.id}", decision="accept", note="again") == 409


def test_a_scan_of_another_unit_is_not_shown(browser, office, pam_acts):
    _, found = handed_in(office, pam_acts, scan())

    assert browser("eve").get(f"/papers/scans/{found.id}") == 404
