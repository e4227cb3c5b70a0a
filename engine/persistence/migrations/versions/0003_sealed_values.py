"""What was typed into sensitive fields gets a table of its own, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and what it is searched by."""
    op.create_table(
        "sealed_value",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.String(), nullable=True),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sealed_value"),
    )
    op.create_index("ix_sealed_value_subject", "sealed_value", ["subject", "field"])
    op.create_index("ix_sealed_value_root", "sealed_value", ["root_id", "field"])
    op.create_index("ix_sealed_value_mark", "sealed_value", ["mark"])
    op.create_index("ix_sealed_value_key", "sealed_value", ["key_id"])
