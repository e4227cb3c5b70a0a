"""Channels: the systems that may file, each with a key that is shown once and kept as a digest."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from engine import audit
from engine.clock import real_now
from engine.errors import EngineError
from engine.identity import rights
from engine.identity.rights import Forbidden
from engine.persistence.keys import new_key
from engine.persistence.repositories.intake import ChannelRow
from engine.persistence.work import UnitOfWork
from engine.public_face import face, limits

WRONG_PER_ADDRESS = 30


class ChannelExists(EngineError):
    """There is already a channel called {name}."""

    kind = "conflict"


class NoSuchChannel(EngineError):
    """There is no channel called {name}."""

    kind = "missing"


class ChannelNameless(EngineError):
    """A channel needs a name, the one under which the start form knows it."""


class CallbackMalformed(EngineError):
    """The address for answers begins with https:// or http:// and names a host."""


class KeyRefused(Forbidden):
    """The key is missing, wrong, or withdrawn."""


@dataclass(frozen=True, slots=True)
class Made:
    """A channel with its key, which nobody sees again."""

    row: ChannelRow
    key: str


def channels(work: UnitOfWork, pack: str = "") -> Sequence[ChannelRow]:
    """Give the channels by name."""
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    return work.intake.channels(pack)


def open_channel(work: UnitOfWork, pack: str, name: str, callback: str = "") -> Made:
    """Let a system file in a pack; give its key, once."""
    rights.require_in(work.actor, rights.ADMINISTER_IDENTITY, pack)
    face(work, pack)
    if not name.strip():
        raise ChannelNameless
    if work.intake.channel(name.strip()):
        raise ChannelExists(name=name.strip())
    key = _new_key()
    row = ChannelRow(
        new_key(), pack, name.strip(), _digest(key), key[-4:], _checked(callback), True, real_now(), work.actor.login
    )  # fmt: skip
    work.intake.add_channel(row)
    audit.record(work, "channel.opened", row.name, {"callback": row.callback})
    return Made(row, key)


def renew(work: UnitOfWork, name: str) -> Made:
    """Give a channel another key; the old one opens nothing any more."""
    row, key = _looked_after(work, name), _new_key()
    work.intake.change_channel(name, key_hash=_digest(key), hint=key[-4:], active=True)
    audit.record(work, "channel.renewed", name, {})
    return Made(row, key)


def set_callback(work: UnitOfWork, name: str, callback: str) -> None:
    """Say where answers go; nowhere without an address."""
    _looked_after(work, name)
    work.intake.change_channel(name, callback=_checked(callback))
    audit.record(work, "channel.changed", name, {"callback": callback})


def close(work: UnitOfWork, name: str) -> None:
    """Let a system file no longer; what came in by it stays."""
    _looked_after(work, name)
    work.intake.change_channel(name, active=False)
    audit.record(work, "channel.closed", name, {})


def authenticate(work: UnitOfWork, key: str, address: str) -> ChannelRow | None:
    """Give whose key it is, or nothing; who tries too many is told to wait."""
    row = work.intake.channel_of_key(_digest(key)) if key else None
    if row is None or not row.active:
        limits.spend(work, "wrong.key", address, WRONG_PER_ADDRESS, limits.HOUR)
        return None
    work.intake.change_channel(row.name, used_at=real_now())
    return row


def _looked_after(work: UnitOfWork, name: str) -> ChannelRow:
    row = work.intake.channel(name)
    if row is None:
        raise NoSuchChannel(name=name)
    rights.require_in(work.actor, rights.ADMINISTER_IDENTITY, row.pack)
    return row


def _new_key() -> str:
    return "zgk_" + secrets.token_urlsafe(32)


def _digest(key: str) -> str:
    # a key of 256 random bits needs no slow hash
    return hashlib.sha256(f"intake:{key}".encode()).hexdigest()


def _checked(callback: str) -> str:
    plain = callback.strip()
    parts = urlsplit(plain)
    if plain and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username):
        raise CallbackMalformed
    return plain
