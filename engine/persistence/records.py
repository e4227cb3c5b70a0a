"""Rows as the engine's nouns handle them: plain values, detached from the database."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Column, Row
from sqlalchemy.orm import DeclarativeBase

T = TypeVar("T")
PAGE = 50

__all__ = ["PAGE", "DefinitionRow", "Instance", "Job", "Page", "Row", "Scope", "Subscription", "Task", "columns_of", "values_of"]


@dataclass(slots=True)
class Instance:
    """A process instance while something happens to it; saved whole, if its revision is still the one it was read with."""

    id: UUID
    definition_id: UUID
    process_id: str
    parent_id: UUID | None
    parent_element_key: str | None
    root_id: UUID
    business_key: str | None
    title: str
    unit: str | None
    state: str
    business_state: str | None
    variables: dict[str, Any]
    kernel_state: bytes
    revision: int
    started_at: datetime
    started_by: str
    started_by_name: str
    ended_at: datetime | None = None
    ended_reason: str | None = None
    audit_number: int = 0
    audit_hash: str = ""
    excluded: list[str] = field(default_factory=list)

    @property
    def is_active(self) -> bool:
        """Whether it may go on."""
        return self.state == "active"

    @property
    def has_ended(self) -> bool:
        """Whether nothing can happen to it any more."""
        return self.ended_at is not None


@dataclass(slots=True, frozen=True)
class Task:
    """A user task as it was read."""

    id: UUID
    instance_id: UUID
    definition_id: UUID
    element_key: str
    element_id: str
    parent_key: str | None
    name: str
    lane: str | None
    form_id: str | None
    form_version: int | None
    state: str
    assignee: str | None
    assignee_name: str | None
    sign_for: bool
    signed_at: datetime | None
    signed_by: str | None
    priority: int
    created_at: datetime
    due_at: datetime | None
    follow_up_at: datetime | None
    closed_at: datetime | None
    completed_by: str | None
    completed_by_name: str | None
    completed_post: str | None
    completed_unit: str | None
    on_behalf_of: str | None
    opinion: str | None
    submitted: dict[str, Any] | None
    source_id: UUID | None
    origin: str
    origin_note: str | None
    candidates: list[str]
    excluded: list[str]
    properties: dict[str, Any]
    headers: dict[str, str]
    local: dict[str, Any]

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state == "open"


@dataclass(slots=True, frozen=True)
class Job:
    """A job as it was acquired."""

    id: UUID
    kind: str
    type: str
    instance_id: UUID | None
    element_key: str | None
    element_id: str | None
    definition_id: UUID | None
    subject: str | None
    payload: dict[str, Any]
    due_at: datetime | None
    retries: int
    failures: int
    lock_owner: str | None
    locked_until: datetime | None
    message: str | None


@dataclass(slots=True, frozen=True)
class Subscription:
    """Something that waits for a message or signal."""

    id: UUID
    kind: str
    name: str
    correlation_key: str | None
    instance_id: UUID | None
    definition_id: UUID | None
    process_id: str
    element_key: str | None
    element_id: str


@dataclass(slots=True, frozen=True)
class DefinitionRow:
    """A deployed version of a process."""

    id: UUID
    process_id: str
    version: int
    version_tag: str | None
    name: str
    pack: str
    deployment_id: UUID
    path: str
    sha256: str
    active: bool
    startable_by: list[str]
    start_form_id: str | None
    documentation: str
    created_at: datetime


@dataclass(slots=True, frozen=True)
class Page(Generic[T]):
    """One page of a list: its *rows*, the *total* over all pages (or *at_least* so many), and where it stands."""

    rows: Sequence[T]
    total: int
    number: int = 1
    size: int = PAGE
    at_least: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(slots=True, frozen=True)
class Scope:
    """Which rows a person may see: those of *units* (``None`` for all) and those *login* started.

    *restricted* pools are left out of a search that does not name the process.
    """

    units: frozenset[str] | None = None
    login: str | None = None
    restricted: frozenset[str] = frozenset()


def columns_of(record: type, model: type[DeclarativeBase]) -> list[Column[Any]]:
    """Give the columns of *model* that fill *record*, in its order."""
    return [model.__table__.c[item.name] for item in fields(record)]  # type: ignore[misc]


def values_of(record: Any) -> dict[str, Any]:
    """Give what a record holds by column, as it is: nothing is copied."""
    return {name: getattr(record, name) for name in _names(record.__class__)}


@cache
def _names(record: Hashable) -> tuple[str, ...]:
    return tuple(item.name for item in fields(record))  # type: ignore[arg-type]
