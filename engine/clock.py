"""The only clock: the real time, a shifted one that shows another year, or a simulated one that stands until it is moved."""

from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def real_now() -> datetime:
    """Give the real moment, for what must not follow a shifted clock: sessions, locks, rate limits."""
    return datetime.now(ZONE)


class Clock(Protocol):
    """What time it is for everything that has a deadline; sessions, locks and rate limits use the real time instead."""

    def now(self) -> datetime:
        """Give the moment, zone-aware."""

    def seconds_until(self, moment: datetime) -> float | None:
        """Give the real seconds to wait until *moment*; ``None`` when waiting does not bring it."""

    @property
    def shifted(self) -> bool:
        """Whether people must be told that this is not the real time."""


class SystemClock:
    """The real time."""

    shifted = False

    def now(self) -> datetime:
        """Give the real moment."""
        return datetime.now(ZONE)

    def seconds_until(self, moment: datetime) -> float:
        """Give the seconds to wait; zero for what is past."""
        return max(0.0, (moment - self.now()).total_seconds())


class ShiftedClock:
    """Another time, ticking at the usual pace from *start* on."""

    shifted = True

    def __init__(self, start: datetime) -> None:
        self._shift: timedelta = start - datetime.now(ZONE)

    def now(self) -> datetime:
        """Give the real moment plus the shift."""
        return (datetime.now(ZONE) + self._shift).astimezone(ZONE)

    def seconds_until(self, moment: datetime) -> float:
        """Give the seconds to wait; zero for what is past."""
        return max(0.0, (moment - self.now()).total_seconds())


class SimulatedClock:
    """A time that stands still until somebody moves it forward."""

    shifted = True

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(ZONE)

    def now(self) -> datetime:
        """Give the moment it was last moved to."""
        return self._now

    def seconds_until(self, moment: datetime) -> float | None:
        """Give zero for what is past; the rest never comes by waiting."""
        return 0.0 if moment <= self._now else None

    def move_to(self, moment: datetime) -> None:
        """Jump forward to *moment*; the past is left alone."""
        self._now = max(self._now, moment.astimezone(ZONE))

    def advance(self, by: timedelta) -> None:
        """Jump forward by *by*."""
        self.move_to(self._now + by)
