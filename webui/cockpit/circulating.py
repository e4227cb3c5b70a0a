"""Sending a copy of a matter for information: to whom it can go."""

from flask import g

from engine.identity import posts
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork
from webui.way import candidate


def readers(work: UnitOfWork, instance: Instance) -> list[tuple[str, str]]:
    """List the people of one's own unit and of the unit the matter belongs to, each once, with a post they hold."""
    units = dict.fromkeys(filter(None, (g.actor.unit, instance.unit)))
    groups = [f"{role.code}@{unit}" for unit in units for role in g.pack.roles]
    found: dict[str, str] = {}
    for holder in posts.holders(work, groups, [g.actor.login], instance.excluded):
        found.setdefault(holder.login, f"{holder.name}（{candidate(holder.group)}）")
    return list(found.items())
