"""Backups: one file with every row and every file that rows speak of, taken while work goes on, brought back whole or not at all.

The rows are read in one transaction that sees the database of one moment, and written as text that either database takes: what
came from a SQLite file may go on on a PostgreSQL server. Who is signed in is left out. So are the keys, unless they are asked
for: whoever finds a backup must not be able to open with it what is sealed in it.
"""

from engine.backups.archive import Damaged, Manifest, NotABackup
from engine.backups.restoring import Occupied, WrittenByNewer, restore
from engine.backups.writing import FileThere, write

__all__ = ["Damaged", "FileThere", "Manifest", "NotABackup", "Occupied", "WrittenByNewer", "restore", "write"]
