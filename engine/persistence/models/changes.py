"""Changes of a pack that editors prepare in the browser: the files as they would have them, before anybody publishes them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant


class Change(Base):
    """What one editor wants to change of a pack. *open* is true until it was published or dropped, then null."""

    __tablename__ = "change"
    __table_args__ = (UniqueConstraint("pack", "editor", "open"), Index("ix_change_state", "state"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pack: Mapped[str]
    editor: Mapped[str]
    editor_name: Mapped[str]
    state: Mapped[str]
    open: Mapped[bool | None]
    revision: Mapped[int]
    note: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None]
    decided_by_name: Mapped[str | None]
    reason: Mapped[str]


class DraftFile(Base):
    """A file of a change; *base_sha256* names the published content it was begun from, null for a new file.

    *removed* where the file is to go.
    """

    __tablename__ = "draft_file"
    __table_args__ = (UniqueConstraint("change_id", "path"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    change_id: Mapped[UUID] = mapped_column(ForeignKey("change.id"))
    path: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    base_sha256: Mapped[str | None]
    revision: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(Instant)
    removed: Mapped[bool] = mapped_column(server_default=false())
