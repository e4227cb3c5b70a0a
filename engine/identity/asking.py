"""Asking for posts: where a pack has a role that grants posts, one administrator asks and another one gives (``granting``)."""

from collections.abc import Mapping
from typing import Any

from engine import audit
from engine.identity import rights
from engine.persistence.work import UnitOfWork


def needs_second(work: UnitOfWork, campaign: str) -> bool:
    """Say whether a second pair of eyes looks at each post of a campaign: its pack has a role for that."""
    granters = any(role.pack == campaign and rights.GRANT_POSTS in role.rights for role in work.roles.all())
    return granters and not work.actor.is_system


def ask(work: UnitOfWork, row: Mapping[str, Any]) -> None:
    """Write that whoever acts asks for a post; it does not hold yet."""
    work.posts.ask({**row, "asked_by": work.actor.login, "asked_by_name": work.actor.name, "asked_at": work.now})
    facts = {
        "unit": row["unit"],
        "role": row["role"],
        "campaign": row["campaign"],
        "from": row["valid_from"],
        "to": row["valid_to"],
    }
    audit.record(work, "post.asked", row["login"], facts)
