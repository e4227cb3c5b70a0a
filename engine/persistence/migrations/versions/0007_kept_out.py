"""Who is kept out of a matter as a whole, and which matter a message is about."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.models.base import Json

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the columns that spare a look at it."""
    op.create_table(
        "kept_out",
        sa.Column(
            "instance_id",
            sa.Uuid(),
            sa.ForeignKey("process_instance.id", name="fk_kept_out_instance_id_process_instance"),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("instance_id", "name", name="pk_kept_out"),
    )
    op.create_index("ix_kept_out_name", "kept_out", ["name", "root_id"])
    op.create_index("ix_kept_out_root", "kept_out", ["root_id"])
    op.add_column("process_instance", sa.Column("excluded", Json, nullable=False, server_default="[]"))
    op.add_column("notification", sa.Column("instance_id", sa.Uuid(), nullable=True))
    op.create_index("ix_notification_instance_id", "notification", ["instance_id"])
