"""Waking jobs inside one process: one appointment, for the job that is due next, made anew after every commit that made jobs."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from engine import jobs, ladder
from engine.persistence.work import UnitOfWork

if TYPE_CHECKING:
    from engine.bootstrap import Engine

log = logging.getLogger(__name__)
WAKE = "wake"
LONGEST_SLEEP, PAUSE = timedelta(minutes=1), timedelta(seconds=5)
MOST_AT_ONCE = 100


class Scheduler:
    """One background thread that sleeps until the next job is due; the job rows are the truth, this only wakes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._background: BackgroundScheduler | None = None
        self._appointment: datetime | None = None

    def start(self) -> None:
        """Begin to wake jobs; those that fell due while nobody was there, or were cut off at work, are done first."""
        self._engine.run(_take_over)
        # one standing appointment that is only ever moved; a second may queue behind the one at work
        background = BackgroundScheduler(executors={"default": ThreadPoolExecutor(1)}, timezone=UTC)
        background.start()
        standing = {"id": WAKE, "coalesce": True, "misfire_grace_time": None, "max_instances": 3}
        background.add_job(
            self._wake, "interval", seconds=LONGEST_SLEEP.total_seconds(), next_run_time=datetime.now(UTC), **standing
        )
        self._background = background

    def stop(self) -> None:
        """Finish the job at hand and wake no more."""
        background, self._background = self._background, None
        if background is not None:
            background.shutdown(wait=True)

    def expect(self, due_at: datetime) -> None:
        """Wake for a job that is due at this moment of the engine's clock, unless there is an earlier appointment."""
        seconds = self._engine.clock.seconds_until(due_at)
        if self._background is None or seconds is None:
            return
        moment = datetime.now(UTC) + min(timedelta(seconds=seconds), LONGEST_SLEEP)
        with self._lock:
            if self._appointment is not None and self._appointment <= moment:
                return
        self._appoint(moment)

    def arm(self) -> None:
        """See when the next job is due."""
        try:
            with self._engine.work() as work:
                due = jobs.next_due(work)
        except Exception:
            log.exception("The next due job could not be looked up; it is looked up again in %s.", LONGEST_SLEEP)
            due = None
        if due is not None:
            self.expect(due)

    def _appoint(self, moment: datetime) -> None:
        background = self._background
        if background is None:
            return
        with self._lock:
            self._appointment = moment
        try:
            background.modify_job(WAKE, next_run_time=moment)
        except JobLookupError:
            log.info("The scheduler is being stopped; what is due is done at the next start.")

    def _wake(self) -> None:
        with self._lock:
            self._appointment = None
        try:
            while self._background is not None and jobs.run_due(self._engine, MOST_AT_ONCE):
                pass
        except Exception:
            log.exception("Due jobs could not be done; they are tried again in %s.", PAUSE)
            self._appoint(datetime.now(UTC) + PAUSE)
            return
        self.arm()


def _take_over(work: UnitOfWork) -> None:
    jobs.take_over(work)
    jobs.begin_housekeeping(work)
    for pack in work.definitions.packs():
        ladder.begin_rounds(work, pack)
