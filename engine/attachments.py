"""Attachments: files people hand in with their work.

The bytes lie under their hash in the data folder, never where a web server looks; what a file is, its content says.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from engine import hiding
from engine.clock import real_now
from engine.errors import EngineError
from engine.file_kinds import MEDIA_TYPES, FileRefused, kind_of, safe_name
from engine.persistence.keys import new_key
from engine.persistence.repositories.files import AttachmentRecord
from engine.persistence.work import UnitOfWork

_CHUNK = 256 * 1024
_LEFT_ALONE, _SWEPT = timedelta(days=1), ".swept"


class NoSuchAttachment(EngineError):
    """This file is no longer there."""

    kind = "missing"


class TooLarge(FileRefused):
    """{name} is larger than {most} MB. Reduce it, for scans 200 dpi are enough, or split it."""


class IsEmpty(FileRefused):
    """{name} is empty."""


class KindNotTaken(FileRefused):
    """{name} has the wrong type; allowed are {accept}."""


def store(
    work: UnitOfWork,
    stream: BinaryIO,
    filename: str,
    instance_id: UUID | None = None,
    task_id: UUID | None = None,
    field: str = "",
    accept: Iterable[str] = (),
    unit: str | None = None,
    largest: int | None = None,
) -> AttachmentRecord:
    """Take a file in; *accept* narrows the kinds that are taken.

    The same bytes are kept once. Nothing is left over when the file is refused.
    """
    folder = _folder(work)
    temporary, sha256, size = _receive(stream, folder, largest or work.settings.largest_upload, filename)
    try:
        with temporary.open("rb") as content:
            kind = kind_of(content, filename)
        allowed = {ending.lower().removeprefix(".") for ending in accept}
        if allowed and kind not in allowed:
            raise KindNotTaken(name=filename, accept="、".join(sorted(allowed)))
        _settle(temporary, _path(folder, sha256))
    finally:
        temporary.unlink(missing_ok=True)
    name, owner = safe_name(filename, kind), unit or work.actor.unit
    record = AttachmentRecord(
        new_key(), sha256, name, kind, MEDIA_TYPES[kind], size, owner, instance_id, task_id, field,
        work.now, work.actor.login, work.actor.name,
    )  # fmt: skip
    work.attachments.add(record)
    return record


def _receive(stream: BinaryIO, folder: Path, most: int, filename: str) -> tuple[Path, str, int]:
    """Write the stream to a temporary file, counting and hashing; stop as soon as it is too large."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise TooLarge(name=filename, most=most // (1024 * 1024))
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())  # a row must never speak of bytes that a power cut took away
        if not size:
            raise IsEmpty(name=filename)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name), digest.hexdigest(), size


def _settle(temporary: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.touch()  # whoever sweeps leaves alone what was handed in again just now
        return
    temporary.chmod(0o600)
    temporary.replace(place)


def _folder(work: UnitOfWork) -> Path:
    folder = work.settings.data / "files"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _path(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def sweep(work: UnitOfWork) -> int:
    """Remove bytes that no file has, as a hand-in that was not saved leaves them; at most once a day. Give how many."""
    folder, old = _folder(work), real_now().timestamp() - _LEFT_ALONE.total_seconds()
    mark = folder / _SWEPT
    if mark.exists() and mark.stat().st_mtime > old:
        return 0
    mark.touch()
    places = [folder, *(place for place in folder.iterdir() if place.is_dir())]
    return sum(_sweep(work, [path for path in place.iterdir() if path.is_file()], old) for place in places)


def _sweep(work: UnitOfWork, files: list[Path], old: float) -> int:
    left = [path for path in files if path.name != _SWEPT and path.stat().st_mtime < old]
    kept = work.attachments.in_use(path.name for path in left)
    swept = [path for path in left if path.name not in kept]
    for path in swept:
        path.unlink(missing_ok=True)
    return len(swept)


def get(work: UnitOfWork, attachment_id: UUID) -> AttachmentRecord:
    """Give a file's facts, if the actor may see it: their own, or one of a unit within their data scope."""
    record = work.attachments.find(attachment_id)
    if record is None or not may_read(work, record):
        raise NoSuchAttachment
    return record


def may_read(work: UnitOfWork, record: AttachmentRecord) -> bool:
    """Tell whether the actor may see a file."""
    if hiding.hides_file(work, record):
        return False
    units = work.actor.scope.units
    return units is None or record.uploaded_by == work.actor.login or record.unit in units or record.unit == work.actor.unit


def open_(work: UnitOfWork, attachment_id: UUID, granted: bool = False) -> tuple[AttachmentRecord, BinaryIO]:
    """Open a file for reading; *granted* means that the actor may see the instance it belongs to."""
    record = work.attachments.find(attachment_id)
    if record is None or not (granted or may_read(work, record)) or hiding.hides_file(work, record):
        raise NoSuchAttachment
    path = _path(_folder(work), record.sha256)
    if not path.is_file():
        raise NoSuchAttachment
    return record, path.open("rb")


def facts(work: UnitOfWork, ids: Iterable[str]) -> dict[str, dict[str, object]]:
    """Give what a form stores of files: by key, name, kind and size; keys that name no readable file are left out."""
    found = work.attachments.many(key for key in map(_key, ids) if key) if ids else []
    readable = [record for record in found if may_read(work, record)]
    return {
        str(record.id): {"id": str(record.id), "name": record.name, "kind": record.kind, "size": record.size}
        for record in readable
    }


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def of_instance(work: UnitOfWork, instance_id: UUID) -> list[AttachmentRecord]:
    """Give the files of a process instance, oldest first."""
    return [record for record in work.attachments.of_instance(instance_id) if not hiding.hides_file(work, record)]


def of_task(work: UnitOfWork, task_id: UUID) -> list[AttachmentRecord]:
    """Give the files handed in with a task, oldest first."""
    return [record for record in work.attachments.of_task(task_id) if not hiding.hides_file(work, record)]


def remove(work: UnitOfWork, attachment_id: UUID) -> None:
    """Forget a file that the actor handed in; its bytes go with the last file that has them."""
    record = get(work, attachment_id)
    if not work.attachments.remove(attachment_id, work.actor.login):
        raise NoSuchAttachment
    _let_go(work, record)


def discard(work: UnitOfWork, attachment_id: UUID) -> None:
    """Forget a file of a draft that nobody handed in; one that belongs to a matter by now stays."""
    record = work.attachments.find(attachment_id)
    if record is not None and record.instance_id is None and work.attachments.remove(attachment_id, record.uploaded_by):
        _let_go(work, record)


def _let_go(work: UnitOfWork, record: AttachmentRecord) -> None:
    if not work.attachments.in_use([record.sha256]):
        path = _path(_folder(work), record.sha256)
        work.after_commit(lambda: path.unlink(missing_ok=True))
