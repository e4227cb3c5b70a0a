"""Whom instances keep out, written down and told to everything they called, were called by, or began hidden like themselves."""

from collections.abc import Mapping
from uuid import UUID

from engine.identity import recusal
from engine.persistence.work import UnitOfWork

Changes = Mapping[UUID, tuple[UUID, frozenset[str]]]


def spread(work: UnitOfWork, changes: Changes) -> None:
    """Write the names that instances keep out by now, as far as they changed, and take their work from who is kept out."""
    changed = set()
    for instance_id, (root_id, names) in changes.items():
        names = names | _followed(work, names)
        if work.kept_out.of_instance(instance_id) != names:
            work.kept_out.put(instance_id, root_id, names)
            changed.add(root_id)
    for root_id in changed:
        family = work.kept_out.of_root(root_id)
        work.kept_out.spread(root_id, family)
        logins = recusal.barred(family).logins
        if logins:
            work.kept_out.clear_desks(root_id, logins)
        spread(work, _followers(work, root_id, frozenset(family)))


def _followed(work: UnitOfWork, names: frozenset[str]) -> frozenset[str]:
    """Give whom the matters keep out that an instance is hidden like."""
    matters = [UUID(name.removeprefix(recusal.MATTER)) for name in names if name.startswith(recusal.MATTER)]
    return frozenset(name for matter in matters for name in work.kept_out.of_root(matter))


def _followers(work: UnitOfWork, root_id: UUID, family: frozenset[str]) -> Changes:
    """Give the instances that are hidden like a matter, with what they keep out and what it does: they are told of more at once.

    Of less they learn when they are looked at again themselves.
    """
    found = work.kept_out.holding(f"{recusal.MATTER}{root_id}")
    return {instance_id: (root, work.kept_out.of_instance(instance_id) | family) for instance_id, root in found}
