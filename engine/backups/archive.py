"""The file of a backup: a zip of tables as lines and files under their hashes, with a manifest that has the check-sums of all."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Self
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

import orjson

from engine.errors import EngineError
from engine.persistence.copying import Outline, Sum

MANIFEST, FORMAT = "manifest.json", "zhenggai-backup-1"
SMALL = {"keys.json", "keys/public", "demonstration-clock"}
"""What else of the data folder a backup may hold: its keys where they were asked for, and where a demonstration's time stands."""
_CHUNK = 1 << 20
_NAME = re.compile(r"tables/[a-z_]+|files/[0-9a-f]{64}|data/(?:" + "|".join(SMALL) + ")")


class NotABackup(EngineError):
    """{file} is not a backup of this program."""


class Damaged(EngineError):
    """{file} is damaged ({part}). Nothing was written; take another backup."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: where it came from, each table's rows and check-sum, each member's size and hash."""

    made_at: str
    revision: str
    database: str
    outline: Outline
    rows: Mapping[str, int]
    sums: Mapping[str, str]
    members: Mapping[str, tuple[int, str]]
    keys: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    format: str = FORMAT

    @property
    def check_sum(self) -> str:
        """Give one check-sum over all tables."""
        return sha256("\n".join(f"{name} {self.sums[name]}" for name in sorted(self.sums)).encode()).hexdigest()

    @property
    def files(self) -> list[str]:
        """Name the files it holds by their hashes."""
        return [name.partition("/")[2] for name in self.members if name.startswith("files/")]

    @property
    def small(self) -> list[str]:
        """Name what it holds of the data folder beside."""
        return [name.partition("/")[2] for name in self.members if name.startswith("data/")]

    def written(self) -> bytes:
        """Give it as text."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)


class Member:
    """A member while it is read: its size and hash so far."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._digest, self._size = source, sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        """Give its lines."""
        for line in self._source:
            yield self._counted(line)

    def chunks(self) -> Iterator[bytes]:
        """Give its bytes."""
        while chunk := self._source.read(_CHUNK):
            yield self._counted(chunk)

    def _counted(self, part: bytes) -> bytes:
        self._digest.update(part)
        self._size += len(part)
        return part

    @property
    def seen(self) -> tuple[int, str]:
        """Give its size and hash."""
        return self._size, self._digest.hexdigest()


class Archive:
    """An archive that is being read; *check* looks at every byte of it."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> Self:
        try:
            self._zip = ZipFile(self._file)
        except (BadZipFile, OSError) as error:
            raise NotABackup(file=str(self._file)) from error
        try:
            self.manifest = self._manifest()
        except BaseException:
            self._zip.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def _manifest(self) -> Manifest:
        if MANIFEST not in self._zip.namelist():
            raise NotABackup(file=str(self._file))
        try:
            written = self._zip.read(MANIFEST)
            if self._zip.comment.decode() != sha256(written).hexdigest():
                raise Damaged(file=str(self._file), part=MANIFEST)
            found: dict[str, Any] = orjson.loads(written)
            members = {name: (size, digest) for name, (size, digest) in found.pop("members").items()}
            keys, missing = tuple(found.pop("keys")), tuple(found.pop("missing"))
            manifest = Manifest(**found, members=members, keys=keys, missing=missing)
        except (BadZipFile, ZlibError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Damaged(file=str(self._file), part=MANIFEST) from error
        if manifest.format != FORMAT:
            raise NotABackup(file=str(self._file))
        return manifest

    def check(self) -> None:
        """Read everything once; whatever is not what was written is refused."""
        there = set(self._zip.namelist()) - {MANIFEST}
        for name in sorted(there ^ set(self.manifest.members)):
            raise Damaged(file=str(self._file), part=name)
        for name, expected in self.manifest.members.items():
            if not _NAME.fullmatch(name) or self._read(name) != expected:
                raise Damaged(file=str(self._file), part=name)
            if name.startswith("files/") and expected[1] != name.partition("/")[2]:
                raise Damaged(file=str(self._file), part=name)

    def _read(self, name: str) -> tuple[int, str]:
        kind, _, table = name.partition("/")
        try:
            with self._zip.open(name) as source:
                member, count = Member(source), Sum()  # type: ignore[arg-type]
                for part in member if kind == "tables" else member.chunks():
                    if kind == "tables":
                        count.add(part.rstrip(b"\n"))
        except (BadZipFile, ZlibError, EOFError, OSError, NotImplementedError) as error:
            raise Damaged(file=str(self._file), part=name) from error
        if kind == "tables" and (count.rows, count.text) != (self.manifest.rows.get(table), self.manifest.sums.get(table)):
            raise Damaged(file=str(self._file), part=name)
        return member.seen

    def lines(self, table: str) -> Iterator[bytes]:
        """Give a table's lines."""
        with self._zip.open(f"tables/{table}") as source:
            for line in source:
                yield line.rstrip(b"\n")

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give a member's bytes."""
        with self._zip.open(name) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
