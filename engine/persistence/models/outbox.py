"""What leaves the house: messages that wait to be sent, where people want theirs, and which kinds they want how."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant

_HELD = text("state = 'held'")


class Outgoing(Base):
    """A message for one recipient; *address* is sealed, *state* is waiting, held (for the daily letter), sent or failed."""

    __tablename__ = "outgoing"
    __table_args__ = (
        UniqueConstraint("channel", "recipient", "event"),
        Index("ix_outgoing_list", "created_at"),
        Index("ix_outgoing_held", "recipient", sqlite_where=_HELD, postgresql_where=_HELD),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[str]
    recipient: Mapped[str]
    address: Mapped[str]
    event: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    link: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    letter_id: Mapped[UUID | None]


class Contact(Base):
    """Where somebody wants messages, sealed."""

    __tablename__ = "contact"

    login: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    mobile: Mapped[str]


class Wish(Base):
    """How somebody wants to be told of one kind of event: at once, daily or never."""

    __tablename__ = "wish"

    login: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    sms: Mapped[str]
