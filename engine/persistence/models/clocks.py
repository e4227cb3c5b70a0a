"""SLA clocks: deadlines of instances and elements that can pause and be extended."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant

_RUNNING = text("closed_at IS NULL")


class SlaClock(Base):
    """One deadline; *base_due* is the day before rolling to a working day, *due* the one that holds.

    *next_step* is when the next step of its ladder is due; a round each morning looks for those. *halted* is a clock that
    stands still because its matter is suspended, and not because the process let it rest.
    """

    __tablename__ = "sla_clock"
    __table_args__ = (
        Index("ix_sla_clock_due", "due", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
        Index("ix_sla_clock_unit", "unit", "closed_at"),
        Index("ix_sla_clock_element", "instance_id", "element_key", unique=True),
        Index("ix_sla_clock_next_step", "pack", "next_step", sqlite_where=_RUNNING, postgresql_where=_RUNNING),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("process_instance.id"))
    element_key: Mapped[str | None]
    pack: Mapped[str]
    code: Mapped[str]
    subject: Mapped[str]
    unit: Mapped[str | None]
    business_key: Mapped[str | None]
    started_on: Mapped[date]
    base_due: Mapped[date]
    due: Mapped[date]
    paused_on: Mapped[date | None]
    paused_days: Mapped[int]
    halted: Mapped[bool] = mapped_column(server_default=false())
    extensions: Mapped[int]
    urged: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(Instant)
    next_step: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
