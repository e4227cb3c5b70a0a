"""A year as it is shown: twelve months of weeks, and the arrangement of each holiday in words."""

from calendar import Calendar as Weeks
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.calendar import Calendar, holiday_of

MONDAY_FIRST = Weeks(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the year: whether it is worked, and whether that is out of the ordinary."""

    date: date
    worked: bool
    special: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its weeks, Monday first; a place before its first or after its last day is empty."""

    number: int
    weeks: Sequence[Sequence[Day | None]]
    workdays: int


@dataclass(frozen=True, slots=True)
class Break:
    """Days off in a row around a public holiday, and the weekend days that are worked for it."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...]

    @property
    def length(self) -> int:
        """How many days it is."""
        return (self.last - self.first).days + 1


def months(calendar: Calendar, year: int) -> list[Month]:
    """Lay a year out in months."""
    return [_month(calendar, year, number) for number in range(1, 13)]


def _month(calendar: Calendar, year: int, number: int) -> Month:
    weeks = MONDAY_FIRST.monthdatescalendar(year, number)
    laid = [[_day(calendar, day) if day.month == number else None for day in week] for week in weeks]
    return Month(number, laid, sum(day.worked for week in laid for day in week if day))


def _day(calendar: Calendar, day: date) -> Day:
    worked = calendar.is_workday(day)
    special = worked != (day.weekday() < 5)
    off, _worked = calendar.table(day.year)
    return Day(day, worked, special, holiday_of(day) if special or day in off else "")


def breaks(calendar: Calendar, year: int) -> list[Break]:
    """Give the days off in a row that hold a public holiday, with the days worked for each."""
    off, worked = calendar.table(year)
    runs = [run for run in _runs(calendar, year) if any(day in off for day in run)]
    made = []
    for run in runs:
        name = next((found for day in run if day in off and (found := holiday_of(day))), "")
        nearest = [day for day in sorted(worked) if _nearest(day, runs) == run]
        made.append(Break(name, run[0], run[-1], tuple(nearest)))
    return made


def _runs(calendar: Calendar, year: int) -> Iterator[tuple[date, ...]]:
    run: list[date] = []
    day = date(year, 1, 1)
    while day.year == year:
        if not calendar.is_workday(day):
            run.append(day)
        elif run:
            yield tuple(run)
            run = []
        day += timedelta(days=1)
    if run:
        yield tuple(run)


def _nearest(day: date, runs: Sequence[tuple[date, ...]]) -> tuple[date, ...]:
    """Find the days off a worked weekend day is meant for: those nearest to it."""
    return min(runs, key=lambda run: min(abs((day - run[0]).days), abs((day - run[-1]).days)))
