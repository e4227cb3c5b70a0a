"""What comes next: said before somebody hands in, read from the model."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine import definitions, kernel
from engine.bpmn.model import Element, Value
from engine.definitions import Loaded
from engine.feel import FeelError
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from engine.user_tasks import guards


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that may come next: its name, who gets it (logins and groups), and whether nothing else can come instead."""

    element_id: str
    name: str
    type: str
    who: tuple[str, ...]
    is_certain: bool


def next_steps(work: UnitOfWork, task_id: UUID, values: Mapping[str, object] | None = None) -> list[NextStep]:
    """Give the steps that handing in *values* leads to, and who would get them as things stand; the nearest first."""
    return following(work, *guards.found(work, task_id), values)


def following(work: UnitOfWork, task: Task, instance: Instance, values: Mapping[str, object] | None = None) -> list[NextStep]:
    """Give the next steps of a task that was looked up already."""
    definition = definitions.loaded(work, task.definition_id)
    if task.element_id not in definition.process.elements:
        return []
    seen = kernel.variables(definition.kernel, instance.kernel_state, task.element_key) if task.is_open else instance.variables
    context = _handed_on(definition, task.element_id, dict(seen) | task.local | dict(values or {}), work.now)
    steps = kernel.forecast(definition.process, task.element_id, context, definition.at(work.now))
    elements = definition.process.elements
    return [_step(work, definition, elements[step.element_id], context, step.is_certain) for step in steps]


def _handed_on(definition: Loaded, element_id: str, context: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Give what the process knows once the task's answers are mapped; what rests on an open question is not known."""
    known = dict(context)
    environment = definition.at(now)
    for line in definition.process.elements[element_id].outputs:
        asked = line.source.expression.names if line.source.expression is not None else frozenset()
        known.pop(line.target, None)
        if asked <= context.keys() | environment.functions.keys():
            with suppress(FeelError):
                known[line.target] = line.source.of(context, environment)
    return known


def _step(work: UnitOfWork, definition: Loaded, element: Element, context: Mapping[str, object], is_certain: bool) -> NextStep:
    held = element.assignment
    values = (held.assignee, held.candidate_users, held.candidate_groups) if held is not None else ()
    who = dict.fromkeys(name for value in values for name in _names(work, definition, value, context))
    return NextStep(element.id, element.name, element.type, tuple(who), is_certain)


def _names(work: UnitOfWork, definition: Loaded, value: Value | None, context: Mapping[str, object]) -> list[str]:
    try:
        found = definition.evaluate(value, context, work.now)
    except FeelError:
        return []
    if isinstance(found, str):
        return [name.strip() for name in found.split(",") if name.strip()]
    return [str(name) for name in found if name] if isinstance(found, list) else []
