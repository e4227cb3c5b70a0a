"""The time line: milestones where their dates lie, pushed apart so far that their words do not touch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.packs import Milestone, Stage

APART = 7.2


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone at its place, in percent of the line."""

    milestone: Milestone
    place: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The line with its marks, today, the stages that are running, and where each stage begins and how long it is."""

    marks: tuple[Mark, ...]
    today: float | None
    running: tuple[tuple[Stage, int], ...]
    stages: tuple[tuple[Stage, float, float], ...] = ()


def line(milestones: Sequence[Milestone], stages: Sequence[Stage], today: date) -> Line:
    """Lay the milestones out."""
    ordered = sorted({milestone.date: milestone for milestone in reversed(milestones)}.values(), key=lambda one: one.date)
    running = tuple((stage, (today - stage.start).days + 1) for stage in stages if stage.start <= today <= stage.end)
    if not ordered:
        return Line((), None, running)
    places = _places([milestone.date for milestone in ordered])
    marks = tuple(Mark(one, place, one.date < today) for one, place in zip(ordered, places, strict=True))
    dates = [one.date for one in ordered]
    return Line(marks, _between(today, dates, places), running, tuple(_stretches(stages, dates, places)))


def _stretches(stages: Sequence[Stage], dates: Sequence[date], places: Sequence[float]) -> Iterator[tuple[Stage, float, float]]:
    for stage in stages:
        start, end = (_between(min(max(day, dates[0]), dates[-1]), dates, places) or 0.0 for day in (stage.start, stage.end))
        yield stage, start, max(0.0, end - start)


def _places(dates: Sequence[date]) -> list[float]:
    span = max(1, (dates[-1] - dates[0]).days)
    apart = min(APART, 100 / max(1, len(dates) - 1))
    places = [100 * (day - dates[0]).days / span for day in dates]
    for n in range(1, len(places)):
        places[n] = max(places[n], places[n - 1] + apart)
    places[-1] = min(places[-1], 100)
    for n in range(len(places) - 2, -1, -1):
        places[n] = min(places[n], places[n + 1] - apart)
    return places


def _between(today: date, dates: Sequence[date], places: Sequence[float]) -> float | None:
    """Find today's place among marks that no longer lie to scale."""
    for (start, left), (end, right) in zip(
        zip(dates, places, strict=True), list(zip(dates, places, strict=True))[1:], strict=False
    ):
        if start <= today <= end:
            return left + (right - left) * (today - start).days / max(1, (end - start).days)
    return None
