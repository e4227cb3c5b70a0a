"""The ladder of a deadline: reminders before it, urging after it, and orders that are prepared for a signature.

A step tells people or publishes a message that the pack names; what becomes of an order is a process of the pack.
Steps fall due in the mornings, so that each pack needs one job: a round, which makes jobs of the steps that are due.
A deadline that is met in time costs no job at all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from engine import definitions, messages, notifications
from engine.clock import ZONE
from engine.clocks import ladder_of, moment, next_step
from engine.effects.batch import job_row
from engine.packs import LadderStep, Pack
from engine.persistence.records import Job, Task
from engine.persistence.repositories.clocks import ClockRow
from engine.persistence.work import UnitOfWork

ROUND, STEP = "ladders", "clock"
LONGEST_TRYING = 1_000_000


def begin_rounds(work: UnitOfWork, pack_key: str) -> None:
    """See that a pack that declares ladders has its round each morning from now on."""
    last = work.definitions.last_deployment(pack_key)
    if last is None or "pack.toml" not in work.definitions.paths(last.id):
        return
    pack = definitions.pack(work, pack_key)
    if any(sla.ladder for sla in pack.slas) and work.jobs.find(_round_key(pack_key)) is None:
        _schedule_round(work, pack_key, pack)


def go_round(work: UnitOfWork, job: Job) -> None:
    """Make a job of each step that is due, so that one that fails holds up no other, and come back next morning."""
    pack_key = str(job.subject)
    pack = definitions.pack(work, pack_key)
    due = work.clocks.steps_due(pack_key, work.now)
    steps = [row for clock in due for row in _steps(work, pack, clock)]
    if steps:
        work.jobs.add(steps)
    if due:
        work.clocks.stepped([(clock, next_step(pack, clock, work.now)) for clock in due])
    if any(sla.ladder for sla in pack.slas):
        _schedule_round(work, pack_key, pack)


def _steps(work: UnitOfWork, pack: Pack, clock: ClockRow) -> Iterator[dict[str, Any]]:
    retries = work.settings.job_retries
    for step in ladder_of(pack, clock):
        due_at = moment(pack, clock, step)
        if clock.next_step is not None and clock.next_step <= due_at <= work.now:
            payload = {"offset": step.offset, "kind": step.kind, "retries": retries}
            yield job_row(
                STEP, "ladder", due_at, instance_id=clock.instance_id, subject=str(clock.id), payload=payload, retries=retries
            )


def _schedule_round(work: UnitOfWork, pack_key: str, pack: Pack) -> None:
    morning = datetime.combine(work.now.astimezone(ZONE).date(), pack.ladder_time, ZONE)
    due_at = morning if morning > work.now else morning + timedelta(days=1)
    row = job_row(ROUND, ROUND, due_at, subject=pack_key, retries=LONGEST_TRYING)
    # one key for ever, so that there is never a second one, whoever begins it
    work.jobs.add([row | {"id": _round_key(pack_key)}])


def _round_key(pack_key: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{ROUND}:{pack_key}")


def fire_step(work: UnitOfWork, job: Job) -> None:
    """Do the step of a ladder that is due; nothing happens when its clock has stopped or the pack no longer has the step."""
    clock = work.clocks.find(UUID(job.subject)) if job.subject else None
    if clock is None or clock.closed_at is not None or clock.paused_on is not None:
        return
    pack = definitions.pack(work, clock.pack)
    step = _step(pack, clock, job.payload)
    if step is None or _superseded(work, pack, clock, step):
        return

    clock = _of_today(work, clock)
    facts = _facts(work, pack, clock)
    if step.kind == "order":
        _prepare_order(work, step, clock, facts)
    else:
        _tell(work, pack, step, clock, facts)


def _of_today(work: UnitOfWork, clock: ClockRow) -> ClockRow:
    """Give a matter's own clock as it concerns the unit that has the matter now, which may not be the one it began with."""
    instance = work.process_instances.find(clock.instance_id) if clock.element_key is None else None
    return clock if instance is None or instance.unit is None else replace(clock, unit=instance.unit)


def _step(pack: Pack, clock: ClockRow, payload: dict[str, Any]) -> LadderStep | None:
    said = (payload["offset"], payload["kind"])
    return next((step for step in ladder_of(pack, clock) if (step.offset, step.kind) == said), None)


def _superseded(work: UnitOfWork, pack: Pack, clock: ClockRow, step: LadderStep) -> bool:
    """Say whether a reminder comes so late that a later step of the ladder is due as well: one word is enough then."""
    ladder = pack.sla(clock.code).ladder
    later = [other for other in ladder if other.offset > step.offset and moment(pack, clock, other) <= work.now]
    return step.kind == "remind" and bool(later)


def _tell(work: UnitOfWork, pack: Pack, step: LadderStep, clock: ClockRow, facts: dict[str, object]) -> None:
    tasks = _open_tasks(work, clock)
    excluded = {login for task in tasks for login in task.excluded}
    event = f"clock:{clock.id}:{clock.due}:{step.kind}:{step.offset}"
    body = _filled(pack.texts.get(step.body, ""), facts) if step.body else ""
    link = f"task:{tasks[0].id}" if len(tasks) == 1 else f"instance:{clock.instance_id}"
    recipients = _recipients(work, step.to, clock, tasks)
    notifications.notify(work, recipients, event, _filled(step.title, facts), body, link, step.kind, excluded)
    if step.kind == "urge":
        work.clocks.urge(clock.id)


def _prepare_order(work: UnitOfWork, step: LadderStep, clock: ClockRow, facts: dict[str, object]) -> None:
    names = ("subject", "due", "overdue")
    variables = {name: facts[name] for name in names} | {
        "instance": str(clock.instance_id), "business_key": clock.business_key, "unit": clock.unit, "sla": clock.code,
    }  # fmt: skip
    matter = work.process_instances.find(clock.instance_id)
    messages.publish(work, step.message, clock.business_key or str(clock.instance_id), variables, about=matter)


def _recipients(work: UnitOfWork, to: Iterable[str], clock: ClockRow, tasks: list[Task]) -> Iterator[str]:
    for recipient in to:
        role, _, unit = recipient.partition("@")
        if recipient == "assignee":
            for task in tasks:
                yield from [task.assignee] if task.assignee else task.candidates
        elif unit == "parent":
            above = work.units.find(clock.unit) if clock.unit else None
            if above and above.parent:
                yield f"{role}@{above.parent}"
        elif unit or clock.unit:
            yield f"{role}@{unit or clock.unit}"


def _open_tasks(work: UnitOfWork, clock: ClockRow) -> list[Task]:
    tasks = [task for task in work.user_tasks.of_instance(clock.instance_id) if task.is_open]
    return [task for task in tasks if clock.element_key is None or task.element_key == clock.element_key]


def _facts(work: UnitOfWork, pack: Pack, clock: ClockRow) -> dict[str, object]:
    unit = work.units.find(clock.unit) if clock.unit else None
    remaining = pack.calendar().count_workdays(work.now.date(), clock.due)
    return {
        "subject": clock.subject,
        "unit": unit.short_name if unit else clock.unit or "",
        "due": clock.due.isoformat(),
        "due_month": clock.due.month,
        "due_day": clock.due.day,
        "sla": pack.sla(clock.code).name,
        "remaining": max(0, remaining),
        "overdue": max(0, -remaining),
        "business_key": clock.business_key or "",
    }


def _filled(text: str, facts: dict[str, object]) -> str:
    """Fill the places of a text; one the engine does not know stays as it is written."""
    return text.format_map(_Known(facts))


class _Known(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
