"""What grows: an instance with its parallel children, a loop, a database with what waits in it and what is done."""

import statistics
import time
from dataclasses import replace
from functools import partial

from engine import user_tasks
from engine.persistence.repositories.inbox import InboxFilters
from tests.bench import masses, shapes
from tests.bench.ours import ANN, Ours
from tests.bench.report import OURS, Meter, Report, Run, spread
from tests.bench.stores import Place

TIMES, PAGES, WATCHED = 30, 200, 5
FORM = {"subject": "A report on what was found and put right", "amount": 7, "kind": "a", "day": "2022-08-10", "done": True}


def parallel(report: Report, place: Place, widths: tuple[int, ...] = (10, 1_000, 10_000), runs: int = 5) -> None:
    """Complete one of many parallel children."""
    found = {width: _completing(place, width, runs) for width in widths}
    few, *more = (statistics.median(run.cpu_ms_per_instance for run in found[width]) for width in widths)
    report.line(f"one of {widths[0]}, {place.name}", "", f"{spread(found[widths[0]])} ms CPU")
    for width, cost, bar in zip(widths[1:], more, (1.5, 3.0), strict=True):
        report.least(f"one of {width:,}, {place.name}", cost / few, bar, f"times that: {spread(found[width])} ms CPU")
    for width in widths:
        report.keep(*found[width])


def _completing(place: Place, width: int, runs: int) -> list[Run]:
    ours, found, each = Ours(place.engine(), shapes.side_by_side(shapes.ENGINE, width)), [], min(TIMES, width - 1)
    for _ in range(runs):
        numbers = [ours.start(amount=1) for _ in range(0, TIMES, each)]
        ours.ready(numbers[0])
        meter = Meter(place)
        for number in numbers * each:
            with meter.step():
                ours.complete(number, amount=2)
        found.append(meter.run(f"one of {width} parallel", OURS, len(numbers) * each))
    ours.close()
    return found


def loop(report: Report, place: Place, least: int = 1_000, most: int = 10_000, runs: int = 5) -> None:
    """Go round and round in one transaction."""
    found = {count: [_going_round(place, count) for _ in range(runs)] for count in (least, most)}
    few, many = (statistics.median(run.cpu_ms_per_instance for run in found[count]) for count in (least, most))
    said = f" as much for {most / least:.0f} times as many: {spread(found[most])} ms CPU for {most:,}"
    report.least(f"loop of {most:,} rounds, {place.name}", many / few, 1.2 * most / least, "times", said)
    report.keep(*found[least], *found[most])


def _going_round(place: Place, count: int) -> Run:
    ours, meter = Ours(place.engine(), shapes.rounds(shapes.ENGINE, count)), Meter(place)
    with meter.step():
        ours.start(amount=0)
    run = meter.run(f"loop of {count} rounds", OURS, 1)
    assert ours.is_over(0), "the loop ends"
    ours.close()
    return run


def growth(report: Report, place: Place, instances: int = 2_000) -> None:
    """Complete tasks with a form of five fields, and see how much larger the database is, indexes and all."""
    ours = Ours(place.engine(), shapes.two_tasks(shapes.ENGINE))
    empty = place.size(ours.engine)
    numbers = [ours.start(**FORM) for _ in range(instances)]
    for _ in range(2):
        for number in numbers:
            ours.ready(number)
            ours.complete(number, **FORM)
    kept = (place.size(ours.engine) - empty) / instances / 2 / 1024
    report.least(f"growth per completed task, {place.name}", kept, 4, "KB", " with its half of an instance, history and trail")
    ours.close()


def inbox(report: Report, place: Place, tasks: int = 1_000_000, pages: int = PAGES) -> None:
    """W5: the first page of somebody with five groups, by due date; and what so many waiting instances cost while they wait."""
    ours = Ours(place.engine(), shapes.two_tasks(shapes.ENGINE))
    masses.wait(ours, tasks)
    reader = replace(ANN, groups=frozenset(f"role{number}@HQ" for number in range(5)))
    runs = [_reading(place, ours, reader, pages // 5) for _ in range(5)]
    report.keep(*runs)
    last = statistics.median(run.p99_ms for run in runs)
    said = f" p99, median {statistics.median(run.p50_ms for run in runs):.1f}, {spread(runs)} ms CPU; {tasks:,} open tasks"
    report.least(f"W5 inbox of five groups, {place.name}", last, 30, "ms", said)
    _waiting(report, place, ours, tasks // masses.TASKS_EACH)
    ours.close()


def _reading(place: Place, ours: Ours, reader: object, pages: int) -> Run:
    read = partial(user_tasks.inbox, tab="todo", filters=InboxFilters(), sort="due")
    meter = Meter(place)
    for _ in range(pages):
        with meter.step(), ours.engine.work(reader) as work:
            found = read(work)
    assert len(found.rows) == found.size, "the page is full"
    due = [row.due_at for row in found.rows]
    assert due == sorted(due), "the nearest deadline comes first"
    return meter.run("W5 inbox", OURS, pages)


def _waiting(report: Report, place: Place, ours: Ours, instances: int) -> None:
    scheduler = ours.engine.scheduler
    scheduler.start()
    time.sleep(2)  # what it does when it begins is over
    before, server = time.process_time(), place.server_seconds()
    time.sleep(WATCHED)
    spent = time.process_time() - before + place.server_seconds() - server
    scheduler.stop()
    report.least(f"{instances:,} instances waiting, {place.name}", spent * 1000, 50, f"ms CPU in {WATCHED} s")
