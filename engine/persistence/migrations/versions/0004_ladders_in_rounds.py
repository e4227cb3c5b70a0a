"""Ladders are climbed in rounds: a clock knows its next step, and an element has at most one clock."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the steps that older clocks have waiting as jobs stay jobs."""
    op.add_column("sla_clock", sa.Column("next_step", sa.DateTime()))
    op.drop_index("ix_sla_clock_element", "sla_clock")
    op.create_index("ix_sla_clock_element", "sla_clock", ["instance_id", "element_key"], unique=True)
    running = sa.text("closed_at IS NULL")
    op.create_index("ix_sla_clock_next_step", "sla_clock", ["pack", "next_step"], sqlite_where=running, postgresql_where=running)
