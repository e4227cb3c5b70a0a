"""Sessions: signing in, staying signed in while one works, and signing out everywhere at once.

Everything here goes by the real time, whatever the engine's clock shows.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from engine import audit
from engine.clock import real_now
from engine.errors import EngineError
from engine.identity import passwords, posts
from engine.identity.actor import Actor
from engine.persistence.identity_records import PersonRow, PostRow, SessionRow
from engine.persistence.work import UnitOfWork

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
IDLE = timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=1)


class SignInRefused(EngineError):
    """The user name or the password is wrong."""


class AccountLocked(EngineError):
    """After {attempts} wrong passwords this account is locked for another {minutes} minutes."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What became of an attempt to sign in: a *token*, or why not. It is an answer and no error, so that failures are counted."""

    token: str = ""
    refusal: EngineError | None = None
    must_change: bool = False


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is behind a request: the *actor*, the *posts* to choose from, and whether a new password is due first."""

    session_id: str
    actor: Actor
    posts: tuple[PostRow, ...]
    must_change: bool
    title: str = ""


def sign_in(work: UnitOfWork, login: str, password: str, remote: str = "", agent: str = "", at: datetime | None = None) -> SignIn:
    """Open a session for whoever knows the password; five wrong ones lock the account for a quarter of an hour."""
    at = at or real_now()
    person = work.people.find(login)
    right = passwords.matches(person.password_hash if person else None, password)
    if person and person.locked_until and person.locked_until > at:
        minutes = -(-int((person.locked_until - at).total_seconds()) // 60)
        return SignIn(refusal=AccountLocked(attempts=LOCK_AFTER, minutes=max(1, minutes)))
    if person is None or not person.active or not right:
        return _refuse(work, person, at)
    held = posts.current(work, login)
    if not held:
        return SignIn(refusal=posts.NoPost(name=person.name))

    token = secrets.token_urlsafe(32)
    work.sessions.add({"id": _digest(token), "login": login, "post_id": held[0].id, "created_at": at, "seen_at": at,
                       "ended_at": None, "remote": remote[:100], "agent": agent[:200]})  # fmt: skip
    renewed = {"password_hash": passwords.hashed(password)} if passwords.needs_renewal(person.password_hash or "") else {}
    work.people.change(login, failures=0, locked_until=None, signed_in_at=at, **renewed)
    audit.record(work, "session.opened", login, {"remote": remote})
    return SignIn(token=token, must_change=person.must_change)


def resume(work: UnitOfWork, token: str, at: datetime | None = None) -> SignedIn | None:
    """Give who is behind a token, or nothing when the session ended, idled away, or its person may not sign in any more."""
    at = at or real_now()
    found = work.sessions.open(_digest(token), work.now.date())
    if found is None:
        return None
    session, held = found
    if not session.active or not held or at - session.seen_at > IDLE:
        return None

    if at - session.seen_at > NOTED_EVERY:
        work.sessions.seen(session.id, at)
    return _signed_in(work, session, held)


def choose_post(work: UnitOfWork, token: str, post_id: UUID) -> None:
    """Act in another of one's posts from now on."""
    found = work.sessions.open(_digest(token), work.now.date())
    if found is None or post_id not in {post.id for post in found[1]}:
        raise posts.NoSuchPost(login=found[0].login if found else "")
    work.sessions.choose_post(found[0].id, post_id)


def sign_out(work: UnitOfWork, token: str, at: datetime | None = None) -> None:
    """End this session."""
    work.sessions.end(_digest(token), at or real_now())


def sign_out_everywhere(work: UnitOfWork, login: str, besides: str = "", at: datetime | None = None) -> int:
    """End every session of a person, but not the one with the token *besides*; say how many there were."""
    return work.sessions.end_all(login, at or real_now(), _digest(besides) if besides else "")


def _refuse(work: UnitOfWork, person: PersonRow | None, at: datetime) -> SignIn:
    if person is not None and person.active:
        work.people.failed(person.login, LOCK_AFTER, at + LOCK_FOR)
        if person.failures + 1 >= LOCK_AFTER:
            audit.record(work, "account.locked", person.login, {"attempts": LOCK_AFTER})
            return SignIn(refusal=AccountLocked(attempts=LOCK_AFTER, minutes=int(LOCK_FOR.total_seconds()) // 60))
    return SignIn(refusal=SignInRefused())


def _signed_in(work: UnitOfWork, session: SessionRow, held: list[PostRow]) -> SignedIn:
    post = next((post for post in held if post.id == session.post_id), held[0])
    actor = posts.as_actor(work, session.login, session.name, post)
    return SignedIn(session.id, actor, tuple(held), session.must_change, session.title)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
