"""Drafts of people without an account: sealed with a key that only their browser has, gone after a day.

Whoever reads the database reads nothing of them: the browser's token opens the draft, and only a digest of it is kept.
"""

import hashlib
import secrets
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from engine import attachments
from engine.clock import real_now
from engine.persistence.json import dumps, loads
from engine.persistence.repositories.public import DraftRow
from engine.persistence.work import UnitOfWork

KEPT = timedelta(days=1)
_CIPHER = "aes-256-gcm"


@dataclass(slots=True)
class Draft:
    """What was typed so far: fields as texts, files by key, the question that was asked, and in the end the receipt."""

    raw: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    agreed: bool = False
    question: dict[str, Any] | None = None
    receipt: dict[str, Any] | None = None

    @property
    def is_filed(self) -> bool:
        """Whether this was handed in; only the receipt is left of it."""
        return self.receipt is not None


def new_token() -> str:
    """Make the key of a browser."""
    return secrets.token_urlsafe(32)


def draft(work: UnitOfWork, token: str, place: str) -> Draft:
    """Give what a browser typed at a place; an empty draft where there is none, or where it ran out."""
    row = work.public_side.draft(_name(token, place), real_now()) if token else None
    if row is None:
        return Draft()
    from engine import ciphers  # slow to import, and a server that rests needs none

    try:
        plain = ciphers.opened(_CIPHER, _key(token), row.sealed, row.id.encode())
    except ciphers.Changed:
        return Draft()
    known: dict[str, Any] = dict(loads(plain))  # type: ignore[call-overload]
    return Draft(**known)


def keep(work: UnitOfWork, token: str, place: str, kept: Draft) -> None:
    """Keep what was typed, for a day from now."""
    from engine import ciphers  # slow to import, and a server that rests needs none

    name, now = _name(token, place), real_now()
    sealed = ciphers.sealed(_CIPHER, _key(token), dumps(asdict(kept)).encode(), name.encode())
    work.public_side.put_draft(DraftRow(name, sealed, list(kept.files), now, now + KEPT))


def drop(work: UnitOfWork, token: str, place: str) -> bool:
    """Throw a draft away; say whether it was there."""
    return work.public_side.take_draft(_name(token, place))


def sweep(work: UnitOfWork) -> int:
    """Forget drafts that ran out, with the files in them, and counts that no longer hold; give how many drafts."""
    now = real_now()
    gone = work.public_side.run_out(now)
    for row in gone:
        for key in row.files:
            attachments.discard(work, UUID(key))
    work.public_side.forget(now)
    return len(gone)


def _name(token: str, place: str) -> str:
    return hashlib.sha256(f"name:{place}:{token}".encode()).hexdigest()


def _key(token: str) -> bytes:
    return hashlib.sha256(f"key:{token}".encode()).digest()
