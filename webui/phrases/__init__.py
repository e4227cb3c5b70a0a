"""The ready sentences offered at an opinion: the pack's, then those the person keeps."""

from flask import g

from engine import phrases
from engine.persistence.work import UnitOfWork


def offered(work: UnitOfWork) -> list[str]:
    """Give the sentences of the pack for this role, then one's own, each once."""
    own = (row.text for row in phrases.mine(work))
    return list(dict.fromkeys([*g.pack.phrases_for(g.actor.role), *own]))
