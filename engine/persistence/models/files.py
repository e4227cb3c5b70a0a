"""Files that people handed in; the bytes lie outside, under their hash."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant


class Attachment(Base):
    """One file as somebody handed it in; *kind* is what its content says, not its name."""

    __tablename__ = "attachment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    kind: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    unit: Mapped[str | None] = mapped_column(index=True)
    instance_id: Mapped[UUID | None] = mapped_column(index=True)
    task_id: Mapped[UUID | None] = mapped_column(index=True)
    field: Mapped[str]
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by: Mapped[str]
    uploaded_by_name: Mapped[str]
