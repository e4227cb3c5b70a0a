"""The audit trail: append-only records chained by hash per instance, sealed into one global chain."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant, Json


class AuditRecord(Base):
    """Who did what, when, in which post and on whose behalf; *hash* covers the row and the *previous* one of its chain."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_instance", "instance_id", "number"),
        Index("ix_audit_seal", "seal"),
        Index("ix_audit_actor", "actor", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID | None]
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str]
    actor_name: Mapped[str]
    post: Mapped[str | None]
    unit: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    action: Mapped[str]
    subject: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    previous: Mapped[str]
    hash: Mapped[str]
    seal: Mapped[int | None] = mapped_column(ForeignKey("audit_seal.number"))


class AuditSeal(Base):
    """A link of the global chain: how many records it covers, and the hash over them and the seal before."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    records: Mapped[int]
    previous: Mapped[str]
    hash: Mapped[str]
