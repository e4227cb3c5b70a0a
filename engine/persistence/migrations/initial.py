"""Writes the first migration's statements from the metadata: ``python -m engine.persistence.migrations.initial``.

Only until the first release; from then on 0001 stands as it is and changes get migrations of their own.
"""

from pathlib import Path

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from engine.persistence.models import metadata

FOLDER = Path(__file__).parent / "versions"
DIALECTS: dict[str, Dialect] = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}  # type: ignore[no-untyped-call]


def statements(dialect: str) -> list[str]:
    """Give the statements that make every table and index, in the order in which they refer to each other."""
    made = []
    for table in metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=DIALECTS[dialect])).strip())
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index).compile(dialect=DIALECTS[dialect])).strip() for index in indexes]
    return ["\n".join(line.rstrip() for line in statement.splitlines()) for statement in made]


def path(dialect: str) -> Path:
    """Give where the statements for a database are kept."""
    return FOLDER / f"0001_{dialect}.sql"


if __name__ == "__main__":
    for name in DIALECTS:
        path(name).write_text(";\n\n".join(statements(name)) + ";\n")
