"""Successions: what still stands under the code of a unit that another one takes over, and its new place."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, exists, func, or_, select, update

from engine.persistence.models.clocks import SlaClock
from engine.persistence.models.identity import Unit
from engine.persistence.models.ledgers import LedgerRow
from engine.persistence.models.runtime import ProcessInstance
from engine.persistence.models.tasks import TaskCandidate, UserTask
from engine.persistence.repositories.base import Repository

_unit, _instance, _clock = Unit.__table__, ProcessInstance.__table__, SlaClock.__table__
_row, _task, _candidate = LedgerRow.__table__, UserTask.__table__, TaskCandidate.__table__
_ENDED = select(_instance.c.id).where(_instance.c.id == _row.c.instance_id, _instance.c.ended_at.is_not(None))


class Successions(Repository):
    """Open matters, rows, deadlines and offers of one unit."""

    def successors(self) -> dict[str, str]:
        """Give the units that were taken over, and by whom."""
        return dict(self._connection.execute(select(_unit.c.code, _unit.c.successor).where(_unit.c.successor.is_not(None))).all())

    def name(self, code: str, successor: str) -> None:
        """Write who takes a unit over, and that it is no longer in use."""
        self._connection.execute(update(_unit).where(_unit.c.code == code).values(successor=successor, active=False, edited=True))

    def matters(self, unit: str) -> Sequence[Row[Any]]:
        """Count a unit's matters under way by their process."""
        query = select(_instance.c.process_id, func.count().label("number")).where(*_running(unit))
        return self._connection.execute(query.group_by(_instance.c.process_id).order_by(_instance.c.process_id)).all()

    def rows(self, unit: str) -> Sequence[Row[Any]]:
        """Count a unit's rows that no finished matter wrote, by their ledger."""
        query = select(_row.c.ledger, func.count().label("number")).where(*_open_rows(unit))
        return self._connection.execute(query.group_by(_row.c.ledger).order_by(_row.c.ledger)).all()

    def deadlines(self, unit: str) -> int:
        """Count a unit's deadlines that run."""
        return int(self._connection.execute(select(func.count()).where(*_running_clocks(unit))).scalar_one())

    def offers(self, unit: str) -> dict[UUID, list[str]]:
        """Give the open pieces of work offered to groups of a unit, with everybody they are offered to."""
        offered = exists().where(_candidate.c.task_id == _task.c.id, _of(unit))
        query = select(_task.c.id, _task.c.candidates).where(_task.c.state == "open", offered)
        return {row.id: list(row.candidates) for row in self._connection.execute(query)}

    def move(self, old: str, new: str, offers: Mapping[UUID, list[str]]) -> None:
        """Write the new unit wherever something is still open; *offers* as :meth:`offers` gave them."""
        run = self._connection.execute
        run(update(_row).where(*_open_rows(old)).values(unit=new))
        run(update(_clock).where(*_running_clocks(old)).values(unit=new))
        run(update(_instance).where(*_running(old)).values(unit=new, revision=_instance.c.revision + 1))
        for task_id, candidates in offers.items():
            renamed = list(dict.fromkeys(_renamed(name, old, new) for name in candidates))
            run(update(_task).where(_task.c.id == task_id).values(candidates=renamed))
            held = set(run(select(_candidate.c.name).where(_candidate.c.task_id == task_id)).scalars())
            for name in sorted(held):
                to = _renamed(name, old, new)
                if to != name and to not in held:
                    run(update(_candidate).where(_candidate.c.task_id == task_id, _candidate.c.name == name).values(name=to))


def _renamed(name: str, old: str, new: str) -> str:
    return f"{name.removesuffix('@' + old)}@{new}" if name.endswith(f"@{old}") else name


def _of(unit: str) -> ColumnElement[bool]:
    return _candidate.c.name.endswith(f"@{unit}", autoescape=True)


def _running(unit: str) -> tuple[ColumnElement[bool], ...]:
    return _instance.c.unit == unit, _instance.c.ended_at.is_(None)


def _running_clocks(unit: str) -> tuple[ColumnElement[bool], ...]:
    return _clock.c.unit == unit, _clock.c.closed_at.is_(None)


def _open_rows(unit: str) -> tuple[ColumnElement[bool], ...]:
    return _row.c.unit == unit, or_(_row.c.instance_id.is_(None), ~_ENDED.exists())
