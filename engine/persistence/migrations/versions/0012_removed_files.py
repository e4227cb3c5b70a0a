"""A draft may say that its file is to go."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark; the drafts there are keep their files."""
    op.add_column("draft_file", sa.Column("removed", sa.Boolean(), nullable=False, server_default=sa.false()))
