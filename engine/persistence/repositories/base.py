"""What every repository shares: the open transaction it speaks through."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


class Repository:
    """Questions and changes that belong to one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._held: Connection | None = None

    @property
    def _connection(self) -> Connection:
        """The connection under the session, for statements that were built once."""
        if self._held is None or self._held.closed:
            self._held = self._session.connection()
        return self._held

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
