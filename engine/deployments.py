"""Deployments: a pack's files are checked together, and either all of them are accepted or none."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine import audit, checking, definitions, forms, jobs, ladder, starting
from engine.bpmn.model import Process
from engine.checking import Checked
from engine.errors import EngineError, Problem
from engine.identity import rights
from engine.persistence.keys import new_key
from engine.persistence.records import DefinitionRow, Row
from engine.persistence.work import UnitOfWork


class DeploymentRefused(EngineError):
    """Nothing was deployed: {count} problems were found. The first is {first}"""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(count=len(self.problems), first=self.problems[0])


@dataclass(frozen=True, slots=True)
class Deployment:
    """What a deployment came to: *changed* names what got a new version, *warnings* what is kept without effect."""

    id: UUID
    pack: str
    number: int
    changed: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


def deploy(
    work: UnitOfWork,
    pack: str,
    files: Mapping[str, bytes],
    folder: Mapping[str, str] | None = None,
    change_id: UUID | None = None,
) -> Deployment:
    """Accept the files of a pack, or list every problem in them and change nothing.

    What has not changed keeps its version, what is as it once was gets that version back; running instances stay on theirs.
    *folder* says which state of the pack's folder is taken into account (by path and hash): these files, unless told otherwise.
    """
    total, last = fingerprint(files), work.definitions.last_deployment(pack)
    known = hashes(files) if folder is None else dict(folder)
    if last is not None and (last.sha256, last.folder) == (total, known):
        return Deployment(last.id, pack, last.number)
    read = checking.check(work, pack, files)
    if read.problems:
        raise DeploymentRefused(read.problems)

    key, number = new_key(), last.number + 1 if last is not None else 1
    row = {"id": key, "pack": pack, "number": number, "sha256": total, "deployed_at": work.now, "deployed_by": work.actor.login,
           "folder": known, "change_id": change_id}  # fmt: skip
    work.definitions.add_deployment(row, {path: (new_key(), sha256(data), data) for path, data in files.items()})
    changed = tuple(_Versions(work, pack, key, files).write(read))
    work.cache.clear()
    audit.record(work, "pack.deployed", pack, {"number": number, "changed": list(changed)})
    starting.arm(work, pack)
    ladder.begin_rounds(work, pack)
    if "pack.toml" in files and definitions.pack(work, pack).indicators:
        jobs.begin_counting(work)
    work.at_end(work.cache.clear)
    return Deployment(key, pack, number, changed, tuple(read.warnings))


def files(work: UnitOfWork, pack: str) -> dict[str, bytes]:
    """Give the files of a pack as they hold now."""
    last = work.definitions.last_deployment(pack)
    return {} if last is None else work.definitions.files(last.id)


def startable(work: UnitOfWork) -> list[DefinitionRow]:
    """Give the processes that can be begun in the post acted in."""
    return [row for row in work.definitions.active() if work.actor.role in row.startable_by]


def definition(work: UnitOfWork, process_id: str, version: int | None = None) -> DefinitionRow:
    """Give the active version of a process, or the numbered one."""
    row = work.definitions.find(process_id, version)
    if row is None:
        raise definitions.ProcessNotDeployed(process_id=process_id)
    return row


def diagram(work: UnitOfWork, definition_id: UUID) -> bytes:
    """Give the process file of a version as it was handed in."""
    return work.definitions.content(work.definitions.get(definition_id).sha256)


def form(work: UnitOfWork, form_id: str, version: int | None = None) -> forms.Form:
    """Give a form's active version, or the numbered one."""
    return definitions.form(work, form_id, version)


def versions(work: UnitOfWork, process_id: str) -> list[DefinitionRow]:
    """Give all versions of a process, newest first."""
    return work.definitions.versions(process_id)


def deployments(work: UnitOfWork) -> Sequence[Row[Any]]:
    """Give all deployments, newest first."""
    return work.definitions.deployments()


def activate(work: UnitOfWork, process_id: str, version: int) -> Deployment:
    """Start new instances with this version again, if it still fits the rest of its pack; running ones stay on theirs."""
    row = definition(work, process_id, version)
    rights.require_in(work.actor, rights.PUBLISH_PROCESS, row.pack)
    last = work.definitions.last_deployment(row.pack)
    assert last is not None, "a version came by a deployment"
    wanted = work.definitions.files(last.id) | {row.path: work.definitions.content(row.sha256)}
    deployment = deploy(work, row.pack, wanted, folder=last.folder)
    audit.record(work, "version.activated", process_id, {"version": version})
    return deployment


class _Versions:
    """The versions one deployment makes: each thing whose content changed gets the next one."""

    def __init__(self, work: UnitOfWork, pack: str, deployment_id: UUID, files: Mapping[str, bytes]) -> None:
        self._work, self._pack, self._deployment_id, self._files = work, pack, deployment_id, files

    def write(self, read: Checked) -> Iterator[str]:
        for form in read.forms.values():
            yield from self._one("form", "form_id", form.id, form.file, {})
        for decision in read.decisions.values():
            yield from self._one("decision", "decision_id", decision.id, decision.file, {"name": decision.name})
        for process in read.processes:
            yield from self._one(
                "definition", "process_id", process.id, process.file, _facts(process) | {"created_at": self._work.now}
            )
        here = {
            "form": set(read.forms),
            "decision": set(read.decisions),
            "definition": {process.id for process in read.processes},
        }
        for kind, names in here.items():
            for name in self._work.definitions.active_names(kind, self._pack) - names:
                self._work.definitions.activate(kind, name, None)

    def _one(self, kind: str, column: str, name: str, path: str, facts: Mapping[str, object]) -> Iterator[str]:
        digest = sha256(self._files[path])
        last = self._work.definitions.last_version(kind, name)
        if last is not None and (last.sha256, last.pack, last.active) == (digest, self._pack, True):
            return
        known = self._work.definitions.version_of(kind, name, self._pack, path, digest)
        if known is not None:
            yield from self._again(kind, name, known)
            return
        facts = dict(facts) | {"id": new_key(), column: name, "version": last.version + 1 if last is not None else 1}
        place = {"pack": self._pack, "deployment_id": self._deployment_id, "path": path, "sha256": digest, "active": True}
        self._work.definitions.add_version(kind, facts | place)
        yield name

    def _again(self, kind: str, name: str, version: int) -> Iterator[str]:
        """Give a name the version back that it had with the same content."""
        if self._work.definitions.active_version(kind, name) != version:
            self._work.definitions.activate(kind, name, version)
            yield name


def _facts(process: Process) -> dict[str, object]:
    roles = process.properties.get("bpm:startableBy")
    begin = next((process.elements[root] for root in process.roots if starting.is_plain_start(process.elements[root])), None)
    return {
        "name": process.name or process.id, "version_tag": process.version_tag, "documentation": process.documentation,
        "startable_by": [role.strip() for role in roles.text.split(",") if role.strip()] if roles else [],
        "start_form_id": begin.form_id.text if begin is not None and begin.form_id is not None else None,
    }  # fmt: skip


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give the hash of each file."""
    return {path: sha256(data) for path, data in files.items()}


def fingerprint(files: Mapping[str, bytes]) -> str:
    """Give one hash over all files and their paths."""
    return sha256("\n".join(f"{path} {digest}" for path, digest in sorted(hashes(files).items())).encode())


def sha256(data: bytes) -> str:
    """Give the hash by which a content is known."""
    return hashlib.sha256(data).hexdigest()
