"""People, the roles of the packs and the posts that join them to units."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from engine.persistence.identity_records import AskedPost, PersonRow, PostRow, RoleRow
from engine.persistence.models.identity import AskedPost as AskedRow
from engine.persistence.models.identity import Person, Post, Role, Unit
from engine.persistence.records import PAGE, Page, columns_of
from engine.persistence.repositories.base import Repository

_person = Person.__table__
_role = Role.__table__
_post = Post.__table__
_unit = Unit.__table__
_PERSON = columns_of(PersonRow, Person)
_asked = AskedRow.__table__
_ASKED = columns_of(AskedPost, AskedRow)
_OWN_POST = ("id", "login", "unit", "role", "campaign", "title", "valid_from", "valid_to", "position", "edited")
JOINED_POST = [_post.c[name] for name in _OWN_POST] + [
    _unit.c.name.label("unit_name"),
    _unit.c.short_name.label("unit_short_name"),
    _unit.c.path.label("unit_path"),
    _unit.c.line_path.label("unit_line_path"),
    func.coalesce(_role.c.name, _post.c.role).label("role_name"),
    func.coalesce(_role.c.scope, "own").label("scope"),
    _role.c.rights,
]
POST_ROLE = and_(_role.c.pack == _post.c.campaign, _role.c.code == _post.c.role)
_POSTS = select(*JOINED_POST).select_from(_post.join(_unit, _unit.c.code == _post.c.unit).outerjoin(_role, POST_ROLE))


def held_on(day: object) -> ColumnElement[bool]:
    """Say, as a condition on the post table, that a post is held on a day."""
    from_there = or_(_post.c.valid_from.is_(None), _post.c.valid_from <= day)
    return and_(from_there, or_(_post.c.valid_to.is_(None), _post.c.valid_to >= day))


_GROUP = _post.c.role + "@" + _post.c.unit
_WANTED: BindParameter[list[str]] = bindparam("groups", expanding=True)
_HOLDERS = (
    select(_GROUP, _post.c.role, _post.c.login, _person.c.name)
    .select_from(_post.join(_person, _person.c.login == _post.c.login))
    .where(_person.c.active, held_on(bindparam("day")), or_(_GROUP.in_(_WANTED), _post.c.role.in_(_WANTED)))
    .order_by(_post.c.position, _person.c.position, _post.c.id)
)


_FIRST_UNIT = (
    select(func.min(_unit.c.position))
    .select_from(_unit.join(_post, _post.c.unit == _unit.c.code))
    .where(_post.c.login == _person.c.login)
    .scalar_subquery()
)
_TEXTS = ("login", "name", "phone", "title")


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """What a list of people is narrowed to; *units* of ``None`` means everywhere."""

    text: str = ""
    unit: str = ""
    role: str = ""
    state: str = ""
    units: frozenset[str] | None = None


class People(Repository):
    """People by login, by list, and what happens to their passwords."""

    def find(self, login: str) -> PersonRow | None:
        """Give a person by login."""
        row = self._connection.execute(select(*_PERSON).where(_person.c.login == login)).first()
        return None if row is None else PersonRow(*row)

    def named(self, logins: Collection[str]) -> dict[str, PersonRow]:
        """Give the people with these logins, in the order of the list."""
        if not logins:
            return {}
        rows = self._connection.execute(select(*_PERSON).where(_person.c.login.in_(logins)))
        found = {person.login: person for person in (PersonRow(*row) for row in rows)}
        return {login: found[login] for login in logins if login in found}

    def add(self, people: Sequence[PersonRow]) -> None:
        """Write new people."""
        self._connection.execute(insert(_person), [asdict(person) for person in people])

    def change(self, login: str, **values: object) -> bool:
        """Write some facts about a person; say whether there is such a person."""
        return self._connection.execute(update(_person).where(_person.c.login == login).values(values)).rowcount == 1

    def failed(self, login: str, limit: int, locked_until: datetime) -> None:
        """Count a failed sign-in; the one that reaches *limit* locks the account and starts the count again."""
        full = _person.c.failures + 1 >= limit
        values = {
            "failures": case((full, 0), else_=_person.c.failures + 1),
            "locked_until": case((full, bindparam("until", type_=_person.c.locked_until.type)), else_=_person.c.locked_until),
        }
        self._connection.execute(update(_person).where(_person.c.login == login).values(values), {"until": locked_until})

    def search(self, filters: PeopleFilters, day: date, now: datetime, number: int = 1, size: int = PAGE) -> Page[PersonRow]:
        """Give a page of people in the order of their units and within them."""
        where = _people_conditions(filters, day, now)
        total = self._connection.execute(select(func.count()).select_from(_person).where(*where)).scalar_one()
        query: Select[Any] = (
            select(*_PERSON).where(*where).order_by(_FIRST_UNIT.nulls_last(), _person.c.position, _person.c.login)
        )
        rows = self._connection.execute(query.limit(size).offset((number - 1) * size))
        return Page([PersonRow(*row) for row in rows], total, number, size)

    def count_by_unit(self, day: date) -> Mapping[str, int]:
        """Count the people with a post in each unit."""
        query = select(_post.c.unit, func.count(_post.c.login.distinct())).where(held_on(day)).group_by(_post.c.unit)
        return dict(self._connection.execute(query).all())

    def last_position(self) -> int:
        """Give the highest place in the order of people."""
        return int(self._connection.execute(select(func.coalesce(func.max(_person.c.position), 0))).scalar_one())


def _people_conditions(filters: PeopleFilters, day: date, now: datetime) -> list[ColumnElement[bool]]:
    states = {
        "active": and_(_person.c.active, or_(_person.c.locked_until.is_(None), _person.c.locked_until <= now)),
        "locked": and_(_person.c.active, _person.c.locked_until > now),
        "inactive": _person.c.active.is_(False),
    }
    found = [states[filters.state]] if filters.state in states else []
    if filters.text:
        found.append(
            or_(*(_person.c[name].contains(filters.text, autoescape=True) for name in ("login", "name", "phone", "title")))
        )
    post = [_post.c.login == _person.c.login]
    post += [_post.c.unit == filters.unit, held_on(day)] if filters.unit else []
    post += [_post.c.role == filters.role, held_on(day)] if filters.role else []
    post += [_post.c.unit.in_(filters.units)] if filters.units is not None else []
    return [*found, exists().where(*post)] if len(post) > 1 else found


class Roles(Repository):
    """The roles every deployed pack declares."""

    def all(self) -> list[RoleRow]:
        """Give the roles of all packs in their order."""
        query = select(*columns_of(RoleRow, Role)).order_by(_role.c.pack, _role.c.position)
        return [RoleRow(*row) for row in self._connection.execute(query)]

    def replace(self, pack: str, roles: Sequence[RoleRow]) -> None:
        """Make *roles* the roles of a pack."""
        self._connection.execute(delete(_role).where(_role.c.pack == pack))
        if roles:
            self._connection.execute(insert(_role), [asdict(role) for role in roles])


class Posts(Repository):
    """Posts by person, and who holds a role in a unit."""

    def of(self, logins: Collection[str]) -> list[PostRow]:
        """Give the posts of some people, past ones too, in each one's order."""
        return self._posts(_post.c.login.in_(logins))

    def at(self, unit: str) -> list[PostRow]:
        """Give the posts of a unit, past ones too."""
        return self._posts(_post.c.unit == unit)

    def get(self, post_id: UUID) -> PostRow | None:
        """Give a post by its key."""
        return next(iter(self._posts(_post.c.id == post_id)), None)

    def holders(self, groups: Collection[str], day: date) -> list[tuple[str, str, str, str]]:
        """Give (group, role, login, name) of whoever holds one of *groups* (``role@unit``, or a role anywhere) on a day."""
        if not groups:
            return []
        rows = self._connection.execute(_HOLDERS, {"groups": list(groups), "day": day})
        return [(group, role, login, name) for group, role, login, name in rows]

    def ask(self, row: Mapping[str, object]) -> None:
        """Write a post that waits for a decision."""
        self._connection.execute(insert(_asked), row)

    def asked(self, login: str = "") -> list[AskedPost]:
        """Give the posts that wait for a decision, the oldest first."""
        query = select(*_ASKED).order_by(_asked.c.asked_at, _asked.c.id)
        return [AskedPost(*row) for row in self._connection.execute(query.where(_asked.c.login == login) if login else query)]

    def take_asked(self, post_id: UUID) -> AskedPost | None:
        """Take a post that waits, so that it is decided once; None where somebody else was faster."""
        row = self._connection.execute(delete(_asked).where(_asked.c.id == post_id).returning(*_ASKED)).first()
        return None if row is None else AskedPost(*row)

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write new posts."""
        self._connection.execute(insert(_post), list(rows))

    def keys(self, campaign: str) -> dict[tuple[str, str, str], bool]:
        """Give (login, unit, role) of the posts of a campaign, and whether an administrator has changed it."""
        query = select(_post.c.login, _post.c.unit, _post.c.role, _post.c.edited).where(_post.c.campaign == campaign)
        return {(login, unit, role): edited for login, unit, role, edited in self._connection.execute(query)}

    def change(self, post_id: UUID, **values: object) -> None:
        """Write some facts about a post."""
        self._connection.execute(update(_post).where(_post.c.id == post_id).values(values))

    def _posts(self, *conditions: ColumnElement[bool]) -> list[PostRow]:
        rows = self._connection.execute(_POSTS.where(*conditions).order_by(_post.c.position, _post.c.id))
        return [as_post(row) for row in rows]


def as_post(row: Sequence[Any]) -> PostRow:
    """Make a post of the columns ``JOINED_POST``."""
    facts = list(row)
    facts[-1] = facts[-1] or []
    return PostRow(*facts)
