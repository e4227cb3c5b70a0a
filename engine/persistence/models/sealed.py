"""Sealed values: what was typed into sensitive fields, unreadable without the keys that lie outside the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Index, LargeBinary, and_, select, union
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base, Instant


class SealedValue(Base):
    """One value of one *field* (its path) of a *subject*: a process instance, a ledger row or a message.

    *shown* is how it reads everywhere else, *mark* is what it is found by.
    """

    __tablename__ = "sealed_value"
    __table_args__ = (
        Index("ix_sealed_value_subject", "subject", "field"),
        Index("ix_sealed_value_root", "root_id", "field"),
        Index("ix_sealed_value_mark", "mark"),
        Index("ix_sealed_value_key", "key_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject: Mapped[UUID]
    root_id: Mapped[UUID | None]
    field: Mapped[str]
    shown: Mapped[str]
    key_id: Mapped[str]
    box: Mapped[bytes] = mapped_column(LargeBinary)
    mark: Mapped[str | None]
    sealed_at: Mapped[datetime] = mapped_column(Instant)


def sealed_as(marks: Collection[str], blind: Collection[str] = ()) -> CompoundSelect[Any]:
    """Select the instances and rows in which one of these marks lies sealed, and the matters they are part of.

    What lies in one of the *blind* fields is not looked for.
    """
    found = SealedValue.__table__
    here = and_(found.c.mark.in_(sorted(marks)), found.c.field.not_in(sorted(blind)))
    return union(select(found.c.subject).where(here), select(found.c.root_id).where(here, found.c.root_id.is_not(None)))
