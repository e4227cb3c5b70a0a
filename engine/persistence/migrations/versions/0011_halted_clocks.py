"""A clock that its suspended matter stopped is told from one that the process let rest, which goes on resting afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; clocks of matters that are suspended now get it, as they were all resumed together before."""
    op.add_column("sla_clock", sa.Column("halted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE sla_clock SET halted = true WHERE paused_on IS NOT NULL AND closed_at IS NULL "
        "AND instance_id IN (SELECT id FROM process_instance WHERE state = 'suspended')"
    )
