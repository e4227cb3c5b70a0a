"""Ledgers: one generic table for the rows of every declared ledger, and what was frozen of them for signing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant, Json


class LedgerRow(Base):
    """One row of a ledger; its cells are *values*, what is searched and joined by has a column."""

    __tablename__ = "ledger_row"
    __table_args__ = (
        UniqueConstraint("ledger", "business_key"),
        Index("ix_ledger_row_list", "ledger", "unit", "list_key", "seq"),
        Index("ix_ledger_row_state", "ledger", "state", "business_key", "unit", "instance_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pack: Mapped[str]
    ledger: Mapped[str]
    unit: Mapped[str]
    list_key: Mapped[str]
    business_key: Mapped[str]
    seq: Mapped[int]
    state: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(Json)
    revision: Mapped[int]
    instance_id: Mapped[UUID | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(Instant)
    updated_by: Mapped[str]


class Snapshot(Base):
    """A list as it was printed for signing: never changed afterwards, tied to its paper by *code*."""

    __tablename__ = "snapshot"
    __table_args__ = (Index("ix_snapshot_list", "ledger", "view", "unit", "taken_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    pack: Mapped[str]
    ledger: Mapped[str]
    view: Mapped[str]
    unit: Mapped[str]
    filter: Mapped[dict[str, Any]] = mapped_column(Json)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    sha256: Mapped[str] = mapped_column(index=True)
    instance_id: Mapped[UUID | None] = mapped_column(index=True)
    taken_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[str]
    taken_by_name: Mapped[str]


class SnapshotScan(Base):
    """A scan that came back: which snapshot its code named, what the check said, what a person decided."""

    __tablename__ = "snapshot_scan"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    attachment_id: Mapped[UUID] = mapped_column(index=True)
    snapshot_id: Mapped[UUID | None] = mapped_column(ForeignKey("snapshot.id"), index=True)
    instance_id: Mapped[UUID | None] = mapped_column(index=True)
    code: Mapped[str | None]
    verdict: Mapped[str]
    decision: Mapped[str | None]
    note: Mapped[str]
    checked_at: Mapped[datetime] = mapped_column(Instant)
    checked_by: Mapped[str]
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None]
    decided_by_name: Mapped[str | None]
