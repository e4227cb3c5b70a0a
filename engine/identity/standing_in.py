"""Standing in: for some days somebody else acts in one's post; everything they do says on whose behalf."""

from datetime import date
from uuid import UUID

from engine import audit
from engine.errors import EngineError
from engine.identity import rights
from engine.persistence.identity_records import PersonRow, StandInRow
from engine.persistence.keys import new_key
from engine.persistence.repositories.people import PeopleFilters
from engine.persistence.work import UnitOfWork

MOST = 200


class LentPost(EngineError):
    """You act for somebody else here. A post can be lent only by its holder."""

    kind = "forbidden"


class NoSuchDeputy(EngineError):
    """{login} has no post in your unit. Choose somebody who has."""


class DaysBackwards(EngineError):
    """The last day cannot lie before the first, nor before today."""


class LentAlready(EngineError):
    """{deputy} already acts for you on some of these days. End that first."""


class NoSuchStandIn(EngineError):
    """This has been ended already."""

    kind = "missing"


def deputies(work: UnitOfWork) -> list[PersonRow]:
    """Give who may act for whoever acts: everybody else with a post in the same unit, in official order."""
    filters = PeopleFilters(unit=work.actor.unit or "", state="active")
    found = work.people.search(filters, work.now.date(), work.now, size=MOST).rows
    return [person for person in found if person.login != work.actor.login]


def lend(work: UnitOfWork, deputy: str, first: date, last: date, reason: str = "") -> UUID:
    """Let *deputy* act in the post acted in, from the first to the last day; the record keeps it."""
    actor = work.actor
    if actor.on_behalf_of or actor.post_id is None:
        raise LentPost
    if deputy not in {person.login for person in deputies(work)}:
        raise NoSuchDeputy(login=deputy)
    if last < max(first, work.now.date()):
        raise DaysBackwards
    post_id = UUID(actor.post_id)
    doubled = [row for row in work.stand_ins.overlapping(post_id, first, last) if row.deputy == deputy]
    if doubled:
        raise LentAlready(deputy=doubled[0].deputy_name)

    key = new_key()
    work.stand_ins.add({"id": key, "post_id": post_id, "deputy": deputy, "valid_from": first, "valid_to": last,
                        "reason": reason.strip(), "granted_at": work.now, "revoked_at": None})  # fmt: skip
    audit.record(work, "post.lent", deputy, {"post": actor.post_id, "from": first, "to": last, "reason": reason.strip()})
    return key


def take_back(work: UnitOfWork, stand_in_id: UUID) -> None:
    """End it at once; its giver may, and whoever was given it."""
    found = work.stand_ins.get(stand_in_id)
    if found is None or not work.stand_ins.revoke(stand_in_id, work.now):
        raise NoSuchStandIn
    if work.actor.login not in (found.holder, found.deputy):
        raise rights.Forbidden
    audit.record(work, "post.taken_back", found.deputy, {"post": str(found.post_id)})


def given(work: UnitOfWork) -> list[StandInRow]:
    """Give the posts whoever acts has lent, newest first."""
    return work.stand_ins.of_holder(work.actor.login)


def received(work: UnitOfWork) -> list[StandInRow]:
    """Give the posts lent to whoever acts, newest first."""
    return work.stand_ins.of_deputy(work.actor.login)
