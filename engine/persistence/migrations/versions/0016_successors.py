"""A unit that was merged into another one names its successor."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no unit has a successor yet."""
    op.add_column("unit", sa.Column("successor", sa.String(), nullable=True))
