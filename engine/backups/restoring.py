"""Restoring a backup: examined to its last byte first, then put where nothing is yet; it is there whole, or not at all."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.backups.archive import Archive, Damaged, Manifest
from engine.errors import EngineError
from engine.persistence import copying, migrations
from engine.persistence.copying import Connection, Engine
from engine.persistence.database import connect, file_of
from engine.settings import Settings
from engine.vault import Vault


class Occupied(EngineError):
    """{place} has data already. Restore into an empty database, and name it with ZHENGGAI_DATABASE or ZHENGGAI_DATA."""


class WrittenByNewer(EngineError):
    """{file} was written by a newer version (migration {revision}). Install that version first."""


def restore(settings: Settings, file: Path) -> tuple[Manifest, list[str]]:
    """Put a backup in place; give what it held, and the keys that are still to be put beside it."""
    with Archive(file) as archive:
        manifest = archive.manifest
        if manifest.revision not in migrations.revisions():
            raise WrittenByNewer(file=str(file), revision=manifest.revision)
        archive.check()
        with _target(settings) as database:
            _beside(settings.data, archive)
            with copying.emptied(database, manifest.revision) as connection:
                _fill(connection, archive, file)
    there = {key.id for key in Vault(settings.data).keys}
    return manifest, [key for key in manifest.keys if key not in there]


def _fill(connection: Connection, archive: Archive, file: Path) -> None:
    manifest = archive.manifest
    for name, columns in manifest.outline.items():
        copying.load(connection, name, columns, archive.lines(name))
    for name, count in copying.sums(connection, manifest.outline).items():
        if (count.rows, count.text) != (manifest.rows[name], manifest.sums[name]):
            raise Damaged(file=str(file), part=name)


@contextmanager
def _target(settings: Settings) -> Iterator[Engine]:
    """Give an empty database; an own file gets its name when everything is in it."""
    place = file_of(settings.database_url)
    if place is None:
        yield from _server(settings)
        return
    if place.exists():
        raise Occupied(place=str(place))
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{place.name}.restoring")
    _remove(unfinished)
    database = connect(f"sqlite:///{unfinished}")
    try:
        yield database
        database.dispose()
        _onto_the_disk(unfinished)
        unfinished.replace(place)
    finally:
        database.dispose()
        _remove(unfinished)


def _server(settings: Settings) -> Iterator[Engine]:
    database = connect(settings.database_url)
    try:
        if copying.tables_of(database):
            raise Occupied(place=database.url.render_as_string(hide_password=True))
        yield database
    finally:
        database.dispose()


def _remove(unfinished: Path) -> None:
    for place in unfinished.parent.glob(f"{unfinished.name}*"):
        place.unlink()


def _beside(data: Path, archive: Archive) -> None:
    """Put files under their hashes, and keys where there are none."""
    for digest in archive.manifest.files:
        _settle(data / "files" / digest[:2] / digest, archive.chunks(f"files/{digest}"))
    for name in archive.manifest.small:
        _settle(data / name, archive.chunks(f"data/{name}"))


def _settle(place: Path, parts: Iterable[bytes]) -> None:
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_name(f".{place.name}.restoring")
    try:
        with unfinished.open("wb") as target:
            unfinished.chmod(0o600)
            target.writelines(parts)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)


def _onto_the_disk(file: Path) -> None:
    with file.open("rb") as source:
        os.fsync(source.fileno())
