"""Who is kept out of which matter: written when an instance's variables say so, and spread over its family."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import and_, delete, insert, select, update

from engine.persistence.models.kept_out import KeptOut
from engine.persistence.models.runtime import ProcessInstance
from engine.persistence.models.tasks import TaskCandidate, UserTask
from engine.persistence.repositories import candidates
from engine.persistence.repositories.base import Repository

_kept, _instance = KeptOut.__table__, ProcessInstance.__table__
_task, _candidate = UserTask.__table__, TaskCandidate.__table__


class KeptOutNames(Repository):
    """The names that matters keep out."""

    def put(self, instance_id: UUID, root_id: UUID, names: Collection[str]) -> None:
        """Make these the names that an instance keeps out."""
        self._connection.execute(delete(_kept).where(_kept.c.instance_id == instance_id))
        if names:
            rows = [{"instance_id": instance_id, "root_id": root_id, "name": name} for name in sorted(names)]
            self._connection.execute(insert(_kept), rows)

    def of_instance(self, instance_id: UUID) -> frozenset[str]:
        """Give the names that an instance itself keeps out."""
        return frozenset(self._connection.execute(select(_kept.c.name).where(_kept.c.instance_id == instance_id)).scalars())

    def of_root(self, root_id: UUID) -> list[str]:
        """Give every name that a root's family keeps out."""
        query = select(_kept.c.name).where(_kept.c.root_id == root_id).distinct().order_by(_kept.c.name)
        return list(self._connection.execute(query).scalars())

    def spread(self, root_id: UUID, names: Sequence[str]) -> None:
        """Write the family's names on each of its instances."""
        family = _instance.c.root_id == root_id
        self._connection.execute(update(_instance).where(family).values(excluded=list(names)))

    def clear_desks(self, root_id: UUID, logins: Collection[str]) -> None:
        """Take the family's open tasks from people who are kept out by now, and offer them to the others."""
        family = select(_instance.c.id).where(_instance.c.root_id == root_id)
        theirs = and_(_task.c.instance_id.in_(family), _task.c.state == "open", _task.c.assignee.in_(list(logins)))
        self._connection.execute(update(_task).where(theirs).values(assignee=None, assignee_name=None))
        offered = {f"user:{login}" for login in logins}
        open_tasks = select(_task.c.id).where(_task.c.instance_id.in_(family), _task.c.state == "open")
        gone = and_(_candidate.c.task_id.in_(open_tasks), _candidate.c.name.in_(offered))
        self._connection.execute(delete(_candidate).where(gone))
        self._connection.execute(candidates.repeat(_candidate.c.task_id.in_(open_tasks)))
        self._connection.execute(candidates.repeat(_candidate.c.task_id.in_(open_tasks)))

    def holding(self, name: str) -> list[tuple[UUID, UUID]]:
        """Give the instances that have a name, with their roots."""
        query = select(_kept.c.instance_id, _kept.c.root_id).where(_kept.c.name == name).order_by(_kept.c.instance_id)
        return [(instance_id, root_id) for instance_id, root_id in self._connection.execute(query)]

    def any_of(self, names: Collection[str]) -> bool:
        """Say whether anything at all is kept from somebody with *names*."""
        query = select(_kept.c.name).where(_kept.c.name.in_(sorted(names))).limit(1)
        return bool(names) and self._connection.execute(query).first() is not None
