"""Rows written straight into tables, for tests of one noun that do not need a whole process to run."""

from datetime import datetime
from typing import Any
from uuid import UUID

from engine.persistence.keys import new_key
from engine.persistence.models import metadata
from engine.persistence.work import UnitOfWork

BLANKS = {"VARCHAR": "", "INTEGER": 0, "BOOLEAN": False, "JSON": {}, "BLOB": b""}


def add(work: UnitOfWork, table: str, **values: Any) -> None:
    """Write a row; what it needs besides *values* is left blank."""
    columns = metadata.tables[table].columns
    needed = {c.name: BLANKS[str(c.type)] for c in columns if not c.nullable and str(c.type) in BLANKS}
    work.session.connection().execute(metadata.tables[table].insert().values(needed | values))


def instance(work: UnitOfWork, now: datetime) -> tuple[UUID, UUID]:
    """Write a running process instance; give its key and its definition's."""
    deployment, definition, key = new_key(), new_key(), new_key()
    add(work, "deployment", id=deployment, deployed_at=now)
    add(work, "content", sha256="x")
    add(work, "definition", id=definition, deployment_id=deployment, sha256="x", created_at=now)
    add(work, "process_instance", id=key, definition_id=definition, root_id=key, started_at=now, state="active")
    return key, definition


def task(work: UnitOfWork, place: tuple[UUID, UUID], now: datetime, element_key: str, **values: Any) -> UUID:
    """Write an open task of an instance."""
    key = new_key()
    facts = {"element_key": element_key, "state": "open", "created_at": now, "candidates": [], "excluded": []} | values
    add(work, "user_task", id=key, instance_id=place[0], definition_id=place[1], **facts)
    return key
