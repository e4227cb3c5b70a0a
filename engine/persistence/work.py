"""The unit of work: everything done inside its ``with`` block is saved in one commit, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from engine.persistence import trouble
from engine.persistence.cache import Cache
from engine.persistence.races import Raced, is_race
from engine.persistence.repositories.audit import Audit
from engine.persistence.repositories.changes import Changes
from engine.persistence.repositories.cleaning import Cleaning
from engine.persistence.repositories.clocks import SlaClocks
from engine.persistence.repositories.definitions import Definitions
from engine.persistence.repositories.files import Attachments
from engine.persistence.repositories.inbox import Inbox
from engine.persistence.repositories.indicators import Indicators
from engine.persistence.repositories.intake import Intake
from engine.persistence.repositories.jobs import Jobs
from engine.persistence.repositories.kept_out import KeptOutNames
from engine.persistence.repositories.ledgers import LedgerRows
from engine.persistence.repositories.letters import Letters
from engine.persistence.repositories.moves import Moves
from engine.persistence.repositories.notifications import Notifications
from engine.persistence.repositories.outbox import Outbox
from engine.persistence.repositories.people import People, Posts, Roles
from engine.persistence.repositories.phrases import Phrases
from engine.persistence.repositories.process_instances import ProcessInstances
from engine.persistence.repositories.public import PublicSide
from engine.persistence.repositories.runtime import Incidents, Messages, Milestones, NumberSeries, Subscriptions
from engine.persistence.repositories.sealed import Sealed
from engine.persistence.repositories.sessions import Sessions as SignIns
from engine.persistence.repositories.snapshots import Snapshots
from engine.persistence.repositories.stand_ins import StandIns
from engine.persistence.repositories.successions import Successions
from engine.persistence.repositories.tickets import Tickets
from engine.persistence.repositories.units import Units
from engine.persistence.repositories.urgings import Urgings
from engine.persistence.repositories.user_tasks import Drafts, ReadCopies, UserTasks
from engine.persistence.session import Sessions

if TYPE_CHECKING:
    from engine.identity.actor import Actor
    from engine.settings import Settings

__all__ = ["Raced", "UnitOfWork", "is_race"]


class UnitOfWork:
    """One transaction, who acts in it, and the repositories it is spoken to through.

    *cache* outlives it and holds deployed versions. *locking* makes its first look at a row take the row's lock.
    """

    def __init__(
        self,
        sessions: Sessions,
        actor: Actor,
        now: datetime,
        cache: Cache,
        settings: Settings,
        locking: bool = False,
        reader: Callable[[UnitOfWork], frozenset[str]] | None = None,
    ) -> None:
        self._sessions = sessions
        self.session = sessions()
        self.actor = actor
        self.now = now
        self.cache = cache
        self.settings = settings
        self.locking = locking
        self._named = reader
        self.wake: Callable[[datetime], None] | None = None
        self._before_commit: list[Callable[[UnitOfWork], None]] = []
        self._after_commit: list[Callable[[], None]] = []
        self._at_end: list[Callable[[], None]] = []

    def __enter__(self) -> Self:
        if self.locking and self.is_embedded:
            with trouble.told():
                self.session.connection().exec_driver_sql("BEGIN IMMEDIATE")
        return self

    def __exit__(self, error_type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if error_type is None:
                with trouble.told():
                    for write in self._before_commit:
                        write(self)
                with trouble.told(saving=True):
                    self.session.commit()
            trouble.raise_told(error)
        finally:
            self.session.close()
            for hook in self._at_end:
                hook()
        if error_type is None:
            self._tell()

    def _tell(self) -> None:
        """Call the hooks, and whoever wakes jobs if one was written."""
        for hook in self._after_commit:
            hook()
        written = self.__dict__.get("jobs")
        if self.wake is not None and written is not None and written.earliest is not None:
            self.wake(written.earliest)

    def anew(self) -> UnitOfWork:
        """Give another unit of work of the same actor, for a hook that has to note what came of it."""
        return UnitOfWork(self._sessions, self.actor, self.now, self.cache, self.settings)

    @property
    def is_embedded(self) -> bool:
        """Whether this process is alone with its database."""
        return self.session.get_bind().dialect.name == "sqlite"

    def at_end(self, hook: Callable[[], None]) -> None:
        """Call *hook* when this is over, whether anything has been saved or not."""
        self._at_end.append(hook)

    def before_commit(self, hook: Callable[[UnitOfWork], None]) -> None:
        """Call *hook* when everything is written, in the same transaction."""
        self._before_commit.append(hook)

    def after_commit(self, hook: Callable[[], None]) -> None:
        """Call *hook* once everything has been saved."""
        self._after_commit.append(hook)

    @cached_property
    def reader(self) -> frozenset[str]:
        """The names under which whoever acts is kept out of matters; the engine itself has none."""
        return self._named(self) if self._named is not None else frozenset()

    # --- repositories, made when first asked for

    @cached_property
    def definitions(self) -> Definitions:
        return Definitions(self.session, self.reader)

    @cached_property
    def changes(self) -> Changes:
        return Changes(self.session)

    @cached_property
    def process_instances(self) -> ProcessInstances:
        return ProcessInstances(self.session, self.reader)

    @cached_property
    def moves(self) -> Moves:
        return Moves(self.session, self.reader)

    @cached_property
    def user_tasks(self) -> UserTasks:
        return UserTasks(self.session, self.reader)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.session, self.reader)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.session)

    @cached_property
    def read_copies(self) -> ReadCopies:
        return ReadCopies(self.session, self.reader)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.session)

    @cached_property
    def tickets(self) -> Tickets:
        return Tickets(self.session)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        return Subscriptions(self.session)

    @cached_property
    def messages(self) -> Messages:
        return Messages(self.session)

    @cached_property
    def incidents(self) -> Incidents:
        return Incidents(self.session, self.reader)

    @cached_property
    def milestones(self) -> Milestones:
        return Milestones(self.session, self.reader)

    @cached_property
    def numbers(self) -> NumberSeries:
        return NumberSeries(self.session)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.session, self.reader)

    @cached_property
    def units(self) -> Units:
        return Units(self.session)

    @cached_property
    def people(self) -> People:
        return People(self.session)

    @cached_property
    def posts(self) -> Posts:
        return Posts(self.session)

    @cached_property
    def successions(self) -> Successions:
        return Successions(self.session)

    @cached_property
    def stand_ins(self) -> StandIns:
        return StandIns(self.session)

    @cached_property
    def roles(self) -> Roles:
        return Roles(self.session)

    @cached_property
    def phrases(self) -> Phrases:
        return Phrases(self.session)

    @cached_property
    def kept_out(self) -> KeptOutNames:
        return KeptOutNames(self.session)

    @cached_property
    def sealed(self) -> Sealed:
        return Sealed(self.session)

    @cached_property
    def sessions(self) -> SignIns:
        return SignIns(self.session)

    @cached_property
    def clocks(self) -> SlaClocks:
        return SlaClocks(self.session, self.reader)

    @cached_property
    def notifications(self) -> Notifications:
        return Notifications(self.session, self.reader)

    @cached_property
    def ledger_rows(self) -> LedgerRows:
        return LedgerRows(self.session, self.reader)

    @cached_property
    def indicators(self) -> Indicators:
        return Indicators(self.session, self.reader)

    @cached_property
    def urgings(self) -> Urgings:
        return Urgings(self.session, self.reader)

    @cached_property
    def snapshots(self) -> Snapshots:
        return Snapshots(self.session, self.reader)

    @cached_property
    def public_side(self) -> PublicSide:
        return PublicSide(self.session)

    @cached_property
    def intake(self) -> Intake:
        return Intake(self.session)

    @cached_property
    def attachments(self) -> Attachments:
        return Attachments(self.session, self.reader)

    @cached_property
    def cleaning(self) -> Cleaning:
        return Cleaning(self.session)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.session)

    @cached_property
    def letters(self) -> Letters:
        return Letters(self.session)
