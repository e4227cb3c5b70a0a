"""Papers that the actors hand in: small real files of the kinds offices send."""

import io
from collections.abc import Callable, Mapping
from pathlib import PurePath

import docx
import segno
from PIL import Image, ImageDraw

from engine import attachments, code_reading, snapshots
from engine.persistence.work import UnitOfWork

_A4 = (827, 1169)
_LINE = 34


def file_maker(
    work: UnitOfWork, variables: Mapping[str, object], task_facts: Mapping[str, object]
) -> Callable[[Mapping[str, object]], object]:
    """Give what turns ``{ file = "pdf", name = "...", text = "..." }`` into a stored attachment: a list of its id."""

    def make(found: Mapping[str, object]) -> object:
        kind, name = str(found["file"]), str(found.get("name") or task_facts.get("name") or "附件")
        text = str(found.get("text") or name)
        if kind == "scan":
            code = found.get("code", variables.get("snapshot_code"))
            content, ending = _scan(work, "" if code is None else str(code)), "jpg"
        else:
            content, ending = _MAKERS[kind](name, text), kind
        record = attachments.store(work, io.BytesIO(content), f"{PurePath(name).stem}.{ending}")
        return [str(record.id)]

    return make


def _scan(work: UnitOfWork, code: str) -> bytes:
    """Give a page as a scanner would: the printed code on it, or nothing that can be read."""
    page = Image.new("L", _A4, 250)
    ruled = ImageDraw.Draw(page)
    for line in range(12):
        ruled.line((80, 200 + line * _LINE, 747, 200 + line * _LINE), fill=120)
    if code:
        printed = io.BytesIO()
        segno.make(code_reading.payload(code, snapshots.find(work, code).sha256), error="q").save(printed, kind="png", scale=4)
        page.paste(Image.open(printed).convert("L"), (590, 930))
    return _saved(page, "JPEG")


def _picture(name: str, text: str) -> bytes:
    page = Image.new("RGB", (640, 420), (236, 240, 245))
    ImageDraw.Draw(page).rectangle((40, 40, 600, 380), outline=(90, 110, 130), width=4)
    return _saved(page, "PNG")


def _saved(page: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    page.save(target, kind)
    return target.getvalue()


def _letter(name: str, text: str) -> bytes:
    paper = docx.Document()
    paper.add_heading(name, level=1)
    for line in text.splitlines():
        paper.add_paragraph(line)
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def _pdf(name: str, text: str) -> bytes:
    """Write one A4 page whose Chinese text uses the reader's own Song face (PDF 32000, 9.7.5.2)."""
    lines = [name, "", *text.splitlines()]
    shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -24 Td\n" for line in lines)
    content = f"BT /F1 14 Tf 72 760 Td\n{shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    return _assembled(objects)


def _assembled(objects: list[bytes]) -> bytes:
    target, places = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(target))
        target += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(target)
    target += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    target += b"".join(b"%010d 00000 n \n" % place for place in places)
    target += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(target)


_MAKERS: Mapping[str, Callable[[str, str], bytes]] = {"pdf": _pdf, "png": _picture, "docx": _letter}
