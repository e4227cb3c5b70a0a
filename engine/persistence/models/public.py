"""The public side: what somebody without an account is typing, what opens a record for them, and how often they came."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant, Json


class PublicDraft(Base):
    """What is being typed, sealed with a key that only the browser has; *id* is a digest of that key. Moments are real ones."""

    __tablename__ = "public_draft"
    __table_args__ = (Index("ix_public_draft_expires_at", "expires_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    files: Mapped[list[str]] = mapped_column(Json)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class PublicKey(Base):
    """What opens a record to whoever filed it: digests of the code and of the last digits of the telephone number, if any."""

    __tablename__ = "public_key"
    __table_args__ = (UniqueConstraint("ledger", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pack: Mapped[str]
    ledger: Mapped[str]
    number: Mapped[str]
    instance_id: Mapped[UUID] = mapped_column(index=True)
    tail: Mapped[str]
    code: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)


class PublicTally(Base):
    """How often somebody, known by a digest, did something within a stretch of real time."""

    __tablename__ = "public_tally"
    __table_args__ = (Index("ix_public_tally_until", "until"),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    stretch: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    until: Mapped[datetime] = mapped_column(Instant)
