"""Jobs: what is due, who works on it, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, delete, func, insert, or_, select, tuple_, update

from engine.persistence.models.runtime import Job as JobRow
from engine.persistence.prepared import Prepared
from engine.persistence.records import Job, columns_of
from engine.persistence.repositories.base import Repository
from engine.persistence.session import Session

_job = JobRow.__table__
_COLUMNS = columns_of(Job, JobRow)
_ADD = Prepared(insert(_job))
_DROP = delete(_job).where(
    _job.c.instance_id.in_(bindparam("b_instances", expanding=True)),
    or_(
        tuple_(_job.c.instance_id, _job.c.element_key).in_(bindparam("b_elements", expanding=True)),
        _job.c.subject.in_(bindparam("b_subjects", expanding=True)),
    ),
)
_FREE = or_(_job.c.lock_owner.is_(None), _job.c.locked_until < bindparam("real_now"))
_ANY_DUE = select(_job.c.id).where(_job.c.due_at <= bindparam("now"), _FREE).limit(1)
_TAKE = Prepared(delete(_job).where(_job.c.id == bindparam("b_id"), _job.c.lock_owner == bindparam("b_owner")))
_NEXT_DUE = select(func.min(_job.c.due_at)).where(_job.c.lock_owner.is_(None))


class Jobs(Repository):
    """Jobs by due time; whoever works on one holds its lock until a real moment.

    *earliest* is the first moment at which something written here is due, for whoever wakes jobs after the commit;
    *expected* is each of them with its instance and its moment, for workers in other processes.
    """

    earliest: datetime | None = None

    def __init__(self, session: Session, reader: frozenset[str] = frozenset()) -> None:
        super().__init__(session, reader)
        self.expected: dict[UUID, tuple[UUID | None, datetime]] = {}

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Write new jobs."""
        _ADD.write(self._connection, rows)
        for row in rows:
            self._expect(row["due_at"], row["id"], row.get("instance_id"))

    def drop(self, elements: Sequence[tuple[UUID, str]], subjects: Sequence[tuple[UUID, str]] = ()) -> None:
        """Forget the jobs of (instance, element key) and of (instance, subject)."""
        instances = [instance for instance, _ in (*elements, *subjects)]
        names = [subject for _, subject in subjects]
        self._connection.execute(_DROP, {"b_instances": instances, "b_elements": list(elements), "b_subjects": names})

    def drop_of_instance(self, instance_id: UUID) -> None:
        """Forget all jobs of an instance."""
        self._connection.execute(delete(_job).where(_job.c.instance_id == instance_id))

    def has_start(self, definition_id: UUID) -> bool:
        """Say whether a version has a start timer set already."""
        query = select(_job.c.id).where(_job.c.kind == "start", _job.c.definition_id == definition_id).limit(1)
        return self._connection.execute(query).first() is not None

    def drop_of_definitions(self, definition_ids: Sequence[UUID]) -> None:
        """Forget the start timers of older versions of a process."""
        self._connection.execute(delete(_job).where(_job.c.kind == "start", _job.c.definition_id.in_(definition_ids)))

    def drop_subject(self, subject: str, kind: str | None = None) -> None:
        """Forget the jobs about *subject*."""
        which = [_job.c.subject == subject] + ([_job.c.kind == kind] if kind else [])
        self._connection.execute(delete(_job).where(*which))

    def acquire(
        self, now: datetime, real_now: datetime, owner: str, until: datetime, limit: int, job_id: UUID | None = None
    ) -> list[Job]:
        """Lock the jobs that are due, earliest first, or the one that is named, for *owner*; nobody else gets the same ones."""
        free = or_(_job.c.lock_owner.is_(None), _job.c.locked_until < real_now)
        named = [] if job_id is None else [_job.c.id == job_id]
        due = select(_job.c.id).where(_job.c.due_at <= now, free, *named).order_by(_job.c.due_at, _job.c.id).limit(limit)
        if not self._on_sqlite:
            due = due.with_for_update(skip_locked=True)
        take = update(_job).where(_job.c.id.in_(due.scalar_subquery())).values(lock_owner=owner, locked_until=until)
        rows = self._connection.execute(take.returning(*_COLUMNS)).all()
        return sorted((Job(*row) for row in rows), key=lambda job: (job.due_at or now, job.id))

    def any_due(self, now: datetime, real_now: datetime) -> bool:
        """Say whether anything is due that nobody works on, without taking a lock."""
        return self._connection.execute(_ANY_DUE, {"now": now, "real_now": real_now}).first() is not None

    def take(self, job_id: UUID, owner: str) -> bool:
        """Remove a job that is being done now; say whether *owner* still had it."""
        return _TAKE.write(self._connection, [{"b_id": job_id, "b_owner": owner}]) == 1

    def release(self, job_id: UUID, owner: str) -> None:
        """Give a job back untouched."""
        mine = update(_job).where(_job.c.id == job_id, _job.c.lock_owner == owner)
        self._connection.execute(mine.values(lock_owner=None, locked_until=None))

    def postpone(self, job_id: UUID, owner: str, due_at: datetime) -> None:
        """Give a job back for later, without counting it as a failure."""
        mine = update(_job).where(_job.c.id == job_id, _job.c.lock_owner == owner)
        self._connection.execute(mine.values(lock_owner=None, locked_until=None, due_at=due_at))
        self._expect(due_at, job_id)

    def owners(self) -> list[str]:
        """Name whoever works on jobs."""
        found = self._connection.execute(select(_job.c.lock_owner).where(_job.c.lock_owner.is_not(None)).distinct())
        return [owner for owner in found.scalars() if owner]

    def release_all(self, owner: str | None = None) -> None:
        """Give back what workers of a process that is gone had taken: *owner*, or everybody who is not whoever asks."""
        taken = _job.c.lock_owner.is_not(None) if owner is None else _job.c.lock_owner == owner
        self._connection.execute(update(_job).where(taken).values(lock_owner=None, locked_until=None))

    def failed(self, job_id: UUID, owner: str, message: str, retry_at: datetime | None) -> bool:
        """Note a failure, and say whether *owner* still had the job; without *retry_at* it rests until its incident is resolved.

        One that was called off or suspended meanwhile stays as that left it.
        """
        left = case((_job.c.retries > 0, _job.c.retries - 1), else_=0)
        values: dict[str, Any] = {"message": message, "due_at": retry_at, "retries": left, "failures": _job.c.failures + 1}
        mine = update(_job).where(_job.c.id == job_id, _job.c.lock_owner == owner)
        if not self._connection.execute(mine.values(lock_owner=None, locked_until=None, **values)).rowcount:
            return False
        self._expect(retry_at, job_id)
        return True

    def retry(self, job_id: UUID, due_at: datetime, retries: int, variables: Mapping[str, object] | None = None) -> bool:
        """Make a resting job due again, with *variables* put right; say whether it was still there."""
        job = self.find(job_id)
        if job is None:
            return False
        values: dict[str, Any] = {"due_at": due_at, "retries": retries}
        if variables:
            values["payload"] = job.payload | {"variables": job.payload.get("variables", {}) | dict(variables)}
        self._connection.execute(update(_job).where(_job.c.id == job_id).values(values))
        self._expect(due_at, job_id, job.instance_id)
        return True

    def next_due(self) -> datetime | None:
        """Give the earliest moment at which a job nobody works on is due."""
        return self._connection.execute(_NEXT_DUE).scalar()

    def find(self, job_id: UUID) -> Job | None:
        """Give a job by key."""
        row = self._connection.execute(select(*_COLUMNS).where(_job.c.id == job_id)).first()
        return None if row is None else Job(*row)

    def of_instance(self, instance_id: UUID) -> list[Job]:
        """Give the jobs of an instance by due time."""
        query = select(*_COLUMNS).where(_job.c.instance_id == instance_id).order_by(_job.c.due_at, _job.c.id)
        return [Job(*row) for row in self._connection.execute(query)]

    def of_kind(self, kind: str, subject: str | None = None) -> list[Job]:
        """Give the jobs of one kind by due time."""
        query = select(*_COLUMNS).where(_job.c.kind == kind).order_by(_job.c.due_at, _job.c.id)
        query = query if subject is None else query.where(_job.c.subject == subject)
        return [Job(*row) for row in self._connection.execute(query)]

    def pause_of_instance(self, instance_id: UUID) -> None:
        """Let the jobs of a suspended instance rest; their due time is kept aside."""
        resting = {"locked_until": _job.c.due_at, "due_at": None, "lock_owner": None}
        self._connection.execute(
            update(_job).where(_job.c.instance_id == instance_id, _job.c.due_at.is_not(None)).values(resting)
        )

    def resume_of_instance(self, instance_id: UUID) -> None:
        """Make the jobs of a resumed instance due when they were."""
        back = {"due_at": _job.c.locked_until, "locked_until": None}
        resting = (_job.c.instance_id == instance_id) & _job.c.due_at.is_(None) & _job.c.locked_until.is_not(None)
        found = self._connection.execute(update(_job).where(resting).values(back).returning(_job.c.due_at, _job.c.id)).all()
        for row in found:
            self._expect(row.due_at, row.id, instance_id)

    def _expect(self, due_at: object, job_id: object, instance_id: object = None) -> None:
        if not isinstance(due_at, datetime) or not isinstance(job_id, UUID):
            return
        self.expected[job_id] = (instance_id if isinstance(instance_id, UUID) else None, due_at)
        if self.earliest is None or due_at < self.earliest:
            self.earliest = due_at
