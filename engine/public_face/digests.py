"""Digests with a key of this installation: codes and telephone numbers are compared by them and never kept."""

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from engine.persistence.work import UnitOfWork


def digest(work: UnitOfWork, purpose: str, text: str) -> str:
    """Give a digest that only this installation can make; the same text gives another one for another *purpose*."""
    return hmac.new(_key(work.settings.data), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


@cache
def _key(data: Path) -> bytes:
    place = data / "keys" / "public"
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return place.read_bytes()
