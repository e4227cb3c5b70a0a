"""Posts that one administrator asked for and another decides on."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.models.base import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    texts = ("login", "unit", "role", "campaign", "title")
    op.create_table(
        "asked_post",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_by_name", sa.String(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asked_post"),
        sa.ForeignKeyConstraint(["login"], ["person.login"], name="fk_asked_post_login_person"),
        sa.ForeignKeyConstraint(["unit"], ["unit.code"], name="fk_asked_post_unit_unit"),
    )
    op.create_index("ix_asked_post_login", "asked_post", ["login"])
