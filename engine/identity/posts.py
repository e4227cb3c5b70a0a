"""Posts: a person plays a role in a unit, for a campaign, from one day to another; whoever has several chooses one to act in."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from engine import audit
from engine.errors import EngineError
from engine.identity import asking, recusal, rights, succession
from engine.identity.actor import Actor, DataScope
from engine.identity.units import NoSuchUnit
from engine.packs.model import APART
from engine.persistence.identity_records import PersonRow, PostRow, RoleRow
from engine.persistence.keys import new_key
from engine.persistence.work import UnitOfWork


class NoSuchPerson(EngineError):
    """There is no person with the user name {login}."""

    kind = "missing"


class NoSuchPost(EngineError):
    """{login} does not hold this post any more."""

    kind = "missing"


class NoPost(EngineError):
    """{name} holds no post at this time. Ask the administrator of your unit for one."""


class NoSuchRole(EngineError):
    """There is no role {role} in {campaign}."""


class PostHeldAlready(EngineError):
    """{login} already holds this post at that time."""


class OwnPost(EngineError):
    """You cannot end the post you are acting in."""


class OwnGrant(EngineError):
    """You cannot give yourself a post. Ask another administrator."""

    kind = "forbidden"


class PostsApart(EngineError):
    """{name} holds the post {held}; whoever looks after accounts, rights or their audit may not also be {role}."""

    kind = "forbidden"


class PostEndsTooEarly(EngineError):
    """A post cannot end before it begins."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who holds a role in a unit; *group* is ``role@unit``."""

    group: str
    role: str
    login: str
    name: str


def actor_for(work: UnitOfWork, login: str, post_id: str | UUID | None = None) -> Actor:
    """Give the person acting in a post held now; without *post_id* in the first one."""
    person = work.people.find(login)
    if person is None or not person.active:
        raise NoSuchPerson(login=login)
    return acting(work, person, current(work, login), post_id)


def acting(work: UnitOfWork, person: PersonRow, posts: Collection[PostRow], post_id: str | UUID | None = None) -> Actor:
    """Give a person acting in one of the *posts*: the named one, else the first."""
    chosen = [post for post in posts if str(post.id) == str(post_id)] if post_id else list(posts)
    if not posts:
        raise NoPost(name=person.name)
    if not chosen:
        raise NoSuchPost(login=person.login)
    return as_actor(work, person.login, person.name, chosen[0])


def as_actor(work: UnitOfWork, login: str, name: str, post: PostRow) -> Actor:
    """Give who acts in a post, with the units whose data the role sees.

    In a post lent by somebody else they act on that person's behalf, without the rights of administration.
    """
    holder = None if post.login == login else work.people.find(post.login)
    return Actor(
        login=login,
        name=name,
        post_id=str(post.id),
        unit=post.unit,
        role=post.role,
        groups=frozenset({f"{post.role}@{post.unit}", post.role}),
        scope=scope_of(work, post),
        on_behalf_of=holder.login if holder else None,
        on_behalf_name=holder.name if holder else "",
        rights=frozenset(post.rights) & (rights.LENDABLE if holder else frozenset(post.rights)),
        unit_name=post.unit_short_name or post.unit_name,
        role_name=post.title or post.role_name,
        campaign=post.campaign,
    )


def scope_of(work: UnitOfWork, post: PostRow) -> DataScope:
    """Give the units whose data is seen from a post, those that they carry on among them."""
    if post.scope == "all":
        return DataScope("all", None)
    if post.scope == "territory":
        seen = work.units.codes_in_territory(post.unit_path)
    elif post.scope == "line":
        seen = work.units.codes_in_line(post.unit_line_path)
    elif post.scope == "accounts":  # all the people and posts there are, and nothing of their business
        return DataScope("accounts", frozenset())
    else:
        return DataScope("own", frozenset({post.unit}) | succession.forebears(work, {post.unit}))
    return DataScope(post.scope, seen | succession.forebears(work, seen))


def current(work: UnitOfWork, login: str) -> list[PostRow]:
    """Give the posts a person holds today, the default one first."""
    return [post for post in work.posts.of([login]) if post.holds_on(work.now.date())]


def holders(
    work: UnitOfWork, groups: Collection[str], excluded: Collection[str] = (), kept_out: Collection[str] = ()
) -> list[Holder]:
    """Give who holds one of the candidate *groups* today, without those who are recused.

    *kept_out* are the names that the matter as a whole keeps out.
    """
    found = [Holder(*row) for row in work.posts.holders(groups, work.now.date()) if row[2] not in excluded]
    if not kept_out:
        return found
    return [one for one in found if recusal.may_hold(work, kept_out, one.login, one.role, one.group.partition("@")[2])]


def check_may_hold(work: UnitOfWork, login: str, name: str, kept_out: Collection[str]) -> None:
    """Refuse to give a matter, or a copy of it, to somebody whom it keeps out in every post held today, or by name."""
    if kept_out and not any(recusal.may_hold(work, kept_out, login, post.role, post.unit) for post in current(work, login)):
        raise recusal.Recused(name=name or login)


def give(
    work: UnitOfWork, login: str, unit: str, role: str, campaign: str, start: date | None, end: date | None, title: str = ""
) -> UUID:
    """Give a person a post in a unit.

    Where roles of the campaign may grant posts, it is only asked for here: somebody else in such a role gives it (``granting``).
    """
    rights.require_any(work.actor, rights.ADMINISTER_IDENTITY, rights.GRANT_POSTS)
    key = new_key()
    row = {"id": key, "login": login, "unit": unit, "role": role, "campaign": campaign, "title": title,
           "valid_from": start, "valid_to": end}  # fmt: skip
    check_may_give(work, login, unit, role, campaign, start, end)
    if asking.needs_second(work, campaign):
        asking.ask(work, row)
    else:
        put(work, row)
    return key


def put(work: UnitOfWork, row: Mapping[str, Any]) -> None:
    """Write a post that was decided on."""
    work.posts.add([{**row, "position": 1000, "edited": True}])
    facts = {
        "unit": row["unit"],
        "role": row["role"],
        "campaign": row["campaign"],
        "from": row["valid_from"],
        "to": row["valid_to"],
    }
    audit.record(work, "post.given", row["login"], facts)


def check_may_give(
    work: UnitOfWork, login: str, unit: str, role: str, campaign: str, start: date | None, end: date | None
) -> None:
    """Refuse a post that whoever acts may not give, or that this person may not hold."""
    rights.require_unit(work.actor, unit)
    person = work.people.find(login)
    if work.units.find(unit) is None:
        raise NoSuchUnit(code=unit)
    if person is None:
        raise NoSuchPerson(login=login)
    wanted = _role(work, campaign, role)
    rights.require_grantable(work.actor, wanted)
    if login == work.actor.login:
        raise OwnGrant
    if start and end and end < start:
        raise PostEndsTooEarly
    for post in work.posts.of([login]):
        if not _overlap(post, start, end):
            continue
        if (post.unit, post.role, post.campaign) == (unit, role, campaign):
            raise PostHeldAlready(login=login)
        if len(APART.intersection([*post.rights, *wanted.rights])) > 1:
            raise PostsApart(name=person.name, held=post.role_name, role=wanted.name)


def grantable(work: UnitOfWork) -> list[RoleRow]:
    """Give the roles that whoever acts may give to others."""
    found = []
    for role in work.roles.all():
        with suppress(rights.RoleTooHigh):
            rights.require_grantable(work.actor, role)
            found.append(role)
    return found


def end(work: UnitOfWork, post_id: UUID, last_day: date | None = None) -> None:
    """End a post; without *last_day* yesterday was the last one, so that it holds no longer."""
    rights.require_any(work.actor, rights.ADMINISTER_IDENTITY, rights.GRANT_POSTS)
    post = work.posts.get(post_id)
    if post is None:
        raise NoSuchPost(login="")
    rights.require_unit(work.actor, post.unit)
    if str(post_id) == work.actor.post_id:
        raise OwnPost
    last_day = last_day or work.now.date() - timedelta(days=1)

    work.posts.change(post_id, valid_to=last_day, edited=True)
    audit.record(work, "post.ended", post.login, {"unit": post.unit, "role": post.role, "to": last_day})


def _role(work: UnitOfWork, campaign: str, code: str) -> RoleRow:
    for role in work.roles.all():
        if (role.pack, role.code) == (campaign, code):
            return role
    raise NoSuchRole(role=code, campaign=campaign)


def _overlap(post: PostRow, start: date | None, end: date | None) -> bool:
    first, last = max(post.valid_from or date.min, start or date.min), min(post.valid_to or date.max, end or date.max)
    return first <= last
