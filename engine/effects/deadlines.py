"""SLA clocks that processes and user tasks declare: opened when they begin, closed when they end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from engine.bpmn.model import Element
from engine.definitions import Loaded
from engine.effects.batch import Place
from engine.kernel.port import UserTaskCreated
from engine.persistence.records import Instance

if TYPE_CHECKING:
    from engine import clocks
    from engine.effects.transition import Transition

SLA = "bpm:sla"
CLOCK = "clock"


def open_for_instance(transition: Transition, instance: Instance, definition: Loaded) -> None:
    """Note the clock a process declares."""
    if SLA in definition.process.properties:
        transition.clocks_to_open.append((instance.id, None, None))


def open_for_task(transition: Transition, instance: Instance, definition: Loaded, effect: UserTaskCreated) -> datetime | None:
    """Note the clock a user task declares; give when the task is due by it, unless the task says so itself."""
    from engine import clocks

    code = effect.properties.get(SLA)
    if not code:
        return effect.due_at
    transition.clocks_to_open.append((instance.id, effect.element_key, effect))
    if effect.due_at is not None:
        return effect.due_at
    due = clocks.due_date(transition.work, definition.row.pack, str(code), transition.work.now.date())
    return clocks.end_of(due) if due is not None else None


def close_for_element(transition: Transition, instance: Instance, definition: Loaded, element_id: str, key: str) -> None:
    """Note that the clock of an element ends with it."""
    element = definition.process.elements.get(element_id)
    if element is not None and SLA in element.properties:
        transition.clocks_to_close.setdefault(instance.id, set()).add(key)


def close_for_instance(transition: Transition, instance: Instance, definition: Loaded) -> None:
    """Note that the clocks of an instance end with it, whether the process declares one or its clock tasks began them."""
    if SLA in definition.process.properties or any(_is_clock(found) for found in definition.process.elements.values()):
        transition.clocks_to_close.setdefault(instance.id, set()).add(None)


def _is_clock(element: Element) -> bool:
    return element.job_type is not None and element.job_type.text == CLOCK


def settle(transition: Transition) -> None:
    """Collect the clocks that were noted for writing, once titles, units and keys are known."""
    from engine import clocks

    batch = transition.batch
    closing, transition.clocks_to_close = transition.clocks_to_close, {}
    opening, transition.clocks_to_open = transition.clocks_to_open, []
    live = [found for found in opening if not _is_closed(closing, found[0], found[1])]
    for found in live:
        clock = clocks.planned(transition.work, _opening(transition, *found))
        if clock is not None:
            batch.clocks.append(clock)
    for instance_id, keys in closing.items():
        batch.closed_clocks += [(instance_id, None)] if None in keys else [(instance_id, key) for key in keys]


def follow(transition: Transition, rescheduled: Mapping[Place, datetime | None]) -> None:
    """Move the clocks of tasks that are due at another moment now."""
    from engine import clocks

    if rescheduled:
        clocks.reset(transition.work, {place: due.date() for place, due in rescheduled.items() if due is not None})


def _is_closed(closing: dict[UUID, set[str | None]], instance_id: UUID, key: str | None) -> bool:
    return key in closing.get(instance_id, ()) or None in closing.get(instance_id, ())


def _opening(transition: Transition, instance_id: UUID, key: str | None, effect: UserTaskCreated | None) -> clocks.Opening:
    from engine import clocks, definitions

    instance = transition.instances[instance_id]
    definition = definitions.loaded(transition.work, instance.definition_id)
    declared = definition.process.properties.get(SLA)
    code = effect.properties[SLA] if effect else definition.evaluate(declared, instance.variables, transition.work.now)
    return clocks.Opening(
        definition.row.pack, str(code), instance.id, _subject(instance, effect), instance.unit, instance.business_key, key,
        None, effect.due_at.date() if effect and effect.due_at else None,
    )  # fmt: skip


def _subject(instance: Instance, effect: UserTaskCreated | None) -> str:
    return f"{instance.title} · {effect.name}" if effect else instance.title
