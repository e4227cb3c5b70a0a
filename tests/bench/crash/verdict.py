"""What is counted afterwards: every acknowledged action is there, none twice, nothing stuck, the trail whole."""

import json
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, text

from engine import audit
from engine.bootstrap import Engine
from tests.bench.crash.clients import Told
from tests.bench.crash.load import JOURNEY, LETTER

ONCE = ("start", "count", "split", "first", "pause", "second", "arrived", "join", "end")


def faults(engine: Engine, told: Told) -> list[str]:
    """Name everything that is lost, doubled or stuck."""
    with engine.database.connect() as connection:
        found = [*_starts(connection, told), *_tasks(connection, told), *_visits(connection), *_numbers(connection)]
        found += [*_left(connection)]
    with engine.work() as work:
        found += [f"trail: {broken}" for broken in audit.verify(work)]
    return found


def _starts(connection: Connection, told: Told) -> Iterator[str]:
    asked = text("SELECT business_key, state FROM process_instance WHERE process_id = :process")
    for kind, process in (("begun", JOURNEY), ("sent", LETTER)):
        rows = connection.execute(asked, {"process": process}).all()
        there, wanted = Counter(row.business_key for row in rows), Counter(told.acknowledged[kind])
        most = wanted + Counter(told.unsure[kind])
        yield from (f"{kind} but not there: {subject}" for subject in wanted if there[subject] < wanted[subject])
        yield from (f"{kind} twice: {subject}" for subject in there if there[subject] > most[subject])
        yield from (f"stuck: {row.business_key} is {row.state}" for row in rows if row.state != "completed")


def _tasks(connection: Connection, told: Told) -> Iterator[str]:
    rows = connection.execute(text("SELECT id, state, completed_by, assignee FROM user_task")).all()
    done = {str(row.id).replace("-", "") for row in rows if row.state == "completed" and row.completed_by == row.assignee}
    keys = [key.replace("-", "") for key in told.acknowledged["completed"]]
    yield from (f"completed but not there: {key}" for key in keys if key not in done)
    notes = connection.execute(text("SELECT subject FROM audit WHERE action = 'task.completed'")).scalars()
    noted = Counter(subject.replace("-", "") for subject in notes)
    yield from (f"completed {count} times: {key}" for key, count in noted.items() if count != 1)
    yield from (f"completed without a line in the trail: {key}" for key in done if key not in noted)


def _visits(connection: Connection) -> Iterator[str]:
    asked = text(
        "SELECT e.instance_id, e.element_id, count(*) AS visits FROM element_instance e"
        " JOIN process_instance p ON p.id = e.instance_id WHERE p.process_id = :process GROUP BY e.instance_id, e.element_id"
    )
    seen: dict[str, dict[str, int]] = {}
    for row in connection.execute(asked, {"process": JOURNEY}):
        seen.setdefault(str(row.instance_id), {})[row.element_id] = row.visits
    for instance, visits in seen.items():
        for element in ONCE:
            if visits.get(element) != (2 if element == "join" and visits.get(element) == 2 else 1):
                yield f"{element} of {instance} was visited {visits.get(element, 0)} times"


def _numbers(connection: Connection) -> Iterator[str]:
    rows = connection.execute(text("SELECT variables FROM process_instance WHERE process_id = :process"), {"process": JOURNEY})
    taken = [json.loads(row.variables) if isinstance(row.variables, str) else row.variables for row in rows]
    numbers = Counter(int(variables["number"].rpartition("-")[2]) for variables in taken if "number" in variables)
    yield from (f"number {number} was given {count} times" for number, count in numbers.items() if count > 1)
    missing = set(range(1, max(numbers, default=0) + 1)) - set(numbers)
    yield from (f"number {number} is missing" for number in sorted(missing))


def _left(connection: Connection) -> Iterator[str]:
    for row in connection.execute(text("SELECT element_id, message FROM incident WHERE resolved_at IS NULL")):
        yield f"incident at {row.element_id}: {row.message}"
    for row in connection.execute(text("SELECT kind, element_id, lock_owner, message FROM job WHERE instance_id IS NOT NULL")):
        yield f"job left: {row.kind} {row.element_id} {row.lock_owner or ''} {row.message or ''}"
