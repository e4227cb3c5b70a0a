"""Who stands at the public face: nobody of the house, in the name that the pack gives them."""

from engine import definitions
from engine.identity.actor import Actor, DataScope
from engine.packs.public import NotPublic, Portal
from engine.persistence.work import UnitOfWork

PUBLIC = "public"


def face(work: UnitOfWork, pack_key: str) -> Portal:
    """Give the public pages of a pack."""
    if pack_key not in work.cache.get("packs", work.definitions.packs):
        raise NotPublic
    return definitions.pack(work, pack_key).public()


def public_actor(portal: Portal, pack_key: str, login: str = "@public", name: str = "") -> Actor:
    """Give somebody without an account: no post, no right, no data; a login that no person can have, for it begins with @."""
    return Actor(
        login, name or portal.starter, unit=portal.unit, role=PUBLIC, scope=DataScope("own", frozenset()), campaign=pack_key
    )


def is_public(actor: Actor) -> bool:
    """Say whether somebody without an account acts."""
    return actor.login.startswith("@")
