"""Changes of packs that wait for their publication, and the files in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update

from engine.persistence.models.changes import Change, DraftFile
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository

_change, _file = Change.__table__, DraftFile.__table__


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as it was read; *state* is editing, submitted, returned, published or dropped."""

    id: UUID
    pack: str
    editor: str
    editor_name: str
    state: str
    revision: int
    note: str
    begun_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    decided_by_name: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A file of a change as it was read; *removed* where the file is to go."""

    id: UUID
    change_id: UUID
    path: str
    data: bytes
    base_sha256: str | None
    revision: int
    saved_at: datetime
    removed: bool


_CHANGE, _FILE = columns_of(ChangeRow, Change), columns_of(DraftRow, DraftFile)


class Changes(Repository):
    """Who wants to change what, and how far that is."""

    def find(self, change_id: UUID) -> ChangeRow | None:
        """Give a change by key."""
        row = self._connection.execute(select(*_CHANGE).where(_change.c.id == change_id)).first()
        return None if row is None else ChangeRow(*row)

    def open_of(self, pack: str, editor: str) -> ChangeRow | None:
        """Give the change an editor is at."""
        mine = (_change.c.pack == pack, _change.c.editor == editor, _change.c.open)
        row = self._connection.execute(select(*_CHANGE).where(*mine)).first()
        return None if row is None else ChangeRow(*row)

    def unpublished(self, pack: str) -> list[ChangeRow]:
        """Give every change of a pack that is still open, oldest first."""
        return self._listed(_change.c.pack == pack, _change.c.open)

    def published(self, pack: str) -> list[ChangeRow]:
        """Give the changes of a pack that were published, oldest first."""
        return self._listed(_change.c.pack == pack, _change.c.state == "published")

    def add(self, row: Mapping[str, object]) -> None:
        """Begin a change."""
        self._connection.execute(insert(_change), row)

    def move(self, change: ChangeRow, **values: object) -> bool:
        """Change a change unless somebody was faster; say whether it was done."""
        still = (_change.c.id == change.id, _change.c.revision == change.revision)
        done = update(_change).where(*still).values(revision=change.revision + 1, **values)
        return self._connection.execute(done).rowcount == 1

    def files(self, change_id: UUID) -> list[DraftRow]:
        """Give the files of a change."""
        rows = self._connection.execute(select(*_FILE).where(_file.c.change_id == change_id).order_by(_file.c.path))
        return [DraftRow(*row) for row in rows]

    def file(self, change_id: UUID, path: str) -> DraftRow | None:
        """Give one file of a change."""
        row = self._connection.execute(select(*_FILE).where(_file.c.change_id == change_id, _file.c.path == path)).first()
        return None if row is None else DraftRow(*row)

    def add_file(self, row: Mapping[str, object]) -> None:
        """Put a file into a change."""
        self._connection.execute(insert(_file), row)

    def save_file(self, file_id: UUID, revision: int, **values: object) -> bool:
        """Write a newer state of a file unless another one was written since *revision*; say whether it was done."""
        newer = update(_file).where(_file.c.id == file_id, _file.c.revision == revision)
        return self._connection.execute(newer.values(revision=revision + 1, **values)).rowcount == 1

    def drop_file(self, file_id: UUID) -> None:
        """Take a file out of a change."""
        self._connection.execute(delete(_file).where(_file.c.id == file_id))

    def _listed(self, *conditions: ColumnElement[bool]) -> list[ChangeRow]:
        rows = self._connection.execute(select(*_CHANGE).where(*conditions).order_by(_change.c.begun_at, _change.c.id))
        return [ChangeRow(*row) for row in rows]
