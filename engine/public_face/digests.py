"""Digests with a key of this installation: codes and telephone numbers are compared by them and never kept."""

import hashlib
import hmac
from functools import cache
from pathlib import Path

from engine import secret_files
from engine.persistence.work import UnitOfWork


def digest(work: UnitOfWork, purpose: str, text: str) -> str:
    """Give a digest that only this installation can make; the same text gives another one for another *purpose*."""
    return hmac.new(_key(work.settings.data), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


@cache
def _key(data: Path) -> bytes:
    return secret_files.once(data / "keys" / "public").encode()
