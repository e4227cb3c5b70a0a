import io
import os
import time
import zipfile

import pytest
from openpyxl import Workbook

from engine import attachments, jobs
from engine.attachments import IsEmpty, KindNotTaken, NoSuchAttachment, TooLarge
from engine.file_kinds import HasMacros, IsDamaged, IsEncrypted, UnknownKind, kind_of, safe_name

PDF = b"%PDF-1.7\n%%EOF"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(*names):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def xlsx():
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def streams(name):
    return OLE + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "a.pdf", "pdf"),
        (PDF, "picture.jpg", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "png"),
        (b"\xff\xd8\xff\xe0", "a.jpeg", "jpg"),
        (b"\x00\x00\x00\x18ftypmp42", "a.mp4", "mp4"),
        (xlsx(), "a.xlsx", "xlsx"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docx", "docx"),
        (zipped("OFD.xml"), "a.ofd", "ofd"),
        (zipped("a.txt"), "a.zip", "zip"),
        (streams("WordDocument"), "a.doc", "doc"),
        (streams("WordDocument"), "a.wps", "wps"),
        (streams("Workbook"), "a.et", "et"),
    ],
)
def test_a_file_is_what_it_contains(content, name, kind):
    assert kind_of(io.BytesIO(content), name) == kind


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"MZ\x90\x00", UnknownKind),
        (b"<html><script>", UnknownKind),
        (b"<svg onload=x>", UnknownKind),
        (b"PK\x03\x04broken", IsDamaged),
        (zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), HasMacros),
        (streams("WordDocument") + "_VBA_PROJECT".encode("utf-16-le"), HasMacros),
        (streams("EncryptedPackage"), IsEncrypted),
    ],
)
def test_what_could_do_harm_or_cannot_be_opened_is_refused(content, error):
    with pytest.raises(error):
        kind_of(io.BytesIO(content), "list.pdf")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("整改方案.pdf", "整改方案.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\scan.PDF", "scan.PDF"),
        ("a\x00b\u202efdp.exe.pdf", "abfdp.exe.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("...", "file.pdf"),
        ("photo.jpg", "photo.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_gets_the_ending_of_its_content(name, safe):
    assert safe_name(name, "pdf") == safe


def stored(engine, actor, content=PDF, name="a.pdf", **more):
    with engine.work(actor) as work:
        return attachments.store(work, io.BytesIO(content), name, **more)


def test_a_stored_file_can_be_opened_again(engine, pam):
    record = stored(engine, pam)

    with engine.work(pam) as work:
        found, stream = attachments.open_(work, record.id)
        with stream:
            assert (found.media_type, stream.read()) == ("application/pdf", PDF)


def test_the_same_bytes_are_kept_once(engine, pam, tmp_path):
    stored(engine, pam)
    stored(engine, pam, name="b.pdf")

    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(("content", "error"), [(b"", IsEmpty), (PDF + bytes(2000), TooLarge), (b"MZ", UnknownKind)])
def test_a_refused_file_leaves_nothing_behind(engine, pam, tmp_path, content, error, monkeypatch):
    from dataclasses import replace

    engine.settings = replace(engine.settings, largest_upload=1000)

    with pytest.raises(error):
        stored(engine, pam, content)

    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_a_field_may_take_some_kinds_only(engine, pam):
    with pytest.raises(KindNotTaken):
        stored(engine, pam, accept=("jpg", "png"))


def test_files_of_another_unit_are_not_shown(engine, pam, eve, ann):
    record = stored(engine, pam)

    with engine.work(eve) as work, pytest.raises(NoSuchAttachment):
        attachments.get(work, record.id)
    with engine.work(ann) as work:
        assert attachments.get(work, record.id).name == "a.pdf"


def test_a_form_learns_of_files_only_what_the_store_knows(engine, pam, eve):
    record = stored(engine, pam)

    with engine.work(eve) as work:
        assert attachments.facts(work, [str(record.id), "nonsense"]) == {}
    with engine.work(pam) as work:
        assert attachments.facts(work, [str(record.id)])[str(record.id)]["kind"] == "pdf"


def test_who_handed_a_file_in_can_take_it_back(engine, pam, ann, tmp_path):
    record = stored(engine, pam)

    with engine.work(ann) as work, pytest.raises(NoSuchAttachment):
        attachments.remove(work, record.id)
    with engine.work(pam) as work:
        attachments.remove(work, record.id)

    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def aged(path, days):
    then = time.time() - days * 86_400
    os.utime(path, (then, then))
    return path


def test_bytes_that_no_file_has_are_swept_after_a_day(engine, pam, tmp_path):
    kept = stored(engine, pam)
    files = engine.settings.data / "files"
    left, fresh = (files / kept.sha256[:2] / name for name in ("orphan", "new"))
    left.write_bytes(b"x")
    fresh.write_bytes(b"x")
    for path in (left, files / kept.sha256[:2] / kept.sha256):
        aged(path, 2)

    assert engine.run(attachments.sweep) == 1
    assert (left.exists(), fresh.exists()) == (False, True)
    with engine.work(pam) as work:
        attachments.open_(work, kept.id)[1].close()


def test_sweeping_is_done_once_a_day_and_by_housekeeping(engine, pam):
    stored(engine, pam)
    engine.run(jobs.begin_housekeeping)
    jobs.run_due(engine)
    half = engine.settings.data / "files" / ".half"
    half.write_bytes(b"x")
    aged(half, 2)

    assert engine.run(attachments.sweep) == 0
    aged(engine.settings.data / "files" / ".swept", 2)
    assert engine.run(attachments.sweep) == 1
