"""The engine's way: the same process as a deployed one, with its rows for the inbox, the history and the trail."""

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from engine import jobs, process_instances, user_tasks
from engine.bootstrap import Engine
from engine.clock import SimulatedClock
from engine.kernel import live
from tests.conftest import EVERYTHING, person
from tests.engine.models import deploy

ANN = person("ann", "manager", "HQ", EVERYTHING)


class Ours:
    """One deployed process on an engine; its instances are told by number, as the naive ones are."""

    def __init__(self, engine: Engine, drawn: bytes) -> None:
        self.engine = engine
        live.forget()
        deploy(engine, drawn)
        self.keys: list[UUID] = []
        self._open: dict[UUID, list[UUID]] = {}

    def start(self, **variables: Any) -> int:
        """Begin an instance."""
        instance = self.engine.run(lambda work: process_instances.start(work, "p", variables), ANN)
        self.keys.append(instance.id)
        return len(self.keys) - 1

    def complete(self, number: int, **variables: Any) -> None:
        """Hand in the task that is open longest, as ``ready`` has seen."""
        task = self._open[self.keys[number]].pop()
        self.engine.run(lambda work: user_tasks.complete(work, task, variables), ANN)

    def ready(self, number: int) -> None:
        """See what is open in every instance, unless that is known of this one; a person has it from their page."""
        if self._open.get(self.keys[number]):
            return
        self._open = defaultdict(list)
        found = text("SELECT instance_id, id FROM user_task WHERE state = 'open' ORDER BY id DESC")
        with self.engine.database.connect() as connection:
            for instance, task in connection.execute(found):
                self._open[_key(instance)].append(_key(task))

    def is_over(self, number: int) -> bool:
        """Say whether an instance has ended."""
        with self.engine.work() as work:
            return process_instances.get(work, self.keys[number]).has_ended

    def close(self) -> None:
        """Let go of the database."""
        self.engine.close()

    def pass_hours(self, hours: int) -> None:
        """Move the clock on."""
        clock = self.engine.clock
        assert isinstance(clock, SimulatedClock), "only a simulated clock can be moved"
        clock.advance(timedelta(hours=hours))

    def fire(self, most: int) -> int:
        """Do jobs that are due; give how many there were."""
        return jobs.run_due(self.engine, most)

    def count(self, question: str) -> int:
        """Give the one number that *question* asks for."""
        with self.engine.database.connect() as connection:
            return int(connection.execute(text(question)).scalar_one())


def _key(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
