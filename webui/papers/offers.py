"""Which papers a page offers, and where each is to be had."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from engine import documents, process_instances, user_tasks
from engine.documents import Basis, Document
from engine.errors import EngineError
from engine.persistence.records import Task
from engine.persistence.work import UnitOfWork
from webui.i18n import translated


@dataclass(frozen=True, slots=True)
class Offer:
    """One paper as a button: *printed* ones open as a page to print, *shown* ones as a preview, the others are downloaded."""

    name: str
    href: str
    printed: bool
    also: str = ""
    units: Sequence[tuple[str, str]] = ()
    missing: str = ""
    shown: bool = False


def for_task(work: UnitOfWork, task: Task) -> list[Offer]:
    """Give the papers that the task names."""
    return [offer(documents.definition(work, name), task=task.id) for name in named(task)]


def named(task: Task) -> list[str]:
    """Read the papers that a task names: a list, or names between commas."""
    found = task.properties.get("bpm:document") or []
    names = found.split(",") if isinstance(found, str) else found
    return [str(name).strip() for name in names if str(name).strip()]


def offer(document: Document, **asked: Any) -> Offer:
    """Give one paper as a button."""
    href = url_for("papers.open", document_id=document.id, **asked)
    if document.kind == "letter":
        return Offer(document.name, url_for("papers.preview", document_id=document.id, **asked), False, href, shown=True)
    if document.kind != "signing":
        return Offer(document.name, href, False)
    return Offer(document.name, href, True, url_for("papers.open", document_id=document.id, file=1, **asked))


def outside(work: UnitOfWork) -> list[Offer]:
    """Give the papers that the post may take outside tasks; whoever looks after several units chooses the one it is for."""
    return [_by_unit(work, document) if document.process else offer(document) for document in documents.offered(work)]


def _by_unit(work: UnitOfWork, document: Document) -> Offer:
    made = offer(document)
    if work.actor.scope.units == {work.actor.unit}:
        return replace(made, missing=_missing(work, document))
    names = {unit.code: unit.name for unit in work.units.all()}
    units = [(code, names[code]) for code in documents.ready(work, document)]
    return replace(made, units=units, missing="" if units else _("No unit has filled in yet what it says."))


def _missing(work: UnitOfWork, document: Document) -> str:
    try:
        documents.basis(work, document)
    except EngineError as reason:
        return translated(reason)
    return ""


def basis(work: UnitOfWork, document_id: str, task_id: UUID | None, instance_id: UUID | None, unit: str | None = None) -> Basis:
    """Give what a paper is made from; who holds neither a task with it nor a role for it learns of no paper."""
    if task_id is not None:
        return _of_task(work, document_id, task_id)
    if document_id not in {document.id for document in documents.offered(work)}:
        raise documents.NoSuchDocument(document=document_id)
    if instance_id is None:
        return documents.basis(work, documents.definition(work, document_id), unit)
    instance = process_instances.visible(work, instance_id)
    return Basis(instance.variables, instance.id)


def _of_task(work: UnitOfWork, document_id: str, task_id: UUID) -> Basis:
    desk = user_tasks.view(work, task_id)
    if document_id not in named(desk.task):
        raise documents.NoSuchDocument(document=document_id)
    raw = (desk.draft or {}).get("_raw") or {}
    typed = {name: texts[0] for name, texts in raw.items() if texts and texts[0]}
    return Basis({**desk.instance.variables, **desk.task.local, **typed}, desk.instance.id)
