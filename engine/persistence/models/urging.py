"""Urging: who pressed for a task, when, in which words, and whom it told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant, Json


class Urging(Base):
    """One person pressed once for one task; *told* are the logins that were told."""

    __tablename__ = "urging"
    __table_args__ = (Index("ix_urging_task", "task_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    task_id: Mapped[UUID] = mapped_column(ForeignKey("user_task.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str]
    by_name: Mapped[str]
    text: Mapped[str]
    told: Mapped[list[str]] = mapped_column(Json)
