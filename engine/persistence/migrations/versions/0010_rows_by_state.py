"""Rows of a ledger are read by their state in the order of their keys, however many there are."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index; what a count over units and kept-out matters needs stands in it too."""
    op.create_index("ix_ledger_row_state", "ledger_row", ["ledger", "state", "business_key", "unit", "instance_id"])
