"""Whom instances keep out, written down and told to everything they called or were called by."""

from collections.abc import Mapping
from uuid import UUID

from engine.identity import recusal
from engine.persistence.work import UnitOfWork


def spread(work: UnitOfWork, changes: Mapping[UUID, tuple[UUID, frozenset[str]]]) -> None:
    """Write the names that instances keep out by now, as far as they changed, and take their work from who is kept out."""
    changed = set()
    for instance_id, (root_id, names) in changes.items():
        if work.kept_out.of_instance(instance_id) != names:
            work.kept_out.put(instance_id, root_id, names)
            changed.add(root_id)
    for root_id in changed:
        family = work.kept_out.of_root(root_id)
        work.kept_out.spread(root_id, family)
        logins = recusal.barred(family).logins
        if logins:
            work.kept_out.clear_desks(root_id, logins)
