"""Tickets: what tells workers in other processes of a job, written in the transaction that writes the job itself."""

from collections.abc import Mapping, Sequence

import orjson
from sqlalchemy import text

from engine.persistence.repositories.base import Repository

# a ticket that is still to be taken is not written twice: its name would be refused, and the job's transaction with it
_DEFER = text("""
    SELECT procrastinate_defer_jobs_v1(ARRAY(
        SELECT ROW(:queue, :task, 0, ticket.lock, ticket.name, ticket.args, ticket.due_at)::procrastinate_job_to_defer_v1
        FROM jsonb_to_recordset(CAST(:tickets AS jsonb)) AS ticket(lock text, name text, args jsonb, due_at timestamptz)
        WHERE NOT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = ticket.name AND status = 'todo')
    ))
""")
_THERE = text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")


class Tickets(Repository):
    """Tickets of the queue that workers listen to; the job row stays the truth, so a lost or doubled ticket does no harm."""

    def defer(self, queue: str, task: str, tickets: Sequence[Mapping[str, object]]) -> None:
        """Write tickets (lock, name, args, due_at in real time)."""
        self._connection.execute(_DEFER, {"queue": queue, "task": task, "tickets": orjson.dumps(list(tickets)).decode()})

    def is_there(self) -> bool:
        """Say whether the queue has its tables."""
        return bool(self._connection.execute(_THERE).scalar())
