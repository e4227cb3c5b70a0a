"""Races: somebody else was faster."""

from sqlalchemy.exc import DBAPIError

from engine.errors import EngineError

_SIGNS = ("database is locked", "could not serialize", "deadlock detected", "UNIQUE constraint failed", "duplicate key value")


class Raced(EngineError):
    """Somebody else changed this at the same moment; nothing was saved. Please try again."""


def is_race(error: Exception) -> bool:
    """Say whether somebody else was writing at the same moment, so that doing it all again helps."""
    if isinstance(error, DBAPIError):
        return any(sign in str(error.orig) for sign in _SIGNS)
    return isinstance(error, Raced)
