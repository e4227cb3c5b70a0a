"""The first tables."""

from alembic import op

from engine.persistence.migrations.initial import path

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and index; the statements stand beside this file, one list for each database."""
    connection = op.get_bind()
    for statement in path(connection.dialect.name).read_text().split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
