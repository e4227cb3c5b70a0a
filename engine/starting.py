"""What starts processes without a person: messages, signals and timers of the active versions' start events."""

from typing import Any
from zoneinfo import ZoneInfo

from engine import definitions
from engine.bpmn import timers
from engine.bpmn.model import Element, Event, Value
from engine.bpmn.timers import TimerSchedule
from engine.definitions import Loaded
from engine.effects import Transition
from engine.effects.batch import job_row
from engine.persistence.keys import new_key
from engine.persistence.records import DefinitionRow, Job
from engine.persistence.work import UnitOfWork

ZONE = ZoneInfo("Asia/Shanghai")


def is_plain_start(element: Element) -> bool:
    """Say whether a process begins here when a person or another process starts it."""
    return element.type == "startEvent" and (element.event is None or element.event.kind == "none")


def arm(work: UnitOfWork, pack: str) -> None:
    """Let the active versions of a pack, and nothing older, start on their messages, signals and timers."""
    for process_id in work.definitions.process_ids(pack):
        active = work.definitions.find(process_id)
        work.subscriptions.close_starts(process_id)
        work.jobs.drop_of_definitions([row.id for row in work.definitions.versions(process_id) if not row.active])
        if active is not None:
            _arm(work, active)


def fire(work: UnitOfWork, job: Job) -> None:
    """Start the process whose timer is due, and set the timer again if it is a cycle; missed times are passed over."""
    if job.definition_id is None:
        return
    definition = definitions.loaded(work, job.definition_id)
    schedule = timers.next_due(TimerSchedule.decode(job.payload["schedule"]), work.now)
    if schedule is not None:
        _write(work, definition.row, job.element_id or "", schedule)
    transition = Transition(work)
    transition.begin(definition, {}, element_id=job.element_id)
    transition.run()


def _arm(work: UnitOfWork, row: DefinitionRow) -> None:
    definition = definitions.loaded(work, row.id)
    has_timer = work.jobs.has_start(row.id)
    subscriptions: list[dict[str, Any]] = []
    for root in definition.process.roots:
        element = definition.process.elements[root]
        for event in _triggers(element):
            if event.kind in ("message", "signal"):
                subscriptions.append(_subscription(work, definition, element, event))
            elif event.kind == "timer" and not has_timer:
                value = _text(work, definition, event.expression)
                _write(work, row, element.id, timers.due(event.timer or "date", value, work.now, ZONE))
    if subscriptions:
        work.subscriptions.add(subscriptions)


def _triggers(element: Element) -> tuple[Event, ...]:
    """Give what begins the process here: each part of a start event, or the message of an instantiating receive."""
    if element.event is None or not (element.type == "startEvent" or element.instantiate):
        return ()
    return element.event.parts or (element.event,)


def _subscription(work: UnitOfWork, definition: Loaded, element: Element, event: Event) -> dict[str, Any]:
    return {
        "id": new_key(), "kind": event.kind, "name": str(_text(work, definition, event.name)), "correlation_key": None,
        "instance_id": None, "definition_id": definition.row.id, "process_id": definition.row.process_id, "element_key": None,
        "element_id": element.id,
    }  # fmt: skip


def _text(work: UnitOfWork, definition: Loaded, value: Value | None) -> object:
    return definition.evaluate(value, {}, work.now)


def _write(work: UnitOfWork, row: DefinitionRow, element_id: str, schedule: TimerSchedule) -> None:
    payload = {"schedule": schedule.encode()}
    facts: dict[str, object] = {"definition_id": row.id, "element_id": element_id, "payload": payload, "retries": 3}
    work.jobs.add([job_row("start", "timer", schedule.due_at, **facts)])
