"""People's work: user tasks, who may take them, what was typed so far, and copies for information."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant, Json

_OPEN = text("state = 'open'")


class UserTask(Base):
    """One piece of work for one person; *source_id* is the task whose completion brought it about.

    *unsigned* says that it must be signed for and has not been.
    """

    __tablename__ = "user_task"
    __table_args__ = (
        UniqueConstraint("instance_id", "element_key"),
        Index("ix_user_task_due", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_user_task_done", "completed_by", "closed_at"),
        Index("ix_user_task_source", "source_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    definition_id: Mapped[UUID] = mapped_column(ForeignKey("definition.id"))
    element_key: Mapped[str]
    element_id: Mapped[str]
    parent_key: Mapped[str | None]
    name: Mapped[str]
    lane: Mapped[str | None]
    form_id: Mapped[str | None]
    form_version: Mapped[int | None]
    state: Mapped[str]
    assignee: Mapped[str | None]
    assignee_name: Mapped[str | None]
    sign_for: Mapped[bool]
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_by: Mapped[str | None]
    unsigned: Mapped[bool]
    priority: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    follow_up_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    completed_by: Mapped[str | None]
    completed_by_name: Mapped[str | None]
    completed_post: Mapped[str | None]
    completed_unit: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    opinion: Mapped[str | None]
    submitted: Mapped[dict[str, Any] | None] = mapped_column(Json)
    source_id: Mapped[UUID | None]
    origin: Mapped[str]
    origin_note: Mapped[str | None]
    candidates: Mapped[list[str]] = mapped_column(Json)
    excluded: Mapped[list[str]] = mapped_column(Json)
    properties: Mapped[dict[str, Any]] = mapped_column(Json)
    headers: Mapped[dict[str, str]] = mapped_column(Json)
    local: Mapped[dict[str, Any]] = mapped_column(Json)


class TaskCandidate(Base):
    """Who may take an open task: a group ``role@unit`` or ``user:login``; ``not:login`` is kept out. Gone when the task is.

    *waiting* says that the task is open and nobody has it; with it stand the columns of the task by which work is listed.
    """

    __tablename__ = "task_candidate"
    __table_args__ = (Index("ix_task_candidate_name", "name", "task_id"),)

    task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID | None]
    waiting: Mapped[bool]
    unsigned: Mapped[bool]
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    priority: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)


class Draft(Base):
    """What a person typed into a task's or a start form and has not handed in."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("login", "task_id"), UniqueConstraint("login", "process_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str]
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_task.id"), index=True)
    process_id: Mapped[str | None]
    values: Mapped[dict[str, Any]] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(Instant)


class ReadCopy(Base):
    """A copy for information, never a token: who sent it to whom, and when it was read."""

    __tablename__ = "read_copy"
    __table_args__ = (Index("ix_read_copy_reader", "login", "read_at"), Index("ix_read_copy_instance", "instance_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    task_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_task.id"))
    login: Mapped[str]
    note: Mapped[str]
    sent_by: Mapped[str]
    sent_by_name: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)


# in the order of work: the nearest deadline first, then what is urgent, then what came first
Index(
    "ix_user_task_mine", UserTask.assignee, UserTask.unsigned, UserTask.due_at, UserTask.priority.desc(), UserTask.created_at,
    UserTask.id, UserTask.state, UserTask.instance_id, sqlite_where=_OPEN, postgresql_where=_OPEN,
)  # fmt: skip
Index(
    "ix_task_candidate_waiting", TaskCandidate.name, TaskCandidate.unsigned, TaskCandidate.due_at, TaskCandidate.priority.desc(),
    TaskCandidate.created_at, TaskCandidate.task_id, TaskCandidate.waiting, TaskCandidate.instance_id,
    sqlite_where=text("waiting = 1"), postgresql_where=text("waiting"),
)  # fmt: skip
