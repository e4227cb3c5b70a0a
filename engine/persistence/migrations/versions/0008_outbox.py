"""What leaves the house, and how people want to be told."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.models.base import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the outbox."""
    op.create_table(
        "outgoing",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("channel", "recipient", "address", "event", "kind", "title", "link", "state")
        ),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("sent_at", Instant()),
        sa.Column("letter_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing"),
        sa.UniqueConstraint("channel", "recipient", "event", name="uq_outgoing_channel_recipient_event"),
    )
    op.create_index("ix_outgoing_list", "outgoing", ["created_at"])
    held = sa.text("state = 'held'")
    op.create_index("ix_outgoing_held", "outgoing", ["recipient"], sqlite_where=held, postgresql_where=held)
    op.create_table(
        "contact",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("login", "email", "mobile")),
        sa.PrimaryKeyConstraint("login", name="pk_contact"),
    )
    op.create_table(
        "wish",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("login", "kind", "email", "sms")),
        sa.PrimaryKeyConstraint("login", "kind", name="pk_wish"),
    )
