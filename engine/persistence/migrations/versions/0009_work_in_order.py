"""Work is listed from an index in the order it is due: of whoever has it, and of whoever may take it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ORDER: list[Any] = ["unsigned", "due_at", sa.text("priority DESC"), "created_at"]
_NEW: dict[str, sa.types.TypeEngine[Any]] = {"unsigned": sa.Boolean(), "waiting": sa.Boolean(), "priority": sa.Integer()}
_FILL = """
UPDATE task_candidate SET
    due_at = (SELECT due_at FROM user_task WHERE id = task_id), priority = (SELECT priority FROM user_task WHERE id = task_id),
    instance_id = (SELECT instance_id FROM user_task WHERE id = task_id),
    created_at = (SELECT created_at FROM user_task WHERE id = task_id),
    unsigned = (SELECT unsigned FROM user_task WHERE id = task_id),
    waiting = (SELECT state = 'open' AND assignee IS NULL FROM user_task WHERE id = task_id) AND name NOT LIKE 'not:%'
"""


def upgrade() -> None:
    """Add the columns, fill them from the tasks, and index them."""
    op.add_column("user_task", sa.Column("unsigned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE user_task SET unsigned = (sign_for AND signed_at IS NULL)")
    op.add_column("task_candidate", sa.Column("due_at", sa.DateTime()))
    op.add_column("task_candidate", sa.Column("instance_id", sa.Uuid()))
    op.add_column("task_candidate", sa.Column("created_at", sa.DateTime(), nullable=False, server_default="1970-01-01 00:00:00"))
    for name, kind in _NEW.items():
        blank = sa.text("0") if name == "priority" else sa.false()
        op.add_column("task_candidate", sa.Column(name, kind, nullable=False, server_default=blank))
    op.execute(_FILL)
    op.drop_index("ix_user_task_mine", "user_task")
    is_open = sa.text("state = 'open'")
    op.create_index(
        "ix_user_task_mine",
        "user_task",
        ["assignee", *_ORDER, "id", "state", "instance_id"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index(
        "ix_task_candidate_waiting", "task_candidate", ["name", *_ORDER, "task_id", "waiting", "instance_id"],
        sqlite_where=sa.text("waiting = 1"), postgresql_where=sa.text("waiting"),
    )  # fmt: skip
