"""Acting: one person does one task, through the same functions as the pages call."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from engine import definitions, ledgers, messages, user_tasks
from engine.errors import EngineError
from engine.feel import Environment
from engine.identity.actor import Actor
from engine.ledgers.reading import records
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.rehearsal.filling import Filled
from engine.rehearsal.papers import file_maker
from engine.rehearsal.script import Entry
from engine.rehearsal.values import Teller


class RowsRefused(EngineError):
    """{ledger} does not take what the script says: {faults}"""


@dataclass(slots=True)
class Scene:
    """One task about to be done: what is known of it, and the entry of the script that says how."""

    task: Task
    instance: Instance
    process_id: str
    key: str
    attempt: int
    entry: Entry
    seed_chance: float
    unnamed: list[str] = field(default_factory=list)
    plot: Mapping[str, str] | None = None

    @property
    def variables(self) -> dict[str, Any]:
        """What the task sees."""
        return self.instance.variables | self.task.local

    def facts(self) -> dict[str, object]:
        """What a script may know of the task."""
        task = self.task
        due = task.due_at.date().isoformat() if task.due_at else None
        return {"id": task.element_id, "process": self.process_id, "name": task.name, "unit": self.instance.unit, "due": due,
                "created": task.created_at.isoformat(), "holder": task.assignee, "attempt": self.attempt,
                "random": self.seed_chance}  # fmt: skip

    def context(self, **more: object) -> dict[str, object]:
        """Give the names an expression of the script may use."""
        unit = {"unit": self.instance.unit} if "unit" not in self.variables else {}
        return {**unit, **self.variables, "task": self.facts(), "plot": self.plot, **more}


def act(work: UnitOfWork, scene: Scene, actor: Actor, actor_facts: Mapping[str, object]) -> None:
    """Do the task as its entry says."""
    environment = ledgers.form_environment(work, definitions.loaded(work, scene.task.definition_id))
    files = file_maker(work, scene.variables, scene.facts())
    told = Teller(scene.key, scene.context(actor=dict(actor_facts)), environment, files).with_names(scene.entry.let)
    task_id, entry = scene.task.id, scene.entry
    if entry.do == "send_back":
        user_tasks.send_back(work, task_id, str(told.of(entry.to, "to")), str(told.of(entry.reason, "reason")))
    elif entry.do == "hand_over":
        user_tasks.hand_over(work, task_id, str(told.of(entry.to, "to")), str(told.of(entry.reason, "reason")))
    else:
        _fill_ledger(work, scene, told)
        values = {name: told.of(value, f"values.{name}") for name, value in entry.values.items()}
        filled = _handed_in(work, scene, environment, values)
        user_tasks.complete(work, task_id, filled, str(told.of(entry.opinion, "opinion") or ""))


def tell(work: UnitOfWork, scene: Scene) -> None:
    """Say to the process what the entry's message says."""
    environment = definitions.loaded(work, scene.task.definition_id).at(work.now)
    told = Teller(scene.key, scene.context(), environment).with_names(scene.entry.let)
    said = scene.entry.message or {}
    values = {name: told.of(value, f"message.{name}") for name, value in said.get("values", {}).items()}
    messages.publish(work, str(said["name"]), str(told.of(said["key"])), values)


def sign(work: UnitOfWork, task_id: UUID) -> None:
    """Sign for a task."""
    user_tasks.sign_for(work, task_id)


def _handed_in(work: UnitOfWork, scene: Scene, environment: Environment, values: Mapping[str, Any]) -> dict[str, object]:
    task = scene.task
    if task.form_id is None:
        return {}
    form = definitions.form(work, task.form_id, task.form_version)
    granted = task.properties.get("bpm:fieldAccess") or {}
    access = json.loads(granted) if isinstance(granted, str) else granted
    filled = Filled(work, form, scene.variables, environment, access)
    found = filled.with_values(task.name, values)
    scene.unnamed = [f"{scene.process_id}.{task.element_id}: {name}" for name in filled.unnamed]
    return found


def _fill_ledger(work: UnitOfWork, scene: Scene, told: Teller) -> None:
    entry, ledger_id = scene.entry, scene.task.properties.get("bpm:ledger")
    if not ledger_id or not (entry.rows or entry.edit):
        return
    ledger, held = ledgers.definition(work, str(ledger_id)), scene.task.properties.get("bpm:ledgerFilter") or {}
    found, _ = records(work, ledger, None, held)
    if entry.rows and not found:
        changes = [ledgers.change(ledger, values) for values in _new_rows(told, entry.rows)]
    elif entry.edit:
        where, new = str(entry.edit.get("where", "=true")), entry.edit.get("set", {})
        told_rows = [
            (record, told.knowing({"row": {**record.values, "state": record.state, "key": record.business_key}}))
            for record in found
        ]
        changes = [
            ledgers.change(
                ledger,
                {name: own.of(value, f"edit.{record.business_key}.{name}") for name, value in new.items()},
                record.id,
                record.revision,
            )
            for record, own in told_rows
            if own.feel(where) is True
        ]
    else:
        return
    saving = ledgers.save_rows(work, ledger.id, changes, held, granted=True)
    if saving.faults:
        faults = "; ".join(f"{place + 1}/{name}: {error}" for place, row in saving.faults.items() for name, error in row.items())
        raise RowsRefused(ledger=ledger.name, faults=faults)


def _new_rows(told: Teller, rows: Mapping[str, Any]) -> list[dict[str, object]]:
    table: Any = told.feel(f'=reference("{rows["table"]}")')
    fitting = [own for row in table if (own := told.knowing({"row": row})).feel(str(rows.get("where", "=true"))) is True]
    return [
        {name: own.of(value, f"rows.{place}.{name}") for name, value in rows["set"].items()} for place, own in enumerate(fitting)
    ]
