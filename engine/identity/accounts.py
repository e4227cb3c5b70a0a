"""Accounts: people who can sign in, their passwords, and who may not sign in any more."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from engine import audit
from engine.clock import real_now
from engine.errors import EngineError
from engine.identity import passwords, rights, sessions
from engine.identity.posts import NoSuchPerson
from engine.identity.rights import AUDIT, GRANT_POSTS
from engine.persistence.identity_records import PersonRow
from engine.persistence.records import PAGE, Page
from engine.persistence.repositories.people import PeopleFilters
from engine.persistence.work import UnitOfWork

LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,39}")
FOREVER = datetime.fromisoformat("9999-12-31T00:00:00+00:00")


class LoginTaken(EngineError):
    """The user name {login} is already taken."""


class LoginMalformed(EngineError):
    """A user name begins with a letter and has 2 to 40 small letters, digits, dots, hyphens or underscores."""


class NameMissing(EngineError):
    """A name is needed."""


class PasswordWrong(EngineError):
    """The old password is wrong."""


class GuardedAccount(EngineError):
    """{name} looks after rights or their audit: whoever runs the server resets this password."""

    kind = "forbidden"


class OwnAccount(EngineError):
    """You cannot do this to your own account."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept about a person besides the account."""

    name: str
    title: str = ""
    phone: str = ""


def get(work: UnitOfWork, login: str) -> PersonRow:
    """Give a person."""
    person = work.people.find(login)
    if person is None:
        raise NoSuchPerson(login=login)
    return person


def search(work: UnitOfWork, filters: PeopleFilters, number: int = 1, size: int = PAGE) -> Page[PersonRow]:
    """Give a page of the people the administrator looks after, in official order."""
    rights.require_any(work.actor, rights.ADMINISTER_IDENTITY, rights.GRANT_POSTS)
    within = replace(filters, units=rights.looked_after(work.actor))
    return work.people.search(within, work.now.date(), real_now(), number, size)


def create(work: UnitOfWork, login: str, details: Details) -> str:
    """Open an account and give its one-time password, which must be changed at the first sign-in."""
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    if not LOGIN.fullmatch(login):
        raise LoginMalformed
    if work.people.find(login) is not None:
        raise LoginTaken(login=login)
    password = passwords.made_up()
    person = PersonRow(
        login=login, **_clean(details), position=work.people.last_position() + 1, active=True,
        password_hash=passwords.hashed(password), must_change=True, failures=0, locked_until=None, password_at=real_now(),
        signed_in_at=None, pack=None, edited=True,
    )  # fmt: skip
    work.people.add([person])
    audit.record(work, "person.created", login, {"name": person.name})
    return password


def edit(work: UnitOfWork, login: str, details: Details) -> None:
    """Change what is kept about a person."""
    before = _looked_after(work, login)
    values = _clean(details)
    work.people.change(login, **values, edited=True)
    audit.record(work, "person.edited", login, {"before": before.name, "after": values["name"]})


def change_password(work: UnitOfWork, old: str, new: str, token: str = "", at: datetime | None = None) -> None:
    """Give oneself another password; every other session of one's own ends."""
    login = work.actor.login
    person = get(work, login)
    if not passwords.matches(person.password_hash, old):
        raise PasswordWrong
    passwords.check(new, login)
    if new == old:
        raise passwords.PasswordUnchanged

    at = at or real_now()
    work.people.change(login, password_hash=passwords.hashed(new), must_change=False, password_at=at, failures=0)
    sessions.sign_out_everywhere(work, login, besides=token, at=at)
    audit.record(work, "password.changed", login, {})


def reset_password(work: UnitOfWork, login: str, at: datetime | None = None) -> str:
    """Give a person a one-time password that must be changed at the next sign-in; every session of theirs ends."""
    person = _looked_after(work, login)
    if not work.actor.is_system and any({GRANT_POSTS, AUDIT}.intersection(post.rights) for post in work.posts.of([login])):
        raise GuardedAccount(name=person.name)
    password = passwords.made_up()
    at = at or real_now()
    work.people.change(
        login, password_hash=passwords.hashed(password), must_change=True, password_at=at, failures=0, locked_until=None
    )
    sessions.sign_out_everywhere(work, login, at=at)
    audit.record(work, "password.reset", login, {})
    return password


def lock(work: UnitOfWork, login: str, at: datetime | None = None) -> None:
    """Keep a person from signing in until somebody unlocks the account."""
    _looked_after(work, login, not_oneself=True)
    work.people.change(login, locked_until=FOREVER)
    sessions.sign_out_everywhere(work, login, at=at)
    audit.record(work, "account.locked", login, {"by": work.actor.login})


def unlock(work: UnitOfWork, login: str) -> None:
    """Let a person sign in again."""
    _looked_after(work, login)
    work.people.change(login, locked_until=None, failures=0)
    audit.record(work, "account.unlocked", login, {})


def set_active(work: UnitOfWork, login: str, active: bool, at: datetime | None = None) -> None:
    """Close the account of somebody who left, or open it again; what they did stays under their name."""
    _looked_after(work, login, not_oneself=not active)
    work.people.change(login, active=active, edited=True)
    if not active:
        sessions.sign_out_everywhere(work, login, at=at)
    audit.record(work, "person.activated" if active else "person.deactivated", login, {})


def is_locked(person: PersonRow, at: datetime | None = None) -> bool:
    """Say whether a person cannot sign in for now."""
    return person.locked_until is not None and person.locked_until > (at or real_now())


def _looked_after(work: UnitOfWork, login: str, not_oneself: bool = False) -> PersonRow:
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    person = get(work, login)
    rights.require_units(work.actor, _units(work, login))
    if not_oneself and login == work.actor.login:
        raise OwnAccount
    return person


def _units(work: UnitOfWork, login: str) -> Collection[str]:
    return {post.unit for post in work.posts.of([login])}


def _clean(details: Details) -> dict[str, str]:
    if not details.name.strip():
        raise NameMissing
    return {"name": details.name.strip(), "title": details.title.strip(), "phone": details.phone.strip()}
