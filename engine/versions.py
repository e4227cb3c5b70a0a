"""Versions: what a pack's files are now, what they were, who changed them, and how many instances run on which."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import definitions
from engine.errors import EngineError
from engine.persistence.records import DefinitionRow, Row
from engine.persistence.work import UnitOfWork


class NoSuchFile(EngineError):
    """There is no file {path} in this pack, or not in this version."""

    kind = "missing"


@dataclass(frozen=True, slots=True)
class FileVersion:
    """One content of a file: from which deployment on, when and by whom; *change_id* where it was made in the browser."""

    number: int
    sha256: str
    at: datetime
    by: str
    change_id: UUID | None


@dataclass(frozen=True, slots=True)
class ProcessVersion:
    """A version of a process and how many instances still run on it."""

    row: DefinitionRow
    running: int
    deployed_by: str


def files(work: UnitOfWork, pack: str) -> dict[str, str]:
    """Give the paths of a pack's files with their hashes, as they hold now."""
    last = work.definitions.last_deployment(pack)
    return {} if last is None else work.definitions.paths(last.id)


def content(work: UnitOfWork, pack: str, path: str, number: int | None = None) -> bytes:
    """Give a file as it holds now, or as it was from deployment *number* on."""
    found = history(work, pack, path)
    chosen = [version for version in found if number is None or version.number <= number]
    if not chosen or (number is None and path not in files(work, pack)):
        raise NoSuchFile(path=path)
    return work.definitions.content(chosen[-1].sha256)


def history(work: UnitOfWork, pack: str, path: str) -> list[FileVersion]:
    """Give what a file has been, oldest first; a deployment that left it as it was does not count."""
    return list(_changed(work.definitions.history(pack, path)))


def processes(work: UnitOfWork, pack: str) -> dict[str, list[ProcessVersion]]:
    """Give every process of a pack with its versions, newest first, and the instances that run on each."""
    running = work.definitions.running()
    deployed = {row.id: row.deployed_by for row in work.definitions.deployments()}
    found = {}
    for process_id in sorted(work.definitions.process_ids(pack)):
        rows = [row for row in work.definitions.versions(process_id) if row.pack == pack]
        found[process_id] = [ProcessVersion(row, running.get(row.id, 0), deployed[row.deployment_id]) for row in rows]
    return found


def version(work: UnitOfWork, process_id: str, number: int) -> DefinitionRow:
    """Give a numbered version of a process."""
    row = work.definitions.find(process_id, number)
    if row is None:
        raise definitions.ProcessNotDeployed(process_id=process_id)
    return row


def _changed(rows: Any) -> Iterator[FileVersion]:
    last: Row[Any] | None = None
    for row in rows:
        if last is None or row.sha256 != last.sha256:
            yield FileVersion(row.number, row.sha256, row.deployed_at, row.deployed_by, row.change_id)
        last = row
