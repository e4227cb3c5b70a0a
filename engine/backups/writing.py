"""Writing a backup: everything of one moment, into a file that is there only when it is complete."""

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from engine.backups.archive import MANIFEST, SMALL, Manifest
from engine.bootstrap import Engine
from engine.clock import real_now
from engine.errors import EngineError
from engine.persistence import copying
from engine.persistence.copying import Connection

_CHUNK = 1 << 20
KEYS = {"keys.json", "keys/public"}


class FileThere(EngineError):
    """{file} is there already. Give the backup another name."""


def write(engine: Engine, file: Path, with_keys: bool = False) -> Manifest:
    """Write a backup while everybody goes on working."""
    if file.exists():
        raise FileThere(file=str(file))
    partial = file.with_name(f".{file.name}.partial")
    try:
        with partial.open("wb") as target:
            partial.chmod(0o600)
            with ZipFile(target, "w", ZIP_DEFLATED) as archive, copying.still(engine.database) as connection:
                manifest = _Writer(archive, engine.settings.data, with_keys).everything(connection)
            os.fsync(target.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


class _Writer:
    """One backup while it is written."""

    def __init__(self, archive: ZipFile, data: Path, with_keys: bool) -> None:
        self._archive, self._data = archive, data
        self._small = SMALL if with_keys else SMALL - KEYS
        self._members: dict[str, tuple[int, str]] = {}

    def everything(self, connection: Connection) -> Manifest:
        outline, made_at = copying.outline(), real_now().isoformat(timespec="seconds")
        sums = {name: self._table(connection, name, columns) for name, columns in outline.items()}
        missing = [digest for digest in copying.files(connection) if not self._file(digest)]
        for name in sorted(self._small):
            if (self._data / name).is_file():
                self._add(f"data/{name}", iter([(self._data / name).read_bytes()]), ZIP_DEFLATED)
        manifest = Manifest(
            made_at, copying.revision(connection), connection.dialect.name, outline,
            {name: count.rows for name, count in sums.items()}, {name: count.text for name, count in sums.items()},
            self._members, tuple(copying.keys(connection)), tuple(missing),
        )  # fmt: skip
        written = manifest.written()
        self._archive.writestr(MANIFEST, written)
        self._archive.comment = sha256(written).hexdigest().encode()
        return manifest

    def _table(self, connection: Connection, name: str, columns: Mapping[str, str]) -> copying.Sum:
        count = copying.Sum()
        self._add(f"tables/{name}", (count.add(line) + b"\n" for line in copying.lines(connection, name, columns)), ZIP_DEFLATED)
        return count

    def _file(self, digest: str) -> bool:
        """Take a file in; one that somebody removed meanwhile, with its row, is not there any more."""
        try:
            with (self._data / "files" / digest[:2] / digest).open("rb") as source:
                self._add(f"files/{digest}", iter(lambda: source.read(_CHUNK), b""), ZIP_STORED)
        except FileNotFoundError:
            return False
        return True

    def _add(self, name: str, parts: Iterable[bytes], how: int) -> None:
        head, digest, size = ZipInfo(name), sha256(), 0
        head.compress_type, head.external_attr = how, 0o600 << 16
        with self._archive.open(head, "w", force_zip64=True) as member:
            for part in parts:
                member.write(part)
                digest.update(part)
                size += len(part)
        self._members[name] = (size, digest.hexdigest())
