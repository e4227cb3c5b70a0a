"""Bringing a pack's roles, units, people and posts into the database without undoing what administrators did."""

from dataclasses import dataclass, replace
from datetime import timedelta

from engine.clock import real_now
from engine.identity import passwords, units
from engine.identity.recusal import pool_name
from engine.packs import Pack
from engine.packs.model import Identity, Row
from engine.packs.reading import parse_day
from engine.packs.reference import TRUTHS
from engine.persistence.identity_records import PersonRow, RoleRow, UnitRow
from engine.persistence.keys import new_key
from engine.persistence.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Imported:
    """How much was new."""

    units: int = 0
    people: int = 0
    posts: int = 0


def import_pack(work: UnitOfWork, pack: Pack) -> Imported:
    """Make the roles, units, people and posts of a pack known; what an administrator changed stays as it is.

    Only a pack marked as a demonstration gives its people a password.
    """
    roles = [
        RoleRow(pack.key, role.code, role.name, role.scope, sorted({*role.rights, *_pools(pack, role.code)}), number)
        for number, role in enumerate(pack.roles, start=1)
    ]
    work.roles.replace(pack.key, roles)
    work.after_commit(work.cache.clear)
    if pack.identity is None:
        return Imported()
    return Imported(
        units=_units(work, pack.key, pack.reference(pack.identity.units)),
        people=_people(work, pack, pack.identity),
        posts=_posts(work, pack.key, pack.reference(pack.identity.posts)),
    )


def _units(work: UnitOfWork, pack: str, rows: list[Row]) -> int:
    known = {unit.code: unit for unit in work.units.all()}
    ours = [unit for unit in known.values() if unit.pack == pack]
    untouched = not any(unit.edited for unit in ours)
    first = min((unit.position for unit in ours), default=work.units.last_position() + 1)
    wanted = dict(known)
    for number, row in enumerate(rows):
        old = known.get(row["code"])
        if old and (old.edited or old.pack != pack):
            continue
        position = first + number if untouched else old.position if old else work.units.last_position() + 1 + number
        wanted[row["code"]] = _unit(row, pack, position)
    placed = units.with_paths(wanted.values())

    fresh = [unit for unit in placed if unit.code not in known]
    if fresh:
        work.units.add(fresh)
    for unit in placed:
        if unit.code in known and unit != known[unit.code]:
            if unit.name != known[unit.code].name:
                units.keep_name(work, known[unit.code], f"{pack}")
            work.units.save(unit)
    return len(fresh)


def _pools(pack: Pack, role: str) -> list[str]:
    return [pool_name(pack.key, pool.code) for pool in pack.pools if role in pool.roles]


def _unit(row: Row, pack: str, position: int) -> UnitRow:
    return UnitRow(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"] or row["name"],
        type=row["type"],
        level=row["level"],
        parent=row["parent"] or None,
        line_parent=row["line_parent"] or None,
        is_vertical=TRUTHS[row["is_vertical"].lower()],
        domains=row["domains"].replace(";", " ").split(),
        position=position,
        path="",
        line_path="",
        active=True,
        pack=pack,
        edited=False,
    )


def _people(work: UnitOfWork, pack: Pack, identity: Identity) -> int:
    rows = pack.reference(identity.people)
    known = work.people.named([row["login"] for row in rows])
    position = work.people.last_position()
    # one hash for all: the password of a demonstration is printed on its door
    password = passwords.hashed(identity.demo_password) if pack.demo and len(known) < len(rows) else None
    fresh = []
    for number, row in enumerate(rows, start=1):
        old = known.get(row["login"])
        details = {"name": row["name"], "title": row["title"], "phone": row["phone"]}
        if old is None:
            fresh.append(_person(row["login"], details, position + number, password, pack.key))
        elif old.pack == pack.key and not old.edited and old != replace(old, **details):  # type: ignore[arg-type]
            work.people.change(old.login, **details)
    if fresh:
        work.people.add(fresh)
    return len(fresh)


def _person(login: str, details: dict[str, str], position: int, password: str | None, pack: str) -> PersonRow:
    return PersonRow(
        login=login,
        name=details["name"],
        title=details["title"],
        phone=details["phone"],
        position=position,
        active=True,
        password_hash=password,
        must_change=False,
        failures=0,
        locked_until=None,
        password_at=real_now() if password else None,
        signed_in_at=None,
        pack=pack,
        edited=False,
    )


def _posts(work: UnitOfWork, pack: str, rows: list[Row]) -> int:
    known = work.posts.keys(pack)
    wanted = {(row["login"], row["unit"], row["role"]): row for row in rows}
    fresh = [
        {
            "id": new_key(), "login": row["login"], "unit": row["unit"], "role": row["role"], "campaign": pack,
            "title": row.get("title", ""), "valid_from": parse_day(row["from"]), "valid_to": parse_day(row["to"]),
            "position": number, "edited": False,
        }
        for number, (key, row) in enumerate(wanted.items(), start=1) if key not in known
    ]  # fmt: skip
    if fresh:
        work.posts.add(fresh)
    gone = {key for key, edited in known.items() if key not in wanted and not edited}
    yesterday = work.now.date() - timedelta(days=1)
    for post in work.posts.of({login for login, _, _ in gone}) if gone else ():
        if post.campaign == pack and (post.login, post.unit, post.role) in gone and post.holds_on(work.now.date()):
            work.posts.change(post.id, valid_to=yesterday)
    return len(fresh)
