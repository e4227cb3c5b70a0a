"""What other systems hand in, and what they are told; the code of a public record as a digest."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.models.base import Instant, Json

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables of intake."""
    op.add_column("public_key", sa.Column("code", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "intake_channel",
        sa.Column("id", sa.Uuid(), nullable=False),
        *_texts("pack", "name", "key_hash", "hint", "callback"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        *_texts("created_by"),
        sa.Column("used_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_intake_channel"),
        sa.UniqueConstraint("name", name="uq_intake_channel_name"),
        sa.UniqueConstraint("key_hash", name="uq_intake_channel_key_hash"),
    )
    op.create_table(
        "intake_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        *_texts("channel", "external_no", "pack", "record", "number"),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        *_texts("sha256"),
        sa.Column("received_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_intake_item"),
        sa.UniqueConstraint("channel", "external_no", name="uq_intake_item_channel_external_no"),
    )
    op.create_index("ix_intake_item_instance_id", "intake_item", ["instance_id"])
    _answers()


def _answers() -> None:
    op.create_table(
        "intake_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        *_texts("channel"),
        sa.Column("body", Json, nullable=False),
        *_texts("state"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *_texts("said"),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_intake_answer"),
        sa.ForeignKeyConstraint(["item_id"], ["intake_item.id"], name="fk_intake_answer_item_id_intake_item"),
    )
    op.create_index("ix_intake_answer_item_id", "intake_answer", ["item_id"])
    op.create_index("ix_intake_answer_state", "intake_answer", ["state", "created_at"])
