"""The pack on a real engine, with people who act in their posts."""

import atexit
import shutil
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from engine import bootstrap, deployments, jobs, ledgers, process_instances, user_tasks
from engine.clock import SimulatedClock
from engine.identity import posts
from engine.identity.actor import Actor
from engine.identity.importing import import_pack
from engine.persistence.records import Instance
from engine.persistence.repositories.inbox import InboxFilters, InboxRow
from engine.persistence.work import UnitOfWork
from engine.settings import Settings
from tests.packs.stage import KEY, files, pack


@cache
def _deployed(at: datetime) -> Path:
    """Deploy the pack on a day, once; every town of that day is a copy."""
    folder = Path(mkdtemp(prefix="town-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = Settings(data=folder)
    bootstrap.migrate(settings)
    engine = bootstrap.build(settings, SimulatedClock(at))
    engine.run(lambda work: deployments.deploy(work, KEY, files()))
    engine.run(lambda work: import_pack(work, pack()))
    engine.close()
    return folder


class Town:
    """The pack deployed on a day, and what its people do there."""

    def __init__(self, folder: Path, at: datetime, **ways: str) -> None:
        shutil.copytree(_deployed(at), folder, dirs_exist_ok=True)
        self.clock = SimulatedClock(at)
        self.engine = bootstrap.build(Settings(data=folder, **ways), self.clock)  # type: ignore[arg-type]

    def actor(self, login: str, role: str) -> Actor:
        """Let somebody act in the post with a role."""
        with self.engine.work() as work:
            post = next(post for post in posts.current(work, login) if post.role == role)
            return posts.actor_for(work, login, post.id)

    def holder(self, role: str, unit: str) -> Actor:
        """Let the first holder of a post act in it."""
        row = next(row for row in pack().reference("posts") if (row["role"], row["unit"]) == (role, unit))
        return self.actor(row["login"], role)

    def start(self, actor: Actor, process_id: str, **values: object) -> Instance:
        """Begin a process, and let the workers do their part."""
        instance = self.engine.run(lambda work: process_instances.start(work, process_id, values), actor)
        self.settle()
        return instance

    def settle(self) -> None:
        """Let the workers do everything that is due."""
        while jobs.run_due(self.engine):
            pass

    def todo(self, actor: Actor, name: str) -> InboxRow:
        """Give the only step of that name that waits for somebody."""
        with self.engine.work(actor) as work:
            tabs = [user_tasks.inbox(work, tab, InboxFilters(), size=500).rows for tab in ("todo", "to_sign")]
        found = [row for rows in tabs for row in rows]
        assert name in [row.name for row in found], ([row.name for row in found], self.failures())
        [task] = [row for row in found if row.name == name]
        return task

    def do(self, actor: Actor, name: str, rows: list[Mapping[str, object]] | None = None, **values: object) -> None:
        """Do the step of that name, its grid filled with *rows*."""
        task = self.todo(actor, name)
        self.engine.run(lambda work: user_tasks.sign_for(work, task.id) if task.sign_for else None, actor)
        if rows is not None:
            self.engine.run(lambda work: self._fill(work, task, rows), actor)
        self.engine.run(lambda work: user_tasks.complete(work, task.id, values, "同意。"), actor)
        self.settle()

    def _fill(self, work, task, rows):  # type: ignore[no-untyped-def]
        properties = user_tasks.get(work, task.id).properties
        ledger = ledgers.definition(work, properties["bpm:ledger"])
        held, known = properties["bpm:ledgerFilter"], {row.values["item_no"]: row for row in self._held(work, ledger, properties)}
        changes = []
        for row in rows:
            found = known.get(row["item_no"])
            changes.append(ledgers.change(ledger, row, found.id, found.revision) if found else ledgers.change(ledger, row))
        saving = ledgers.save_rows(work, ledger.id, changes, held, granted=True)
        assert not saving.faults, saving.faults

    def _held(self, work, ledger, properties):  # type: ignore[no-untyped-def]
        from engine.ledgers.reading import records

        return records(work, ledger, None, properties["bpm:ledgerFilter"])[0]

    def add(self, actor: Actor, ledger_id: str, values: Mapping[str, object]) -> None:
        """Write a row of a ledger outside any step."""

        def save(work: UnitOfWork) -> None:
            ledger = ledgers.definition(work, ledger_id)
            saving = ledgers.save_rows(work, ledger_id, [ledgers.change(ledger, values)])
            assert not saving.faults, saving.faults

        self.engine.run(save, actor)

    def rows(self, ledger: str) -> list[dict[str, object]]:
        """Give the rows of a ledger with their state."""
        with self.engine.work() as work:
            return [
                dict(row.values) | {"state": row.state, "unit": row.unit} for row in ledgers.rows(work, ledger, size=500).rows
            ]

    def failures(self) -> list[str]:
        """Tell what failed."""
        with self.engine.work() as work:
            return [row.message for row in work.incidents.unresolved().rows]
