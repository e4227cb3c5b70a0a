"""What is kept for people without an account."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.models.base import Instant, Json

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the public side."""
    op.create_table(
        "public_draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("files", Json, nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_public_draft"),
    )
    op.create_index("ix_public_draft_expires_at", "public_draft", ["expires_at"])
    op.create_table(
        "public_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("pack", "ledger", "number")),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("tail", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_public_key"),
        sa.UniqueConstraint("ledger", "number", name="uq_public_key_ledger_number"),
    )
    op.create_index("ix_public_key_instance_id", "public_key", ["instance_id"])
    op.create_table(
        "public_tally",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "subject", "stretch")),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "stretch", name="pk_public_tally"),
    )
    op.create_index("ix_public_tally_until", "public_tally", ["until"])
