"""Wiring: from settings to an engine that runs. The only place that knows every part."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from engine.clock import Clock, ShiftedClock, SystemClock
from engine.identity import recusal
from engine.identity.actor import SYSTEM, Actor
from engine.outbox.delivering import Composer, plain
from engine.persistence import counting, database, migrations, trouble
from engine.persistence.cache import Cache
from engine.persistence.repositories.definitions import Definitions
from engine.persistence.work import UnitOfWork, is_race
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.scheduler import Scheduler

T = TypeVar("T")
ATTEMPTS = 5
LOOK_AGAIN = 2.0


class Engine:
    """A running engine: units of work on one database, one clock, one scheduler."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.cache = Cache()
        self.database = database.connect(settings.database_url)
        self._sessions = database.sessions(self.database)
        self.composer: Composer = plain
        self._scheduler: Scheduler | None = None
        self._tickets = _tickets(settings)
        self._looked_at, self._generation = 0.0, ""

    @property
    def scheduler(self) -> Scheduler:
        """What wakes jobs inside this process."""
        if self._scheduler is None:
            from engine.scheduler import Scheduler

            self._scheduler = Scheduler(self)
        return self._scheduler

    def work(self, actor: Actor = SYSTEM, locking: bool = False) -> UnitOfWork:
        """Open a unit of work in which *actor* acts."""
        self._notice_deployments()
        work = UnitOfWork(self._sessions, actor, self.clock.now(), self.cache, self.settings, locking, recusal.reader)
        work.wake = self._wake
        if self._tickets is not None:
            work.before_commit(self._tickets)
        return work

    def run(self, action: Callable[[UnitOfWork], T], actor: Actor = SYSTEM) -> T:
        """Do *action* in a unit of work of its own; when somebody else changed the same rows meanwhile, do it again.

        Every action that changes something goes through here: of several people who hand in parallel
        tasks of one instance at once, each succeeds. *action* may run more than once and must have no other effect.
        """
        for attempt in range(ATTEMPTS):
            try:
                with self.work(actor, locking=attempt > 0) as work:
                    return action(work)
            except Exception as error:
                if attempt + 1 == ATTEMPTS or not is_race(error):
                    raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Stop the scheduler and let go of the database."""
        if self._scheduler is not None:
            self._scheduler.stop()
        self.database.dispose()

    def _notice_deployments(self) -> None:
        """Read everything again when another process has deployed something; an embedded database has no other process."""
        if self.database.dialect.name == "sqlite" or time.monotonic() - self._looked_at < LOOK_AGAIN:
            return
        self._looked_at = time.monotonic()
        with counting.uncounted(), trouble.told(), self._sessions() as session:
            generation = Definitions(session).generation()
        if generation != self._generation:
            self._generation = generation
            self.cache.clear()

    def _wake(self, due_at: datetime) -> None:
        if self._scheduler is not None:
            self._scheduler.expect(due_at)


def _tickets(settings: Settings) -> Callable[[UnitOfWork], None] | None:
    """Give what tells workers of other processes about jobs, where there are any."""
    if not settings.workers:
        return None
    from engine.scheduler import workers

    return workers.write_tickets


def build(settings: Settings, clock: Clock | None = None) -> Engine:
    """Make an engine; its database must have been migrated."""
    if clock is None:
        clock = ShiftedClock(settings.clock_start) if settings.clock_start else SystemClock()
    return Engine(settings, clock)


def migrate(settings: Settings) -> None:
    """Bring the database to the newest tables, creating it where there is none; refuse one that is not ours or damaged."""
    if settings.database is None:
        settings.data.mkdir(parents=True, exist_ok=True)
    migrations.upgrade(settings.database_url)
