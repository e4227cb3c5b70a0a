"""Recusal: whoever has a stake in a matter is kept out of it, by the engine and not by memory.

A step keeps people out of itself (``bpm:excludedUsers`` of a user task). A process keeps people, units and everybody outside
a restricted pool out of the whole matter: they find it in no list, search, count, file or message, nor can they be given it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from engine.errors import EngineError
from engine.identity import succession
from engine.identity.actor import Actor
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork

USER, UNIT, POOL = "user:", "unit:", "pool:"
MATTER = "matter:"  # no reader's name: it says like which other matter one is hidden


class Recused(EngineError):
    """{name} may not work on this: the rules on recusal keep this person out."""

    kind = "forbidden"


@dataclass(frozen=True, slots=True)
class Barred:
    """Who a matter's names keep out: logins, units, and everybody whose role is not in one of the pools."""

    logins: frozenset[str]
    units: frozenset[str]
    pools: frozenset[str]


def excluded_by(properties: object) -> frozenset[str]:
    """Read the names that ``bpm:excludedUsers`` or ``bpm:excludedUnits`` came to: a list, or names separated by commas."""
    if isinstance(properties, str):
        properties = properties.split(",")
    if not isinstance(properties, list | tuple | set | frozenset):
        return frozenset()
    return frozenset(login.strip() for login in properties if isinstance(login, str) and login.strip())


def check(actor: Actor, excluded: Collection[str]) -> None:
    """Refuse somebody who is kept out, or who acts on behalf of one who is."""
    check_person(actor.login, actor.name, excluded)
    if actor.on_behalf_of:
        check_person(actor.on_behalf_of, actor.on_behalf_name, excluded)


def check_person(login: str, name: str, excluded: Collection[str]) -> None:
    """Refuse to give work to somebody who is kept out of it."""
    if login in excluded:
        raise Recused(name=name or login)


# --- whole matters


def pool_name(pack: str, code: str) -> str:
    """Name a restricted pool: as a right of the roles in it, and as what keeps out everybody else."""
    return f"{POOL}{pack}/{code}"


def pools(work: UnitOfWork) -> frozenset[str]:
    """Give every restricted pool."""
    return frozenset(pool for pool, _ in _pools(work))


def _pools(work: UnitOfWork) -> frozenset[tuple[str, str]]:
    def load() -> frozenset[tuple[str, str]]:
        return frozenset((right, role.code) for role in work.roles.all() for right in role.rights if right.startswith(POOL))

    return work.cache.get("pools", load)


def reader(work: UnitOfWork) -> frozenset[str]:
    """Give the names under which whoever acts is kept out of matters."""
    actor = work.actor
    if actor.is_system:
        return frozenset()
    outside = pools(work) - actor.rights
    if actor.login.startswith("@"):  # somebody without an account has no stake that the house knows of
        return outside
    people = {f"{USER}{login}" for login in (actor.login, actor.on_behalf_of) if login}
    own = {actor.unit, *succession.forebears(work, {actor.unit})} if actor.unit else set()
    return outside | people | {f"{UNIT}{unit}" for unit in own}


def is_kept_out(work: UnitOfWork, instance: Instance) -> bool:
    """Say whether whoever acts must not know of a matter."""
    return not work.reader.isdisjoint(instance.excluded)


def barred(names: Iterable[str]) -> Barred:
    """Sort a matter's names."""
    found = list(names)
    logins, units = (frozenset(n.removeprefix(kind) for n in found if n.startswith(kind)) for kind in (USER, UNIT))
    return Barred(logins, units, frozenset(name for name in found if name.startswith(POOL)))


def may_hold(work: UnitOfWork, names: Iterable[str], login: str, role: str, unit: str) -> bool:
    """Say whether somebody may be given a matter with these names in a post."""
    out = barred(names)
    inside = all((pool, role) in _pools(work) for pool in out.pools)
    return login not in out.logins and out.units.isdisjoint({unit, *succession.forebears(work, {unit})}) and inside
