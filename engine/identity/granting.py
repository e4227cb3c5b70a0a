"""The second pair of eyes: a post that one administrator asked for is given, or not, by another one."""

from dataclasses import asdict, replace
from uuid import UUID

from engine import audit
from engine.errors import EngineError
from engine.identity import posts, rights, succession
from engine.persistence.identity_records import AskedPost
from engine.persistence.work import UnitOfWork

_POST = ("id", "login", "unit", "role", "campaign", "title", "valid_from", "valid_to")


class DecidedAlready(EngineError):
    """This post was decided on already, or is not asked for any more."""

    kind = "missing"


class OwnRequest(EngineError):
    """You asked for this post yourself: somebody else decides."""

    kind = "forbidden"


class DeclineUnreasoned(EngineError):
    """Say why the post is not given."""


def waiting(work: UnitOfWork, login: str = "") -> list[AskedPost]:
    """Give the posts that wait for a decision, of everybody or of one person."""
    rights.require_any(work.actor, rights.ADMINISTER_IDENTITY, rights.GRANT_POSTS)
    units = rights.looked_after(work.actor)
    return [post for post in work.posts.asked(login) if units is None or post.unit in units]


def give(work: UnitOfWork, post_id: UUID) -> AskedPost:
    """Give a post that another administrator asked for; everything is looked at again, for much may have changed since.

    The unit may have been handed over meanwhile: its successor is meant. The same post in a unit that it carries on ends here.
    """
    asked = _taken(work, post_id)
    asked = replace(asked, unit=succession.heir_of(work, asked.unit))
    posts.check_may_give(work, asked.login, asked.unit, asked.role, asked.campaign, asked.valid_from, asked.valid_to)
    posts.put(work, {name: value for name, value in asdict(asked).items() if name in _POST})
    for post in succession.replaced(work, asked.login, asked.unit, asked.role, asked.campaign):
        posts.end(work, post.id)
    return asked


def decline(work: UnitOfWork, post_id: UUID, reason: str) -> AskedPost:
    """Do not give a post, for a reason that whoever asked can read in the trail."""
    if not reason.strip():
        raise DeclineUnreasoned
    asked = _taken(work, post_id)
    facts = {"unit": asked.unit, "role": asked.role, "campaign": asked.campaign, "asked_by": asked.asked_by}
    audit.record(work, "post.declined", asked.login, {**facts, "reason": reason.strip()})
    return asked


def _taken(work: UnitOfWork, post_id: UUID) -> AskedPost:
    rights.require(work.actor, rights.GRANT_POSTS)
    asked = work.posts.take_asked(post_id)
    if asked is None:
        raise DecidedAlready
    if work.actor.login in (asked.asked_by, asked.login) or work.actor.on_behalf_of in (asked.asked_by, asked.login):
        raise OwnRequest
    return asked
