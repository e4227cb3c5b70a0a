"""Limits: how often somebody may do something, counted in the database, by the real time."""

from datetime import datetime, timedelta

from engine.clock import ZONE, real_now
from engine.errors import EngineError
from engine.persistence.work import UnitOfWork
from engine.public_face.digests import digest

DAY, HOUR, QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)


class TooOften(EngineError):
    """This was done too often. Please try again after {time}, or telephone."""

    kind = "often"


def spend(work: UnitOfWork, kind: str, subject: str, most: int, length: timedelta) -> None:
    """Count one more of *kind* by *subject*; refuse it where that is more than *most* within *length*."""
    count, until = _count(work, kind, subject, length)
    if count > most:
        raise TooOften(time=f"{until:%H:%M}")


def note(work: UnitOfWork, kind: str, subject: str, length: timedelta) -> int:
    """Count one more and give how many there are by now."""
    return _count(work, kind, subject, length)[0]


def check(work: UnitOfWork, kind: str, subject: str, most: int, length: timedelta) -> TooOften | None:
    """Say whether *most* has been reached, without counting."""
    stretch, until = _stretch(length)
    reached = work.public_side.counted(kind, _known(work, kind, subject), stretch) >= most
    return TooOften(time=f"{until:%H:%M}") if reached else None


def forget(work: UnitOfWork, kind: str, subject: str) -> None:
    """Begin to count somebody anew."""
    work.public_side.clear(kind, _known(work, kind, subject))


def _count(work: UnitOfWork, kind: str, subject: str, length: timedelta) -> tuple[int, datetime]:
    stretch, until = _stretch(length)
    return work.public_side.count(kind, _known(work, kind, subject), stretch, until), until


def _known(work: UnitOfWork, kind: str, subject: str) -> str:
    return digest(work, kind, subject)


def _stretch(length: timedelta) -> tuple[str, datetime]:
    """Name the stretch of time that is running, counted from midnight here."""
    now = real_now()
    midnight = datetime.combine(now.date(), datetime.min.time(), ZONE)
    number = (now - midnight) // length
    return f"{midnight:%Y%m%d}/{number}", midnight + (number + 1) * length
