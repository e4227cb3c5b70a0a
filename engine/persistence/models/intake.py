"""Intake: the channels other systems file through, what came in by them, and what goes back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant, Json


class IntakeChannel(Base):
    """A system that may file; of its key only a digest is kept."""

    __tablename__ = "intake_channel"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pack: Mapped[str]
    name: Mapped[str] = mapped_column(unique=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    hint: Mapped[str]
    callback: Mapped[str]
    active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str]
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class IntakeItem(Base):
    """One thing that came in, known by the number its sender gave it."""

    __tablename__ = "intake_item"
    __table_args__ = (UniqueConstraint("channel", "external_no"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    external_no: Mapped[str]
    pack: Mapped[str]
    record: Mapped[str]
    number: Mapped[str]
    instance_id: Mapped[UUID] = mapped_column(index=True)
    sha256: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(Instant)


class IntakeAnswer(Base):
    """Something to be told to a channel; sent until it is taken, or given up."""

    __tablename__ = "intake_answer"
    __table_args__ = (Index("ix_intake_answer_state", "state", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("intake_item.id"), index=True)
    channel: Mapped[str]
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[str]
    attempts: Mapped[int]
    said: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
