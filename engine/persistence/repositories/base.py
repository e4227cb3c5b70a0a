"""What every repository shares: the open transaction it speaks through."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection
from sqlalchemy.dialects import postgresql, sqlite

from engine.persistence.kept_out import open_to
from engine.persistence.session import Session


class Repository:
    """Questions and changes that belong to one unit of work; *reader* are the names under which whoever asks is kept out."""

    def __init__(self, session: Session, reader: frozenset[str] = frozenset()) -> None:
        self._session = session
        self._reader = reader

    @property
    def _connection(self) -> Connection:
        """The connection under the session, for statements that were built once."""
        return self._session.connection()

    def _open(self, instance_id: ColumnElement[Any]) -> ColumnElement[bool]:
        """Say, as a condition, that what belongs to the instance in this column is not kept from whoever asks."""
        return open_to(instance_id, self._reader)

    @property
    def _on_sqlite(self) -> bool:
        return self._connection.dialect.name == "sqlite"


def upserts(table: Any, changed: Sequence[str]) -> dict[str, Any]:
    """Make the statement that inserts, or changes *changed* where the row is there already, for both databases."""
    made = {}
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql)):
        add = dialect.insert(table)
        news = {column: add.excluded[column] for column in changed}
        made[name] = add.on_conflict_do_update(index_elements=list(table.primary_key), set_=news)
    return made
