"""Running processes: instances, the visits to their elements, their variables, and what they wait for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant, Json

_ROOT = text("parent_id IS NULL")


class ProcessInstance(Base):
    """One run of a process; *kernel_state* is the kernel's own value, *revision* the optimistic lock."""

    __tablename__ = "process_instance"
    __table_args__ = (
        Index("ix_process_instance_business_key", "business_key"),
        Index("ix_process_instance_list", "process_id", "state", "started_at"),
        Index("ix_process_instance_unit", "unit", "state", "started_at"),
        Index("ix_process_instance_started_by", "started_by", "started_at"),
        Index("ix_process_instance_started_at", "started_at", "id"),
        Index("ix_process_instance_ended", "ended_at", "id", sqlite_where=_ROOT, postgresql_where=_ROOT),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    definition_id: Mapped[UUID] = mapped_column(ForeignKey("definition.id"))
    process_id: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"), index=True)
    parent_element_key: Mapped[str | None]
    root_id: Mapped[UUID] = mapped_column(index=True)
    business_key: Mapped[str | None]
    title: Mapped[str]
    unit: Mapped[str | None]
    state: Mapped[str]
    business_state: Mapped[str | None]
    variables: Mapped[dict[str, Any]] = mapped_column(Json)
    kernel_state: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(Instant)
    started_by: Mapped[str]
    started_by_name: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_reason: Mapped[str | None]
    audit_number: Mapped[int]
    audit_hash: Mapped[str]
    excluded: Mapped[list[str]] = mapped_column(Json)


class StatePart(Base):
    """A part of the kernel's value of an instance with very many visits at once; the head of it is on the instance."""

    __tablename__ = "state_part"

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class ElementInstance(Base):
    """One visit of one element: when it was entered, when and how it was left, and by which flows."""

    __tablename__ = "element_instance"
    __table_args__ = (Index("ix_element_instance_element", "element_id", "left_at"),)

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    element_key: Mapped[str] = mapped_column(primary_key=True)
    element_id: Mapped[str]
    type: Mapped[str]
    parent_key: Mapped[str | None]
    loop_counter: Mapped[int | None]
    entered_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None]
    taken: Mapped[list[str] | None] = mapped_column(Json)


class Variable(Base):
    """A scalar of an instance's own scope, for search; the whole values are on the instance."""

    __tablename__ = "variable"
    __table_args__ = (Index("ix_variable_text", "name", "text"), Index("ix_variable_number", "name", "number"))

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str | None]
    number: Mapped[float | None] = mapped_column(Numeric(asdecimal=False))


class Job(Base):
    """Work that is due at a moment: a timer, a worker's call, a clock's reminder, or the engine's own housekeeping."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_due_at", "due_at"),
        Index("ix_job_element", "instance_id", "element_key"),
        Index("ix_job_subject", "subject"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    type: Mapped[str]
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))
    element_key: Mapped[str | None]
    element_id: Mapped[str | None]
    definition_id: Mapped[UUID | None] = mapped_column(ForeignKey("definition.id"))
    subject: Mapped[str | None]
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    retries: Mapped[int]
    failures: Mapped[int]
    lock_owner: Mapped[str | None]
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    message: Mapped[str | None]


class Subscription(Base):
    """An element, or a definition's start event, that waits for a message or signal."""

    __tablename__ = "subscription"
    __table_args__ = (
        Index("ix_subscription_name", "kind", "name", "correlation_key"),
        Index("ix_subscription_element", "instance_id", "element_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    correlation_key: Mapped[str | None]
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"))
    definition_id: Mapped[UUID | None] = mapped_column(ForeignKey("definition.id"), index=True)
    process_id: Mapped[str]
    element_key: Mapped[str | None]
    element_id: Mapped[str]


class Message(Base):
    """A message nobody waited for yet, kept for its time to live."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_name", "name", "correlation_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    correlation_key: Mapped[str | None]
    variables: Mapped[dict[str, Any]] = mapped_column(Json)
    published_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Incident(Base):
    """Something failed and waits for help: the reason, what it saw, and the stack for operators."""

    __tablename__ = "incident"
    __table_args__ = (
        Index(
            "ix_incident_open",
            "raised_at",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("process_instance.id"), index=True)
    job_id: Mapped[UUID | None]
    element_key: Mapped[str | None]
    element_id: Mapped[str | None]
    kind: Mapped[str]
    message: Mapped[str]
    template: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    detail: Mapped[str]
    variables: Mapped[dict[str, Any]] = mapped_column(Json)
    raised_at: Mapped[datetime] = mapped_column(Instant)
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_by: Mapped[str | None]


class Milestone(Base):
    """An element marked ``bpm:milestone`` was completed: which unit got there, and when."""

    __tablename__ = "milestone"
    __table_args__ = (Index("ix_milestone_code", "code", "unit", "reached_at"), Index("ix_milestone_instance", "instance_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    unit: Mapped[str | None]
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    root_id: Mapped[UUID] = mapped_column(index=True)
    element_id: Mapped[str]
    reached_at: Mapped[datetime] = mapped_column(Instant)


class NumberSeries(Base):
    """The last number given in a series, per scope (unit, year ...)."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]
