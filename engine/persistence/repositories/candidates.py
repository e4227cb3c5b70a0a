"""The rows that offer tasks to people: what they repeat of their task, so that lists of work are read from one index."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, select, update

from engine.persistence.models.tasks import TaskCandidate, UserTask

_task, _candidate = UserTask.__table__, TaskCandidate.__table__
_own_task = select(_task.c.id).where(_task.c.id == _candidate.c.task_id)
_is_free = _own_task.where(_task.c.state == "open", _task.c.assignee.is_(None)).exists()
_REPEATED = {name: _own_task.with_only_columns(_task.c[name]).scalar_subquery() for name in ("unsigned", "due_at")}
_REPEAT = update(_candidate).values(waiting=and_(_is_free, ~_candidate.c.name.startswith("not:")), **_REPEATED)


def repeat(which: ColumnElement[bool]) -> Update:
    """Make the statement that brings rows up to date with their tasks, after somebody got one or gave it back."""
    return _REPEAT.where(which)


def offer(task: Mapping[str, Any], name: str) -> dict[str, object]:
    """Make the row that offers a task to somebody, or keeps somebody out of it."""
    waiting = task["assignee"] is None and not name.startswith("not:")
    unsigned = bool(task["sign_for"]) and task["signed_at"] is None
    copied = {column: task[column] for column in ("instance_id", "due_at", "priority", "created_at")}
    return {"task_id": task["id"], "name": name, "waiting": waiting, "unsigned": unsigned} | copied
