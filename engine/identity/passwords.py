"""Passwords: hashed with argon2, strong enough to be used, and made up once when one is reset."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import EngineError

SHORTEST = 10
LONGEST = 128
KINDS = 3
_UNMISTAKABLE = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
_hasher = PasswordHasher()


class WeakPassword(EngineError):
    """The password is too weak."""


class PasswordTooShort(WeakPassword):
    """The password needs at least {shortest} characters."""


class PasswordTooLong(WeakPassword):
    """The password may have at most {longest} characters."""


class PasswordTooPlain(WeakPassword):
    """The password needs three of these: lower case letters, capital letters, digits, other characters."""


class PasswordHoldsLogin(WeakPassword):
    """The password must not contain the user name."""


class PasswordUnchanged(WeakPassword):
    """The new password must differ from the old one."""


def check(password: str, login: str) -> None:
    """Refuse a password that is easily guessed."""
    if len(password) < SHORTEST:
        raise PasswordTooShort(shortest=SHORTEST)
    if len(password) > LONGEST:
        raise PasswordTooLong(longest=LONGEST)
    if login.lower() in password.lower():
        raise PasswordHoldsLogin
    if kinds(password) < KINDS:
        raise PasswordTooPlain


def kinds(password: str) -> int:
    """Count the kinds of characters in a password."""
    tests = (str.islower, str.isupper, str.isdigit, lambda character: not character.isalnum())
    return sum(any(test(character) for character in password) for test in tests)


def hashed(password: str) -> str:
    """Make what is kept of a password."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Say whether a password is the right one; it takes as long when there is none to compare with."""
    try:
        return _hasher.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe())


def needs_renewal(kept: str) -> bool:
    """Say whether a kept hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def made_up(length: int = 12) -> str:
    """Make a password that can be read out on the telephone."""
    certain = [secrets.choice(letters) for letters in _UNMISTAKABLE]
    others = [secrets.choice("".join(_UNMISTAKABLE)) for _ in range(length - len(certain))]
    letters = certain + others
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)
