import io

import pytest
import segno
from PIL import Image

from engine import attachments, code_reading, ledgers, scans, snapshots
from engine.scans import AlreadyDecided, NoteMissing
from tests.ledgers.conftest import saved


def scan(*payloads, kind="png", turned=0):
    """Draw a page with codes on it, as a scanner would see it."""
    page = Image.new("L", (1240, 1754), 245)
    for number, payload in enumerate(payloads):
        target = io.BytesIO()
        segno.make_qr(payload, error="m").save(target, kind="png", scale=4, border=3)
        page.paste(Image.open(target).convert("L"), (900, 60 + 300 * number))
    target = io.BytesIO()
    page.rotate(turned, expand=True, fillcolor=245).save(target, "PDF" if kind == "pdf" else "PNG", resolution=150)
    return target.getvalue()


@pytest.fixture
def printed(housing, norah):
    saved(housing, norah, {"cost": ["10"]})
    with housing.work(norah) as work:
        return snapshots.freeze(work, "defects", "list")


def checked(housing, actor, content, **more):
    with housing.work(actor) as work:
        record = attachments.store(work, io.BytesIO(content), "scan.pdf")
        return scans.check(work, record.id, **more)


def code_of(record):
    return code_reading.payload(record.code, record.sha256)


@pytest.mark.parametrize(("kind", "turned"), [("png", 0), ("pdf", 0), ("png", 90), ("pdf", 180), ("png", 3)])
def test_a_scan_of_the_current_list_is_accepted(housing, norah, printed, kind, turned):
    [check] = checked(housing, norah, scan(code_of(printed), kind=kind, turned=turned), unit="NORTH")

    assert (check.verdict, check.scan.decision, check.snapshot.code) == ("matches", "accepted", printed.code)


def test_a_scan_of_an_older_list_shows_what_changed(housing, norah, printed):
    with housing.work(norah) as work:
        [row] = ledgers.rows(work, "defects").rows
        ledgers.save_rows(work, "defects", [ledgers.RowChange({"cost": ["11"]}, row.id, row.revision)])

    [check] = checked(housing, norah, scan(code_of(printed)))

    assert (check.verdict, check.scan.decision) == ("outdated", None)
    assert check.changes.changed[0].cells[0].after == "11"


def test_an_older_list_is_accepted_with_a_correction_note_only(housing, norah, olga, printed):
    saved(housing, norah, {})
    [check] = checked(housing, norah, scan(code_of(printed)))

    with housing.work(olga) as work:
        with pytest.raises(NoteMissing):
            scans.decide(work, check.scan.id, accept=True)
        scans.decide(work, check.scan.id, accept=True, note="One row was added by telephone")
    with housing.work(olga) as work, pytest.raises(AlreadyDecided):
        scans.decide(work, check.scan.id, accept=False)


def test_a_scan_without_a_code_is_accepted_by_hand_and_that_is_recorded(housing, norah, olga, printed):
    [check] = checked(housing, norah, scan())
    with housing.work(olga) as work:
        scans.decide(work, check.scan.id, accept=True)

    with housing.work(olga) as work:
        found = scans.get(work, check.scan.id).scan
    assert (found.verdict, found.decision, found.decided_by) == ("unreadable", "accepted", "olga")


def test_paper_of_another_unit_is_foreign(housing, ed, printed):
    [check] = checked(housing, ed, scan(code_of(printed)), unit="EAST")

    assert (check.verdict, check.snapshot) == ("foreign", None)


def test_several_lists_in_one_scan_are_checked_one_by_one(housing, norah, printed):
    unknown = f"{code_reading.PREFIX}{snapshots.new_code()}:0"

    assert [check.verdict for check in checked(housing, norah, scan(code_of(printed), unknown))] == ["matches", "foreign"]


def test_a_broken_file_is_unreadable_and_breaks_nothing():
    assert code_reading.read_codes(io.BytesIO(b"%PDF-1.7 broken"), "pdf") == []
    assert code_reading.read_codes(io.BytesIO(b"\x89PNG\r\n\x1a\nbroken"), "png") == []
    assert code_reading.read_codes(io.BytesIO(b"word"), "docx") == []
