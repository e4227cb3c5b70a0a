"""Reading ``[names]``: what people call the reference tables and their columns."""

from collections.abc import Mapping

from engine.packs.kept import NO_NAMES, Names
from engine.packs.reading import Table

Rows = Mapping[str, tuple[Mapping[str, str], ...]]


def names(table: Table | None, rows: Rows) -> Names:
    """Read ``[names]``: every table and column that is named must be there."""
    if table is None:
        return NO_NAMES
    common = {column: str(name) for column, name in table.mapping("columns").items()}
    headers = {name: set(some[0]) if some else set() for name, some in rows.items()}
    if all(headers.values()):  # a table without rows has columns, but which is not known
        for column in sorted(common.keys() - set().union(*headers.values())):
            table.problem(f"columns.{column}", "no reference table has this column")
    tables, own = dict[str, str](), dict[str, Mapping[str, str]]()
    for entry in table.tables("tables", "table"):
        of = entry.text("table")
        tables[of] = entry.text("name")
        own[of] = {column: str(name) for column, name in entry.mapping("columns").items()}
        if of not in headers:
            entry.problem("table", "there is no reference/{table}.csv", table=of)
        elif headers[of]:
            for column in sorted(own[of].keys() - headers[of]):
                entry.problem(f"columns.{column}", "reference/{table}.csv has no such column", table=of)
    table.close()
    return Names(tables, common, own)
