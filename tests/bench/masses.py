"""Very many open tasks, copied in the database from one that a process made: by number, so that nothing is drawn by lot."""

from typing import Any

from sqlalchemy import text

from engine.bootstrap import Engine
from engine.persistence.models import metadata
from tests.bench.ours import Ours

TASKS_EACH, GROUPS = 10, 200

_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most})",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, {most}))",
}
_KEY = {"sqlite": "printf('%032x', {number})", "postgresql": "lpad(to_hex({number}), 32, '0')::uuid"}
_DAY = {"sqlite": "datetime('2022-07-01', '+' || (i % 365) || ' days') || '.000000'",
        "postgresql": "timestamp '2022-07-01' + (i % 365) * interval '1 day'"}  # fmt: skip


def wait(ours: Ours, tasks: int) -> None:
    """Let *tasks* tasks be open, ten in an instance, each offered to one of two hundred groups, and a timer for each instance."""
    engine, instances = ours.engine, tasks // TASKS_EACH
    ours.start(amount=3)
    of_task, of_instance = _key(engine, f"(i - 1) / {TASKS_EACH} + 1"), _key(engine, "i")
    _copy(engine, "process_instance", instances, id=of_instance, root_id=of_instance)
    _copy(engine, "user_task", tasks, id=of_instance, instance_id=of_task, element_key=f"CAST(i % {TASKS_EACH} + 10 AS VARCHAR)",
          due_at=_DAY[_name(engine)])  # fmt: skip
    _copy(engine, "task_candidate", tasks, task_id=of_instance, instance_id=of_task, due_at=_DAY[_name(engine)],
          name=f"'role' || (i % {GROUPS}) || '@HQ'")  # fmt: skip
    _copy(engine, "job", instances, id=of_instance, instance_id=of_instance, due_at="'2030-01-01 00:00:00.000000'")
    with engine.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _copy(engine: Engine, table: str, most: int, **changed: str) -> None:
    """Copy the one row of a table so many times, with columns that depend on the number *i*."""
    columns = [f'"{column.name}"' for column in metadata.tables[table].columns]
    values = [changed.get(column.strip('"'), f"first.{column}") for column in columns]
    if _name(engine) == "postgresql":
        values = ["timestamp " + value if value.startswith("'2030") else value for value in values]
    numbers = _NUMBERS[_name(engine)].format(most=most)
    first = f"(SELECT * FROM {table} LIMIT 1) AS first"  # noqa: S608 names of ours
    statement = f"INSERT INTO {table} ({', '.join(columns)}) {numbers} SELECT {', '.join(values)} FROM n, {first}"  # noqa: S608
    if _name(engine) == "sqlite":
        statement = f"{numbers} INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM n, {first}"  # noqa: S608
    with engine.database.begin() as connection:
        connection.execute(text(statement.replace("::", r"\:\:")))


def _key(engine: Engine, number: str) -> str:
    return _KEY[_name(engine)].format(number=number)


def _name(engine: Engine) -> Any:
    return engine.database.dialect.name
