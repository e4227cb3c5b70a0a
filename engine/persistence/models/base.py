"""What every table shares: the metadata, and the column types that behave the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, DateTime, Dialect, MetaData, Table, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase

ZONE = ZoneInfo("Asia/Shanghai")

Json = JSON().with_variant(JSONB(), "postgresql")


class Instant(TypeDecorator[datetime]):
    """A moment: zone-aware in Python (Asia/Shanghai), kept as UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values, so that no local time slips into a column of moments."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in the zone people here live in."""
        return None if value is None else value.replace(tzinfo=UTC).astimezone(ZONE)


class Base(DeclarativeBase):
    """The one metadata; constraint names are fixed so that migrations can name them."""

    if TYPE_CHECKING:
        __table__: ClassVar[Table]  # every model here is one table, which statements are built from

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
