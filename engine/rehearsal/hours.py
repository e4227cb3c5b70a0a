"""Office hours: when people act, and how far a number of working days reaches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.calendar import Calendar
from engine.clock import ZONE

Span = tuple[time, time]


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours of a working day in which people act."""

    calendar: Calendar
    spans: tuple[Span, ...]

    def after(self, moment: datetime, days: float) -> datetime:
        """Give the moment when *days* working days of office time have passed since *moment*."""
        left = days * sum((_length(span) for span in self.spans), timedelta())
        for start, end in self._open(moment):
            if end - start >= left:
                return start + left
            left -= end - start
        raise AssertionError("office hours never end")

    def first(self, moment: datetime) -> datetime:
        """Give *moment* itself inside office hours, else the next opening."""
        return self.after(moment, 0)

    def _open(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = moment.date()
        while True:
            if self.calendar.is_workday(day):
                for start, end in self.spans:
                    opened, closed = max(_at(day, start), moment), _at(day, end)
                    if opened < closed:
                        yield opened, closed
            day += timedelta(days=1)


def spans(hours: Sequence[str]) -> tuple[Span, ...]:
    """Read ``["08:30", "11:30", ...]`` as pairs of opening and closing; raises ``ValueError``."""
    moments = [time.fromisoformat(text) for text in hours]
    pairs = tuple(zip(moments[::2], moments[1::2], strict=True))
    if not pairs or any(start >= end for start, end in pairs):
        raise ValueError("hours come in pairs, the earlier one first")
    return pairs


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZONE)


def _length(span: Span) -> timedelta:
    return _at(date.min + timedelta(days=1), span[1]) - _at(date.min + timedelta(days=1), span[0])
