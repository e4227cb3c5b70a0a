"""W1 to W4: the naive way and the engine in turn, five times where that is affordable."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.bench import shapes
from tests.bench.naive import Naive
from tests.bench.ours import Ours
from tests.bench.report import NAIVE, OURS, Meter, Report, Run
from tests.bench.shapes import Dialect
from tests.bench.stores import SQLITE, Place

Draw = Callable[[Dialect], bytes]
Play = Callable[[Any, int, Meter], None]
SIXTIETH, WARM_UP = 1 / 60, 10


@dataclass(frozen=True)
class Sizes:
    """How much of everything; the defaults are what the bars speak of."""

    runs: int = 5
    instances: int = 200
    departments: int = 100
    timers: int = 10_000
    naive_timers: int = 500


def w1(report: Report, place: Place, sizes: Sizes) -> None:
    """Start, five script tasks, a choice, an end."""
    _race(report, "W1 five scripts", place, 0.25, sizes.runs, sizes.instances, shapes.straight, _starts)


def w2(report: Report, place: Place, sizes: Sizes) -> None:
    """A user task, a choice, a user task, each wait durable; all instances take their first step before any takes its second."""
    bar = 0.5 if place.name == SQLITE else 0.6
    _race(report, "W2 two user tasks", place, bar, sizes.runs, sizes.instances, shapes.two_tasks, partial(_tasks, steps=2))


def w3(report: Report, place: Place, sizes: Sizes) -> None:
    """A script, departments side by side with two user tasks and a boundary timer each, a join, a user task."""
    what, draw = "W3 departments", partial(shapes.departments, count=sizes.departments)
    play = partial(_tasks, steps=2 * sizes.departments + 1)
    naive = [_run(what, place, NAIVE, 1, draw, play)]  # half a minute: once
    ours = [_run(what, place, OURS, 1, draw, play) for _ in range(sizes.runs)]
    report.keep(*naive, *ours)
    report.race(f"{what}, {place.name}", SIXTIETH, naive, ours)


def w4(report: Report, place: Place, sizes: Sizes) -> None:
    """Timers that are due at once; the runs are fifths of one run."""
    what = "W4 timers"
    ours, naive = _our_timers(what, place, sizes), _naive_timers(what, place, sizes)
    report.keep(*naive, *ours)
    report.race(f"{what}, {place.name}", 1, naive, ours)
    seconds = sum(run.n / run.throughput for run in ours)
    report.least(f"{what} due at once, {place.name}", seconds, 30, "s", f" for {sizes.timers:,}, each fired once")


def _our_timers(what: str, place: Place, sizes: Sizes) -> list[Run]:
    ours, runs = Ours(place.engine(), shapes.timers(shapes.ENGINE)), []
    for number in range(sizes.timers):
        ours.start(amount=number)
    ours.pass_hours(2)
    for _ in range(sizes.runs):
        meter = Meter(place)
        while len(meter.latencies) < sizes.timers // sizes.runs:
            with meter.step(min(100, sizes.timers // sizes.runs)):
                assert ours.fire(100) > 0, "a timer is missing"
        runs.append(meter.run(what, OURS, sizes.timers // sizes.runs))
    fired = ours.count("SELECT count(*) FROM element_instance WHERE element_id = 'fired'")
    ended = ours.count("SELECT count(*) FROM process_instance WHERE state = 'completed'")
    left = ours.count("SELECT count(*) FROM job")
    assert (fired, ended, left) == (sizes.timers, sizes.timers, 0), "every timer fires once"
    ours.engine.close()
    return runs


def _naive_timers(what: str, place: Place, sizes: Sizes) -> list[Run]:
    naive, runs, each = Naive(place.address(), shapes.timers(shapes.PLAIN)), [], sizes.naive_timers // sizes.runs
    for number in range(sizes.naive_timers):
        naive.start(due=True, amount=number)
    due = naive.due()
    for first in range(0, each * sizes.runs, each):
        meter = Meter(place)
        for key in due[first : first + each]:
            with meter.step():
                naive.fire(key)
        runs.append(meter.run(what, NAIVE, each))
    assert naive.is_over(due[0]), "the timer has fired"
    naive.close()
    return runs


def _race(report: Report, what: str, place: Place, bar: float, runs: int, count: int, draw: Draw, play: Play) -> None:
    naive, ours = [], []
    for _ in range(runs):
        naive.append(_run(what, place, NAIVE, count, draw, play))
        ours.append(_run(what, place, OURS, count, draw, play))
    report.keep(*naive, *ours)
    report.race(f"{what}, {place.name}", bar, naive, ours)


def _run(what: str, place: Place, engine: str, count: int, draw: Draw, play: Play) -> Run:
    plain = engine == NAIVE
    side = Naive(place.address(), draw(shapes.PLAIN)) if plain else Ours(place.engine(), draw(shapes.ENGINE))
    if count > WARM_UP:
        play(side, WARM_UP, Meter(place))
    meter = Meter(place)
    play(side, count, meter)
    side.close()
    return meter.run(what, engine, count)


def _starts(side: Any, count: int, meter: Meter) -> None:
    for number in range(count):
        with meter.step():
            side.start(amount=number % 10)


def _tasks(side: Any, count: int, meter: Meter, steps: int) -> None:
    keys = []
    for number in range(count):
        with meter.step():
            keys.append(side.start(amount=number % 10))
    for step in range(steps):
        for key in keys:
            side.ready(key)
            with meter.step():
                side.complete(key, amount=(key + step) % 10)
    assert all(side.is_over(key) for key in keys), "every instance has ended"
