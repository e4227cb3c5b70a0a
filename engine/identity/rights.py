"""Rights: what a post allows, checked before anything is touched."""

from collections.abc import Collection

from engine.errors import EngineError
from engine.identity.actor import Actor
from engine.persistence.identity_records import RoleRow

ADMINISTER_IDENTITY = "administer_identity"
EDIT_PROCESS = "edit_process"
PUBLISH_PROCESS = "publish_process"
OPERATE = "manage_incidents"
GRANT_POSTS = "grant_posts"
AUDIT = "audit"
LENDABLE = frozenset({"watch_instances", "watch_campaign", "export_data"})


class Forbidden(EngineError):
    """Your post does not allow this."""

    kind = "forbidden"


class OutsideYourUnits(Forbidden):
    """This belongs to a unit that your post does not look after."""


class RoleTooHigh(Forbidden):
    """The role {role} allows more than your own post; ask the central administrator to give it."""


def require(actor: Actor, right: str) -> None:
    """Refuse whoever does not have a right."""
    if not actor.may(right):
        raise Forbidden(right=right)


def require_any(actor: Actor, *some: str) -> None:
    """Refuse whoever has none of some rights."""
    if not any(map(actor.may, some)):
        raise Forbidden(right=some[0])


def require_in(actor: Actor, right: str, pack: str) -> None:
    """Refuse whoever does not have a right in this pack: a post counts for the pack it belongs to."""
    require(actor, right)
    if actor.campaign not in ("", pack):
        raise Forbidden(right=right)


def require_unit(actor: Actor, unit: str | None) -> None:
    """Refuse whoever does not look after a unit."""
    units = looked_after(actor)
    if units is not None and unit not in units:
        raise OutsideYourUnits(unit=unit)


def looked_after(actor: Actor) -> frozenset[str] | None:
    """Give the units whose people and posts one looks after; None for all, which says nothing of their business."""
    return None if actor.scope.kind == "accounts" else actor.scope.units


def require_units(actor: Actor, units: Collection[str]) -> None:
    """Refuse whoever does not look after all of a person's units: a password must not open a post elsewhere."""
    for unit in units:
        require_unit(actor, unit)


def require_grantable(actor: Actor, role: RoleRow) -> None:
    """Refuse to give a role that sees further or may more than the giver, unless the giver sees everything."""
    if looked_after(actor) is None:
        return
    if role.scope == "all" or not actor.rights.issuperset(role.rights):
        raise RoleTooHigh(role=role.name)
