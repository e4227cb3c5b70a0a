"""Which papers a page offers, and where each is to be had."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for

from engine import documents, process_instances, user_tasks
from engine.documents import Document
from engine.persistence.records import Task
from engine.persistence.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Offer:
    """One paper as a button: *printed* ones open as a page to print, the others are downloaded."""

    name: str
    href: str
    printed: bool
    also: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a paper is made from: the variables of a task, and the matter it belongs to."""

    variables: Mapping[str, Any]
    instance_id: UUID | None = None


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
    if document.kind != "signing":
        return Offer(document.name, href, False)
    return Offer(document.name, href, True, url_for("papers.open", document_id=document.id, file=1, **asked))


def basis(work: UnitOfWork, document_id: str, task_id: UUID | None, instance_id: UUID | None) -> Basis:
    """Give what a paper is made from; who holds neither a task with it nor a role for it learns of no paper."""
    if task_id is not None:
        return _of_task(work, document_id, task_id)
    if document_id not in {document.id for document in documents.offered(work)}:
        raise documents.NoSuchDocument(document=document_id)
    if instance_id is None:
        return Basis({})
    instance = process_instances.visible(work, instance_id)
    return Basis(instance.variables, instance.id)


def _of_task(work: UnitOfWork, document_id: str, task_id: UUID) -> Basis:
    desk = user_tasks.view(work, task_id)
    if document_id not in named(desk.task):
        raise documents.NoSuchDocument(document=document_id)
    raw = (desk.draft or {}).get("_raw") or {}
    typed = {name: texts[0] for name, texts in raw.items() if texts and texts[0]}
    return Basis({**desk.instance.variables, **desk.task.local, **typed}, desk.instance.id)
