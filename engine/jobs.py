"""Jobs: timers, worker calls and reminders that are due, each done in a transaction of its own.

Whoever takes a job holds its lock for a while in real time; the row is removed in the transaction that does the work,
so that a job lost with its process is simply due again. What fails is tried again later, then becomes an incident.
"""

import os
import platform
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from engine import attachments, audit, cleaning, incidents, public_face
from engine.clock import ZONE, real_now
from engine.effects import Transition
from engine.effects.batch import job_row
from engine.errors import EngineError
from engine.kernel.errors import InstanceOver, NotWaiting
from engine.kernel.port import Command, CompleteElement, FireTimer, ThrowError
from engine.outbox.channels import ServerDown
from engine.outbox.delivering import deliver, digest, give_up, settle
from engine.persistence.records import Job
from engine.persistence.trouble import Trouble
from engine.persistence.work import UnitOfWork, is_race
from engine.workers import BusinessError, Result, run_worker

if TYPE_CHECKING:
    from engine.bootstrap import Engine

Handler = Callable[[UnitOfWork, Job], None]
A_WHILE = timedelta(minutes=1)
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
DRAFTS_KEPT = timedelta(days=90)
HOUSEKEEPING = UUID("00000000-0000-7000-8000-000000000001")
COUNTING = UUID("00000000-0000-7000-8000-000000000002")
END_OF_DAY = time(23, 50)
LONGEST_TRYING = 1_000_000


def schedule(work: UnitOfWork, kind: str, type_: str, due_at: datetime, **facts: Any) -> None:
    """Write a job of one of the engine's nouns; its handler was registered under *kind*."""
    work.jobs.add([job_row(kind, type_, due_at, **facts)])


def register(kind: str, handler: Handler) -> None:
    """Say who does the jobs of a kind."""
    HANDLERS[kind] = handler


def run_due(engine: "Engine", limit: int = 100, tally: Counter[str] | None = None) -> int:
    """Do the jobs that are due now, earliest first, at most *limit*; give how many were done or failed.

    *tally* counts them by kind.
    """
    with engine.work() as work:
        if not work.jobs.any_due(work.now, real_now()):
            return 0
    acquired = _acquire(engine, limit)
    if tally is not None:
        tally.update(job.kind for job in acquired)
    return len(acquired)


def run_one(engine: "Engine", job_id: UUID) -> bool:
    """Do one job if it is still there, due, and nobody else works on it; say whether it was."""
    return bool(_acquire(engine, 1, job_id))


def _acquire(engine: "Engine", limit: int, job_id: UUID | None = None) -> list[Job]:
    """Lock jobs that are due, do them, and give them."""
    owner = f"{_here()}{os.getpid()}:{threading.get_ident()}"
    until = real_now() + engine.settings.job_lock
    acquired = engine.run(lambda work: work.jobs.acquire(work.now, real_now(), owner, until, limit, job_id))
    for job in acquired:
        if real_now() < until:  # afterwards it may be somebody else's
            _run(engine, job, owner)
    return acquired


def _here() -> str:
    return f"{platform.node()}:"


def take_over(work: UnitOfWork) -> None:
    """Give back at once what processes of this machine had taken that are gone; of other machines' the lock runs out."""
    if work.is_embedded:
        work.jobs.release_all()
        return
    owners = [owner for owner in work.jobs.owners() if owner.startswith(_here())]
    for owner in owners:
        if not _lives(int(owner.removeprefix(_here()).partition(":")[0])):
            work.jobs.release_all(owner)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def next_due(work: UnitOfWork) -> datetime | None:
    """Give the moment the next job is due."""
    return work.jobs.next_due()


def _run(engine: "Engine", job: Job, owner: str) -> None:
    def action(work: UnitOfWork) -> None:
        # the row goes first: whoever cannot remove it any more has lost the job, or it was called off
        if work.jobs.take(job.id, owner):
            HANDLERS[job.kind](work, job)

    try:
        if job.kind in ERRANDS:
            ERRANDS[job.kind](engine, job)
        engine.run(action)
    except ServerDown:
        engine.run(lambda work: work.jobs.postpone(job.id, owner, work.now + A_WHILE))
    except Trouble:
        raise  # it says nothing of the job, which is due again when its lock runs out
    except Exception as error:  # whatever it was, it stays with its job
        if is_race(error):
            engine.run(lambda work: work.jobs.release(job.id, owner))
        else:
            _failed(engine, job, owner, error)


def _failed(engine: "Engine", job: Job, owner: str, error: Exception) -> None:
    def note(work: UnitOfWork) -> None:
        left = job.retries - 1
        again = work.now + min(FIRST_PAUSE * 4 ** min(job.failures, 10), LONGEST_PAUSE) if left > 0 else None
        if work.jobs.failed(job.id, owner, incidents.said(error), again) and again is None:
            incidents.open(work, job, error)
            if job.kind == "outbox":
                give_up(work, job)

    engine.run(note)


# --- what each kind of job means


def _timer(work: UnitOfWork, job: Job) -> None:
    _continue(work, job, FireTimer(job.element_key or ""))


def _service(work: UnitOfWork, job: Job) -> None:
    try:
        result = run_worker(work, job)
    except BusinessError as error:
        _continue(work, job, ThrowError(job.element_key or "", error.code, str(error), error.variables))
        return
    _continue(work, job, CompleteElement(job.element_key or "", result))


def _continue(work: UnitOfWork, job: Job, command: Command) -> None:
    """Give the command to the job's instance; one that has gone on without it has called the job off."""
    if job.instance_id is None:
        return
    transition = Transition(work)
    instance = transition.get(job.instance_id)
    if instance.has_ended:
        return
    try:
        transition.advance(instance, command)
    except (NotWaiting, InstanceOver):
        return
    transition.run()


def _start(work: UnitOfWork, job: Job) -> None:
    from engine import starting

    starting.fire(work, job)


def _clock(work: UnitOfWork, job: Job) -> None:
    from engine import ladder

    ladder.fire_step(work, job)


def _ladders(work: UnitOfWork, job: Job) -> None:
    from engine import ladder

    ladder.go_round(work, job)


def _keep_house(work: UnitOfWork, job: Job) -> None:
    audit.seal(work)
    work.messages.expire(work.now)
    work.drafts.drop_finished(work.now - DRAFTS_KEPT)
    work.user_tasks.forget_candidates()
    attachments.sweep(work)
    public_face.sweep(work)
    cleaning.begin(work)
    _schedule_housekeeping(work, work.now + work.settings.seal_every)


def _count(work: UnitOfWork, job: Job) -> None:
    from engine import indicators

    indicators.keep_day(work)
    _schedule_counting(work)


def _news(work: UnitOfWork, job: Job) -> None:
    from engine.intake import answers

    answers.prepare(work, job)


def _answer(work: UnitOfWork, job: Job) -> None:
    from engine.intake import answers

    answers.send(work, job)


def begin_counting(work: UnitOfWork) -> None:
    """See that what indicators come to is written down at the end of each day, from now on."""
    if work.jobs.find(COUNTING) is None:
        _schedule_counting(work)


def _schedule_counting(work: UnitOfWork) -> None:
    evening = datetime.combine(work.now.astimezone(ZONE).date(), END_OF_DAY, ZONE)
    due_at = evening if evening > work.now else evening + timedelta(days=1)
    schedule(work, "counting", "counting", due_at, id=COUNTING, retries=LONGEST_TRYING)


def begin_housekeeping(work: UnitOfWork) -> None:
    """See that the trail is sealed and what has run out is forgotten, now and from now on."""
    if work.jobs.find(HOUSEKEEPING) is None:
        _schedule_housekeeping(work, work.now)


def _schedule_housekeeping(work: UnitOfWork, due_at: datetime) -> None:
    # one key for ever, so that there is never a second one, whoever begins it
    schedule(work, "housekeeping", "housekeeping", due_at, id=HOUSEKEEPING, retries=LONGEST_TRYING)


ERRANDS: dict[str, Callable[["Engine", Job], None]] = {"outbox": deliver}
"""What is done outside the house, where no transaction reaches, before a job's handler writes down that it was."""

HANDLERS: dict[str, Handler] = {
    "outbox": settle,
    "digest": digest,
    "timer": _timer,
    "service": _service,
    "start": _start,
    "clock": _clock,
    "ladders": _ladders,
    "housekeeping": _keep_house,
    "counting": _count,
    "cleaning": cleaning.clean,
    "intake_news": _news,
    "intake_answer": _answer,
}

__all__ = ["BusinessError", "EngineError", "Result", "next_due", "register", "run_due", "run_one", "schedule"]
