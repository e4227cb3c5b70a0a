"""Indicators from day to day, so that a board can say truly what has changed."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Numeric
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.models.base import Base


class IndicatorDay(Base):
    """What a figure of an indicator came to on a day, over all units; *number* is null where there was nothing to count."""

    __tablename__ = "indicator_day"

    pack: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    figure: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    part: Mapped[int]
    whole: Mapped[int | None]
