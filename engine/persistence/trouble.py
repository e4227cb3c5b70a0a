"""Trouble: what people read when the disk is full, the data are closed to writing, or the database is away."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from engine.errors import EngineError


class Trouble(EngineError):
    """The system cannot work at the moment. Nothing was saved; please try again later."""

    kind = "away"


class StorageFull(Trouble):
    """There is no room left on the disk, so nothing was saved. Please tell whoever runs the system, and try again later."""


class StorageClosed(Trouble):
    """The data are closed to writing at the moment, so nothing was saved. Please tell whoever runs the system, and try later."""


class DatabaseAway(Trouble):
    """The database cannot be reached at the moment, so nothing was saved. Please try again in a minute."""


class Uncertain(Trouble):
    """The database went away in the moment of saving. Please look in a minute whether it was saved before you do it again."""


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_FULL_STATES, _CLOSED_STATES = ("53100",), ("25006",)
_AWAY_STATES = ("08", "57P", "55000", "53300")


@contextmanager
def told(saving: bool = False) -> Iterator[None]:
    """Tell of trouble inside the block in words; *saving* means that nobody knows whether a lost commit came about."""
    try:
        yield
    except (DBAPIError, OSError) as error:
        reason = _reason(error, saving)
        if reason is None:
            raise
        raise reason from error


def raise_told(error: BaseException | None) -> None:
    """Tell of trouble that ended a block already."""
    reason = _reason(error, saving=False) if isinstance(error, DBAPIError | OSError) else None
    if reason is not None:
        raise reason from error


def _reason(error: DBAPIError | OSError, saving: bool) -> Trouble | None:
    if isinstance(error, OSError):
        return StorageFull() if error.errno in _FULL else StorageClosed() if error.errno in _CLOSED else None
    name = getattr(error.orig, "sqlite_errorname", None)
    return _of_file(name) if name else _of_server(error, saving)


def _of_file(name: str) -> Trouble | None:
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR"):
        return StorageFull()
    return StorageClosed() if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")) else None


def _of_server(error: DBAPIError, saving: bool) -> Trouble | None:
    state = getattr(error.orig, "sqlstate", None)
    if state in _FULL_STATES:
        return StorageFull()
    if state in _CLOSED_STATES:
        return StorageClosed()
    is_lost = error.connection_invalidated or (state is None and isinstance(error, OperationalError | InterfaceError))
    if is_lost or (state or "").startswith(_AWAY_STATES):
        return Uncertain() if saving else DatabaseAway()
    return None
