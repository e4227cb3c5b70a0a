"""A file of the pack on the editor's desk: as published, or as the editor's draft has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import g, request
from flask_babel import gettext as _

from engine import changes, definitions, deployments
from engine.errors import EngineError, Problem
from engine.packs import Pack, PackRefused, parse
from engine.persistence.work import UnitOfWork
from webui.problems import said

LOCKED = ("submitted",)


class NoSuchFile(EngineError):
    """This pack has no file {path}."""

    kind = "missing"


class MarkedForRemoval(EngineError):
    """Your change takes {path} out of the pack. Keep the file first, on the page of processes, to go on with it."""

    kind = "conflict"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file and where its editing stands: *is_new* where nothing is published yet, *stale* where somebody else's was since.

    *others* have drafts of it too.
    """

    path: str
    content: bytes
    revision: int
    is_draft: bool
    is_new: bool
    locked: bool
    stale: bool
    others: Sequence[str]


def sheet(work: UnitOfWork, path: str) -> Sheet:
    """Give a file of the pack as whoever acts would have it."""
    pack = g.pack.key
    draft, change = changes.draft(work, pack, path), changes.mine(work, pack)
    published = deployments.files(work, pack).get(path)
    if draft is not None and draft.removed:
        raise MarkedForRemoval(path=path)
    content = draft.data if draft is not None else published
    if content is None:
        raise NoSuchFile(path=path)
    others = [other.editor_name for other in changes.others(work, pack, path)]
    locked = change is not None and change.state in LOCKED
    stale = change is not None and draft is not None and path in changes.stale(work, change)
    return Sheet(path, content, draft.revision if draft else 0, draft is not None, published is None, locked, stale, others)


def save(work: UnitOfWork, path: str, data: bytes) -> Sheet:
    """Keep a file as a draft, on top of the state that the page was showing."""
    before = sheet(work, path)
    if data != before.content:
        changes.save(work, g.pack.key, path, data, revision=request.form.get("revision", 0, type=int))
    return sheet(work, path)


def files(work: UnitOfWork, unsaved: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Give all files of the pack with one's drafts, and with what is on the screen."""
    return changes.overlaid(work, changes.mine(work, g.pack.key), g.pack.key, unsaved)


def problems(work: UnitOfWork, path: str, unsaved: bytes | None = None) -> list[Problem]:
    """Say what would keep the pack from being published with this file as it is, wherever that shows."""
    found = changes.check(work, g.pack.key, None if unsaved is None else {path: unsaved}).problems
    return sorted(found, key=lambda problem: problem.file != path)


def pack(work: UnitOfWork) -> Pack:
    """Give the pack as one's drafts have it; as it is published where those cannot be read."""
    try:
        return parse(files(work))
    except PackRefused:
        return definitions.pack(work, g.pack.key)


def where(problem: Problem, path: str) -> str:
    """Say where a fault is that cannot be shown at its place on the page."""
    place = problem.element or _("line %(number)s", number=problem.line)
    return place if problem.file == path else f"{problem.file} · {place}"


def lines(found: Sequence[Problem], path: str) -> list[tuple[str, str, str]]:
    """Give each fault as (element here, where, sentence)."""
    return [(problem.element or "" if problem.file == path else "", where(problem, path), said(problem)) for problem in found]
