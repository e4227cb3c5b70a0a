"""The state of an instance with very many visits at once is kept in parts, so that a step writes only what it touched."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; an instance that is under way is cut up by its next step."""
    op.create_table(
        "state_part",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name="fk_state_part_instance_id_process_instance"),
        sa.PrimaryKeyConstraint("instance_id", "number", name="pk_state_part"),
    )
