"""What a form about posts offers: units in official order and the roles one may give."""

from typing import Any

from engine import definitions
from engine.identity import posts, units
from engine.persistence.work import UnitOfWork


def post_choices(work: UnitOfWork) -> dict[str, Any]:
    """Give the units one looks after and the roles one may give, named with their campaign where there are several."""
    roles = posts.grantable(work)
    names = {pack: definitions.pack(work, pack).name for pack in {role.pack for role in roles}}
    several = len(names) > 1
    return {
        "unit_choices": [(unit.code, f"{'　' * unit.depth}{unit.name}") for unit in units.tree(work) if unit.active],
        "role_choices": [
            (f"{role.pack}|{role.code}", f"{role.name} · {names[role.pack]}" if several else role.name) for role in roles
        ],
        "campaigns": names,
    }
