"""Workers: any number of processes that do jobs for a PostgreSQL database, told of each by a ticket of its queue.

A ticket is written in the transaction that writes its job; whoever takes it locks the job's row and does the job, and tickets
of one instance are taken one after the other. Once a minute each worker also looks for what is due without a ticket, or was
lost with another worker. Job rows are the truth, tickets only wake.
"""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition, Status

from engine import jobs, ladder
from engine.clock import real_now
from engine.errors import EngineError
from engine.persistence.database import alone

if TYPE_CHECKING:
    from engine.bootstrap import Engine
    from engine.persistence.work import UnitOfWork

QUEUE, TASK, SWEEP = "zhenggai", "run_job", "sweep"
log = logging.getLogger(__name__)
PAUSE = 5
EVERY_MINUTE = "* * * * *"
# a ticket comes a little late rather than a little early: who came early would find nothing due
LATE = timedelta(milliseconds=20)


class NeedsPostgreSQL(EngineError):
    """Workers need a PostgreSQL database that all processes share. Name it in ZHENGGAI_DATABASE."""


def prepare(engine: Engine) -> None:
    """Make the queue's tables where they are missing, and see that standing jobs are there."""
    if engine.database.dialect.name != "postgresql":
        raise NeedsPostgreSQL
    with alone(engine.database):
        with engine.work() as work:
            there = work.tickets.is_there()
        if not there:
            with _app(engine).open() as app:
                app.schema_manager.apply_schema()
    engine.run(_begin)


def _begin(work: UnitOfWork) -> None:
    jobs.take_over(work)
    jobs.begin_housekeeping(work)
    for pack in work.definitions.packs():
        ladder.begin_rounds(work, pack)


def write_tickets(work: UnitOfWork) -> None:
    """Write a ticket for each job of this unit of work; called when everything else is written."""
    shift = real_now() - work.now + LATE
    tickets = [
        {"lock": str(instance_id or job_id), "name": str(job_id), "args": {"job_id": str(job_id)}, "due_at": due_at + shift}
        for job_id, (instance_id, due_at) in work.jobs.expected.items()
    ]
    if tickets:
        work.tickets.defer(QUEUE, TASK, tickets)


def run(engine: Engine, concurrency: int = 4, until_idle: bool = False) -> None:
    """Do jobs until interrupted, or until nothing is left to do."""
    while True:
        try:
            asyncio.run(_serve(_prepared(engine), concurrency, until_idle))
            return
        except (ConnectorException, OSError):
            if until_idle:
                raise
            log.exception("The database is away; it is looked for again in %s s.", PAUSE)
            time.sleep(PAUSE)


def _prepared(engine: Engine) -> App:
    app = _app(engine)

    @app.task(name=TASK, queue=QUEUE)
    def run_job(job_id: str) -> None:
        jobs.run_one(engine, UUID(job_id))

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name=SWEEP, queue=QUEUE, queueing_lock=SWEEP)
    async def sweep(timestamp: int) -> None:
        # the ticket of a worker that is gone would hold back every other one of its instance
        for ticket in await app.job_manager.get_stalled_jobs(queue=QUEUE):
            await app.job_manager.finish_job(ticket, Status.FAILED, delete_job=True)
        while await asyncio.to_thread(jobs.run_due, engine):
            pass

    return app


async def _serve(app: App, concurrency: int, until_idle: bool) -> None:
    async with app.open_async():
        await app.run_worker_async(
            queues=[QUEUE], concurrency=concurrency, wait=not until_idle, delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=not until_idle, listen_notify=not until_idle,
        )  # fmt: skip


def _app(engine: Engine) -> App:
    address = engine.database.url.set(drivername="postgresql")
    return App(connector=PsycopgConnector(conninfo=address.render_as_string(hide_password=False)))
