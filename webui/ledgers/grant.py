"""Why somebody may change a ledger here: their role says so, or the task they hold shows this list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask import request, url_for

from engine import ledgers, user_tasks
from engine.ledgers import Ledger
from engine.ledgers.errors import NotYourLedger
from engine.persistence.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Grant:
    """What may be done with which part of a ledger, and where to go back to."""

    ledger: Ledger
    view_id: str = ""
    task_id: UUID | None = None
    filter: Mapping[str, object] = field(default_factory=dict)
    may_edit: bool = False

    @property
    def by_task(self) -> bool:
        """The right comes with a task."""
        return self.task_id is not None and self.may_edit

    @property
    def back(self) -> str:
        """The page this list is worked on from."""
        if self.task_id is not None:
            return url_for("tasks.show", task_id=self.task_id) + "#ledger"
        return url_for("ledgers.show", ledger_id=self.ledger.id, view=self.view_id or None)

    def link(self, endpoint: str, **values: object) -> str:
        """Give the address of a page of this ledger that keeps the grant."""
        return url_for(f"ledgers.{endpoint}", ledger_id=self.ledger.id, view=self.view_id or None, task=self.task_id, **values)  # type: ignore[arg-type]

    def require(self) -> None:
        """Refuse whoever may only read."""
        if not self.may_edit:
            raise NotYourLedger(ledger=self.ledger.name)


def grant(work: UnitOfWork, ledger_id: str) -> Grant:
    """Read from the address whether a task stands behind the request."""
    task_id = request.args.get("task", type=UUID)
    if task_id is not None:
        return of_task(work, user_tasks.view(work, task_id), ledger_id)
    ledger = ledgers.definition(work, ledger_id)
    return Grant(ledger, request.args.get("view", ""), None, {}, ledgers.may_edit(work, ledger))


def of_task(work: UnitOfWork, desk: user_tasks.TaskView, ledger_id: str) -> Grant:
    """Say what a task lets its person do with the list it shows."""
    task = desk.task
    if task.properties.get("bpm:ledger") != ledger_id:
        raise NotYourLedger(ledger=ledger_id)
    filter = task.properties.get("bpm:ledgerFilter")
    may_work = (desk.is_mine or desk.is_offered) and not (task.sign_for and task.signed_at is None)
    may_edit = may_work and task.properties.get("bpm:ledgerMode", "read") == "edit"
    view_id = str(task.properties.get("bpm:ledgerView") or "")
    return Grant(ledgers.definition(work, ledger_id), view_id, task.id, filter if isinstance(filter, dict) else {}, may_edit)
