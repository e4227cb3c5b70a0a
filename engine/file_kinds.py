"""What a file is by its content: the kinds that Chinese offices exchange, WPS and OFD among them; names prove nothing."""

import re
import unicodedata
import zipfile
from typing import BinaryIO

from engine.errors import EngineError

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "et": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "zip": "application/zip",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_LOOK = 4 * 1024 * 1024
_MOST_ENTRIES = 5_000
_SAME = {"jpeg": "jpg"}
_OWN_WRITERS = {"doc": "wps", "xls": "et"}
_LONGEST_NAME = 120


class FileRefused(EngineError):
    """This file cannot be taken."""


class UnknownKind(FileRefused):
    """{name} is none of the kinds that are taken here: {kinds}."""


class HasMacros(FileRefused):
    """{name} contains macros. Save it without macros and attach it again."""


class IsEncrypted(FileRefused):
    """{name} is protected by a password. Save it without one and attach it again."""


class IsDamaged(FileRefused):
    """{name} is damaged. Open it on your computer, save it again and attach it again."""


def kind_of(stream: BinaryIO, name: str) -> str:
    """Tell what kind of file *stream* holds; refuse what is not taken."""
    stream.seek(0)
    head = stream.read(1024)
    kind = _by_head(head)
    if head.startswith(_OLE):
        kind = _in_ole(head + stream.read(_OLE_LOOK), name)
    elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        kind = _in_zip(stream, name)
    stream.seek(0)
    if not kind:
        raise UnknownKind(name=name, kinds="、".join(MEDIA_TYPES))
    return kind


def _by_head(head: bytes) -> str:
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head[4:8] == b"ftyp":
        return "mp4"
    return "mp3" if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2) else ""


def _in_ole(content: bytes, name: str) -> str:
    """Look for the streams that make an old Office or a WPS file; the writer's ending tells which of the two it is."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise IsEncrypted(name=name)
    if "_VBA_PROJECT".encode("utf-16-le") in content:
        raise HasMacros(name=name)
    kind = ""
    if "WordDocument".encode("utf-16-le") in content:
        kind = "doc"
    elif any(word.encode("utf-16-le") in content for word in ("Workbook", "Book")):
        kind = "xls"
    own = _OWN_WRITERS.get(kind, "")
    return own if own and name.lower().endswith(f".{own}") else kind


def _in_zip(stream: BinaryIO, name: str) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise IsDamaged(name=name) from None
    names = {info.filename for info in infos}
    if len(infos) > _MOST_ENTRIES:
        raise IsDamaged(name=name)
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise HasMacros(name=name)
    if any(info.flag_bits & 0x1 for info in infos):
        raise IsEncrypted(name=name)
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
    return "ofd" if any(part.upper() == "OFD.XML" for part in names) else "zip"


def safe_name(name: str, kind: str) -> str:
    """Give a name that every system can store, with the ending that the content deserves."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    plain = "".join(char for char in plain if unicodedata.category(char)[0] != "C")
    plain = re.sub(r'[<>:"|?*]', "_", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or _SAME.get(ending.lower(), ending.lower()) != kind:
        stem, ending = (plain if ending.lower() not in MEDIA_TYPES else stem) or plain, kind
    return f"{stem[: _LONGEST_NAME - len(ending) - 1].strip(' .') or 'file'}.{ending}"
