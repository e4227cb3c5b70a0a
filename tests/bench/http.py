"""`python -m tests.bench.http`: what a click costs on a running server, beside the bar of PEERS.md.

A database kept by `zhenggai rehearse PACK --keep FILE` may be named; else the server plays its demonstration first.
"""

import argparse
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from engine import bootstrap
from engine.settings import Settings
from tests.bench import pack
from tests.bench.browsing import Answer, Person, filled_in, links
from tests.bench.report import Report
from tests.bench.serving import Served
from webui.packs import demonstrations

ROUNDS, WARM_UP, RUNS, CLIENTS, IDLE = 30, 5, 40, 4, 10
START = {"subject": "Bench", "amount": "3", "kind": "a", "day": "2022-08-10"}


class Desk:
    """What the workloads look up beside the server: the tasks that an instance has open."""

    def __init__(self, data: Path) -> None:
        self._database = sqlite3.connect(f"file:{data / 'zhenggai.db'}?mode=ro", uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def tasks(self, started: Answer) -> dict[str, str]:
        """Give the open tasks of the instance that was begun, by who has them."""
        key = started.location.rstrip("/").rpartition("/")[2].replace("-", "")
        return self._two("SELECT assignee, id FROM user_task WHERE instance_id = ? AND state = 'open'", key)

    def assigned(self) -> dict[str, str]:
        """Give one open task for everybody who has one."""
        ready = "state = 'open' AND (sign_for = 0 OR signed_at IS NOT NULL)"
        found = f"SELECT assignee, max(id) FROM user_task WHERE {ready} AND assignee NOT LIKE ? GROUP BY 1"  # noqa: S608
        return self._two(found, "bench%")

    def _two(self, query: str, value: str) -> dict[str, str]:
        with self._lock:
            return dict(self._database.execute(query, (value,)).fetchall())


def single_clicks(report: Report, person: Person, desk: Desk) -> None:
    """Begin and complete, one after the other."""
    starts, completes, pages = [], [], []
    for _ in range(ROUNDS + WARM_UP):
        starts.append(_expect(302, person.post("/start/three_steps", START)))
        for _ in range(3):
            [task] = desk.tasks(starts[-1]).values()
            pages.append(_expect(200, person.get(f"/tasks/{_dashed(task)}")))
            completes.append(_expect(302, person.post(f"/tasks/{_dashed(task)}/complete", START)))
    report.clicks("start an instance", "<= 14 ms, <= 12 SQL, 1 commit", starts[WARM_UP:])
    report.clicks("complete a user task", "<= 12 ms, <= 10 SQL, 1 commit", completes[WARM_UP:])
    report.clicks("page of a user task", "", pages[WARM_UP:])


def campaign_clicks(report: Report, port: int, desk: Desk) -> None:
    """Complete tasks of the demonstration as their people would: open the page, fill in its form, hand it in."""
    completes, pages, refused = [], [], 0
    password = next(pack.identity.demo_password for pack in demonstrations() if pack.demo_clock and pack.identity)
    for login, task in list(desk.assigned().items())[:ROUNDS]:
        person = Person(port, login, password)
        page = person.get(f"/tasks/{_dashed(task)}")
        answer = person.post(f"/tasks/{_dashed(task)}/complete", filled_in(page))
        refused += answer.status != 302
        pages += [page] if page.status == 200 else []
        completes += [answer] if answer.status == 302 else []
    report.clicks("complete a task of the campaign", "<= 12 ms, <= 10 SQL, 1 commit", completes)
    report.clicks(f"page of a campaign's task ({refused} refused)", "", pages)


def inboxes(report: Report, few: Person, many: Person) -> None:
    """Open the inbox with few and with very many tasks in it."""
    for what, person in (("inbox, few tasks", few), (f"inbox, {pack.WAITING:,} tasks", many)):
        answers = [_expect(200, person.get("/inbox/todo")) for _ in range(ROUNDS + WARM_UP)]
        assert links(answers[0], "/tasks/[0-9a-f-]+") or person is few
        report.clicks(what, "<= 15 ms, flat", answers[WARM_UP:])


def throughput(report: Report, server: Served, people: Sequence[Person], desk: Desk) -> None:
    """Let several people begin and complete at once."""
    runs = list(range(RUNS))

    def work(person: Person) -> None:
        while runs:
            runs.pop()
            started = _expect(302, person.post("/start/three_steps", START))
            for _ in range(3):
                [task] = desk.tasks(started).values()
                _expect(302, person.post(f"/tasks/{_dashed(task)}/complete", START))

    began, cpu = time.monotonic(), server.cpu_seconds()
    _together([partial(work, person) for person in people])
    rate, spent = RUNS / (time.monotonic() - began), (server.cpu_seconds() - cpu) / RUNS
    report.line(
        "start + 3 tasks, 4 clients",
        ">= 20/s",
        f"{rate:.1f}/s; {spent * 1000:.0f} ms CPU each, so {1 / spent:.0f}/s on a free core",
    )


def at_once(report: Report, people: Sequence[Person], desk: Desk) -> None:
    """Let ten people hand in the parallel tasks of one instance at the same moment."""
    answers: list[Answer] = []

    def submit(person: Person, task: str, gate: threading.Barrier) -> None:
        gate.wait()
        answers.append(person.post(f"/tasks/{_dashed(task)}/complete", {}))

    for _ in range(3):
        tasks = desk.tasks(_expect(302, people[0].post("/start/ten_at_once", {})))
        gate = threading.Barrier(len(people))
        owned = zip(people, pack.PEOPLE, strict=True)
        _together([partial(submit, person, tasks[login], gate) for person, login in owned])
    done, longest = sum(answer.status == 302 for answer in answers), max(answer.seconds for answer in answers)
    report.line(
        "ten hand in parallel tasks at once (3 times)",
        "all succeed, < 1 s",
        f"{done} of {len(answers)} succeed, longest wait {longest:.2f} s",
    )


def _together(actions: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _expect(status: int, answer: Answer) -> Answer:
    if answer.status != status:
        raise RuntimeError(f"{answer.status} instead of {status}: {answer.body.decode()[:2000]}")
    return answer


def _dashed(key: str) -> str:
    return "-".join((key[:8], key[8:12], key[12:16], key[16:20], key[20:]))


def prepare(report: Report, data: Path, campaign: Path | None) -> None:
    """Fill the data folder: the campaign, the pack of the workloads, and the masses that wait."""
    if campaign is None:
        with Served(data) as first:
            report.line("first start, with the demonstration played", "", f"{first.seconds:.0f} s, {first.cpu:.1f} s CPU")
    else:
        shutil.copy(campaign, data / "zhenggai.db")
        bootstrap.migrate(Settings(data=data))
    engine = bootstrap.build(Settings(data=data))
    pack.deploy(engine)
    pack.wait_in_masses(engine)
    engine.close()
    with Served(data):
        pass  # deploys what changed since the campaign was kept


def main() -> None:
    """Measure everything once."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--campaign", type=Path, help="a database kept by `zhenggai rehearse --keep`")
    measure(Report(), options.parse_args().campaign)


def measure(report: Report, campaign: Path | None = None) -> None:
    """Measure what clicks cost, and the server itself."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        data = Path(folder)
        prepare(report, data, campaign)
        with Served(data) as server:
            report.line("cold start on an existing database", "<= 3 s", f"{server.seconds:.1f} s, {server.cpu:.1f} s CPU")
            report.line("memory, started", "<= 120 MB", f"{server.megabytes():.0f} MB")
            before = server.cpu_seconds()
            time.sleep(IDLE)
            report.line(f"background CPU, {pack.WAITING:,} waiting", "none", f"{server.cpu_seconds() - before:.2f} s in {IDLE} s")
            desk, people = Desk(data), [Person(server.port, login, pack.PASSWORD) for login in pack.PEOPLE]
            inboxes(report, people[0], Person(server.port, pack.CROWD, pack.PASSWORD))
            single_clicks(report, people[0], desk)
            throughput(report, server, people[:CLIENTS], desk)
            at_once(report, people, desk)
            campaign_clicks(report, server.port, desk)
            report.line("memory after all this", "", f"{server.megabytes():.0f} MB")


if __name__ == "__main__":
    main()
