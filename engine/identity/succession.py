"""Succession: a unit that was merged or dissolved is carried on by another one.

What is open goes over to the successor in one transaction: matters, their deadlines, the rows they keep, offers of work, and
people with their posts; where these need a second pair of eyes they are asked for here, and the old ones hold until then.
Matters go on with the variables they have, so that what they say of the unit keeps its old name; where they name its groups from
now on, the successor's are meant. What has ended stays under the old unit, and the successor sees it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from engine import audit
from engine.errors import EngineError
from engine.identity import asking, rights, units
from engine.persistence.identity_records import AskedPost, PostRow, UnitRow
from engine.persistence.keys import new_key
from engine.persistence.work import UnitOfWork


class NoHeir(EngineError):
    """{name} cannot be carried on by {heir}: that must be another unit in use, and not one that stands below it."""


class AlreadySucceeded(EngineError):
    """{name} is no longer in use; there is nothing left to hand over."""

    kind = "conflict"


class StillAbove(EngineError):
    """Units still stand below {name}: {below}. Put them below another one first."""


class OwnUnit(EngineError):
    """You act in a post of {name} yourself. Another administrator has to hand it over."""

    kind = "forbidden"


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes over from one unit to another: matters by process, rows by ledger, offers of work, deadlines, posts.

    *asked* are those of the posts that another administrator has to give first.
    """

    old: UnitRow
    new: UnitRow
    matters: Mapping[str, int]
    rows: Mapping[str, int]
    offers: int
    deadlines: int
    posts: tuple[PostRow, ...]
    asked: tuple[PostRow, ...]


def plan(work: UnitOfWork, code: str, heir: str) -> Plan:
    """Say what would go over, and change nothing."""
    old, new = _checked(work, code, heir)
    held, there = _held(work, code), _there(work, heir)
    asked = tuple(post for post in held if _key(post) not in there and asking.needs_second(work, post.campaign))
    return Plan(
        old, new, {row.process_id: row.number for row in work.successions.matters(code)},
        {row.ledger: row.number for row in work.successions.rows(code)}, len(work.successions.offers(code)),
        work.successions.deadlines(code), tuple(held), asked,
    )  # fmt: skip


def succeed(work: UnitOfWork, code: str, heir: str, reason: str) -> Plan:
    """Hand everything open over to the successor and take the unit out of use, for a reason that stays in the trail."""
    done = plan(work, code, heir)
    work.successions.move(code, heir, work.successions.offers(code))
    _move_posts(work, done, heir)
    work.successions.name(code, heir)
    work.cache.clear()
    work.at_end(work.cache.clear)
    facts = {"heir": heir, "reason": reason, "matters": dict(done.matters), "rows": dict(done.rows), "offers": done.offers,
             "deadlines": done.deadlines, "posts": [f"{post.login}:{post.role}" for post in done.posts],
             "asked": len(done.asked)}  # fmt: skip
    audit.record(work, "unit.succeeded", code, facts)
    return done


def heir_of(work: UnitOfWork, code: str) -> str:
    """Give who carries a unit on now; the unit itself where nobody does."""
    known, seen = successors(work), {code}
    while (code := known.get(code, code)) not in seen:
        seen.add(code)
    return code


def heir_group(work: UnitOfWork, name: str) -> str:
    """Give the group that is meant by ``role@unit`` now; other names stay."""
    role, at, unit = name.partition("@")
    return f"{role}@{heir_of(work, unit)}" if at else name


def forebears(work: UnitOfWork, codes: Iterable[str]) -> frozenset[str]:
    """Give the units that some units carry on."""
    wanted = set(codes)
    return frozenset(code for code in successors(work) if code not in wanted and heir_of(work, code) in wanted)


def successors(work: UnitOfWork) -> Mapping[str, str]:
    """Give every unit that was taken over, and by whom."""
    return work.cache.get("successors", work.successions.successors)


def replaced(work: UnitOfWork, login: str, unit: str, role: str, campaign: str) -> list[PostRow]:
    """Give the posts of a person that the same one in this unit stands for: those in the units that it carries on."""
    before, today = forebears(work, {heir_of(work, unit)}), work.now.date()
    held = [post for post in work.posts.of([login]) if post.valid_to is None or post.valid_to >= today] if before else []
    return [post for post in held if post.unit in before and _key(post) == (login, role, campaign)]


def _checked(work: UnitOfWork, code: str, heir: str) -> tuple[UnitRow, UnitRow]:
    rights.require(work.actor, rights.ADMINISTER_IDENTITY)
    for one in (code, heir):
        rights.require_unit(work.actor, one)
    old, new = units.get(work, code), units.get(work, heir)
    if not old.active:
        raise AlreadySucceeded(name=old.name)
    if code == heir or not new.active or new.path.startswith(old.path):
        raise NoHeir(name=old.name, heir=new.name)
    if work.actor.unit == code:
        raise OwnUnit(name=old.name)
    below = [unit.name for unit in work.units.all() if unit.parent == code and unit.active]
    if below:
        raise StillAbove(name=old.name, below="、".join(below))
    return old, new


def _held(work: UnitOfWork, code: str) -> list[PostRow]:
    today = work.now.date()
    return [post for post in work.posts.at(code) if post.valid_to is None or post.valid_to >= today]


def _there(work: UnitOfWork, heir: str) -> set[tuple[str, str, str]]:
    return {_key(post) for post in work.posts.at(heir) if post.holds_on(work.now.date())}


def _key(post: PostRow | AskedPost) -> tuple[str, str, str]:
    return post.login, post.role, post.campaign


def _move_posts(work: UnitOfWork, done: Plan, heir: str) -> None:
    today, there = work.now.date(), _there(work, heir)
    waiting = {_key(post) for post in work.posts.asked() if post.unit == heir}
    new = []
    for post in done.posts:
        row = {"id": new_key(), "login": post.login, "unit": heir, "role": post.role, "campaign": post.campaign,
               "title": post.title, "valid_from": max(post.valid_from or today, today), "valid_to": post.valid_to}  # fmt: skip
        if post in done.asked:
            if _key(post) not in waiting:
                asking.ask(work, row)
            continue
        work.posts.change(post.id, valid_to=today - timedelta(days=1), edited=True)
        if _key(post) not in there:
            new.append({**row, "position": post.position, "edited": True})
    if new:
        work.posts.add(new)
