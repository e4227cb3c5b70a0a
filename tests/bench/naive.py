"""The naive way: plain SpiffWorkflow, its whole JSON read, run on and written at every step. No inbox, no history, no trail.

A start reads the JSON of a fresh instance, which stands with the process, so that no file is parsed. One table, kept as
one would keep it on this stack: a mapped class, a session for each step.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions import timer
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

from engine.persistence.database import connect


class Base(DeclarativeBase):
    """What is mapped here."""


class Row(Base):
    """An instance: its whole JSON, and when its timer is due."""

    __tablename__ = "naive_instance"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    due: Mapped[bool] = mapped_column(index=True)


class Tomorrow(datetime):
    """SpiffWorkflow's clock, a day ahead, so that what waits an hour is due."""

    @classmethod
    def now(cls, tz: Any = UTC) -> datetime:
        """Give tomorrow."""
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + 86400, tz)


class Naive:
    """One process, read once, and its instances as text."""

    def __init__(self, address: str, drawn: bytes) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(drawn))
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        fresh = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
        self._fresh = self._serializer.serialize_json(fresh)
        self._database = connect(address)
        self._sessions = sessionmaker(self._database)
        Base.metadata.create_all(self._database)

    def start(self, due: bool = False, **variables: Any) -> int:
        """Begin an instance."""
        workflow = self._serializer.deserialize_json(self._fresh)
        workflow.get_next_task(state=TaskState.READY).set_data(**variables)
        workflow.do_engine_steps()
        with self._sessions() as session:
            row = Row(state=self._serializer.serialize_json(workflow), due=due)
            session.add(row)
            session.flush()
            key = row.id
            session.commit()
        return key

    def ready(self, key: int) -> None:
        """Do nothing: what is ready is found in the instance itself."""

    def complete(self, key: int, **variables: Any) -> None:
        """Hand in the task that is ready."""
        with self._opened(key) as workflow:
            task = workflow.get_next_task(state=TaskState.READY, manual=True)
            task.set_data(**variables)
            task.run()
            workflow.do_engine_steps()

    def due(self) -> list[int]:
        """Give the instances whose timer is due."""
        with self._sessions() as session:
            return list(session.scalars(select(Row.id).where(Row.due).order_by(Row.id)))

    def fire(self, key: int) -> None:
        """Let the timer of an instance fire."""
        before, timer.datetime = timer.datetime, Tomorrow
        try:
            with self._opened(key) as workflow:
                workflow.refresh_timers()
                workflow.do_engine_steps()
        finally:
            timer.datetime = before

    def is_over(self, key: int) -> bool:
        """Say whether an instance has ended."""
        with self._opened(key) as workflow:
            return bool(workflow.is_completed())

    def close(self) -> None:
        """Let go of the database."""
        self._database.dispose()

    @contextmanager
    def _opened(self, key: int) -> Iterator[Any]:
        with self._sessions() as session:
            row = session.get_one(Row, key)
            workflow = self._serializer.deserialize_json(row.state)
            yield workflow
            row.state, row.due = self._serializer.serialize_json(workflow), False
            session.commit()
