"""Matters that ended are found by when, so that old ones can be cleaned up a few at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index, of matters that nothing called."""
    root = sa.text("parent_id IS NULL")
    columns = ["ended_at", "id"]
    op.create_index("ix_process_instance_ended", "process_instance", columns, sqlite_where=root, postgresql_where=root)
