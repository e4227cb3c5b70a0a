"""Letters that went out, with their numbers and the hashes of their files."""

import sqlalchemy as sa
from alembic import op

from engine.persistence.models.base import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of issued letters."""
    op.create_table(
        "issued_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("pack", "document", "title")),
        sa.Column("doc_no", sa.String()),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("unit", sa.String()),
        sa.Column("instance_id", sa.Uuid()),
        sa.Column("element_key", sa.String()),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("docx_id", "pdf_id")),
        sa.Column("slip_id", sa.Uuid()),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("docx_sha256", "pdf_sha256")),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issued_letter"),
        sa.UniqueConstraint("pack", "doc_no", name="uq_issued_letter_pack_doc_no"),
    )
    op.create_index("ix_issued_letter_instance_id", "issued_letter", ["instance_id"])
