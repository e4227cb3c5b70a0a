"""What every repository shares: the open transaction it speaks through."""

from sqlalchemy import Connection
from sqlalchemy.orm import Session


class Repository:
    """Questions and changes that belong to one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _connection(self) -> Connection:
        """The connection under the session, for statements that were built once."""
        return self._session.connection()

    @property
    def _on_sqlite(self) -> bool:
        return self._connection.dialect.name == "sqlite"
