"""Notifications: lines for one person each, never twice for the same event."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant

_UNREAD = text("read_at IS NULL")


class Notification(Base):
    """Something a person should know; *event* names what happened, *link* where to look (task:<id>, instance:<id>)."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("login", "event"),
        Index("ix_notification_list", "login", "created_at"),
        Index("ix_notification_unread", "login", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[str]
    event: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    link: Mapped[str]
    instance_id: Mapped[UUID | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
