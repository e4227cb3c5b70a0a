"""Who is kept out of a matter as a whole: by login, by unit, or by not belonging to a restricted pool."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base


class KeptOut(Base):
    """One name (``user:<login>``, ``unit:<code>``, ``pool:<pack>/<code>``) that an instance keeps out of its root's family."""

    __tablename__ = "kept_out"
    __table_args__ = (Index("ix_kept_out_name", "name", "root_id"), Index("ix_kept_out_root", "root_id"))

    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
