"""Letters that went out: their numbers, and the hashes of the files that were frozen when they did."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant


class IssuedLetter(Base):
    """One issued letter; its row and its files never change again."""

    __tablename__ = "issued_letter"
    __table_args__ = (UniqueConstraint("pack", "doc_no"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pack: Mapped[str]
    document: Mapped[str]
    title: Mapped[str]
    doc_no: Mapped[str | None]
    issuer: Mapped[str]
    unit: Mapped[str | None]
    instance_id: Mapped[UUID | None] = mapped_column(index=True)
    element_key: Mapped[str | None]
    docx_id: Mapped[UUID]
    pdf_id: Mapped[UUID]
    slip_id: Mapped[UUID | None]
    docx_sha256: Mapped[str]
    pdf_sha256: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(Instant)
    issued_by: Mapped[str]
