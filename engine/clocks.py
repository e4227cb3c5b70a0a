"""SLA clocks: deadlines of instances and tasks, counted by a pack's rules, that can pause, be extended and light up.

The day a thing is received is not counted. What happens before and after the date is the ladder's (``engine.ladder``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from engine import audit, definitions
from engine.calendar import Calendar, add_months
from engine.clock import ZONE
from engine.effects.batch import job_row
from engine.errors import EngineError
from engine.packs import LadderStep, Light, Lights, Pack, Sla
from engine.persistence.keys import new_key
from engine.persistence.repositories.clocks import ClockRow
from engine.persistence.work import Raced, UnitOfWork

JOB = "clock"


class DueDateMissing(EngineError):
    """The deadline {code} has a fixed date, which the process must give."""


class NoSuchClock(EngineError):
    """This deadline is not running any more."""

    kind = "missing"


class ExtensionsUsedUp(EngineError):
    """{name} may be extended {allowed} times and has been."""


class ExtensionTooLong(EngineError):
    """{name} may be extended until {latest} at most, and not backwards."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a clock is opened for; without *start* it starts today, and *due* wins over the rule."""

    pack: str
    code: str
    instance_id: UUID
    subject: str
    unit: str | None = None
    business_key: str | None = None
    element_key: str | None = None
    start: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A clock and the jobs of its ladder, not written yet."""

    row: ClockRow
    jobs: list[dict[str, Any]]


def planned(work: UnitOfWork, opening: Opening) -> Planned | None:
    """Give the clock and the steps of its ladder to write; none for a deadline that the pack has switched off."""
    pack = definitions.pack(work, opening.pack)
    sla = pack.sla(opening.code)
    if not sla.enabled:
        return None
    start = opening.start or work.now.date()
    base = opening.due or base_date(pack.calendar(), sla, start)
    due = opening.due or rolled(pack.calendar(), sla, base)
    row = ClockRow(
        id=new_key(), instance_id=opening.instance_id, element_key=opening.element_key, pack=opening.pack, code=sla.code,
        subject=opening.subject, unit=opening.unit, business_key=opening.business_key, started_on=start, base_due=base, due=due,
        paused_on=None, paused_days=0, extensions=0, urged=0, opened_at=work.now,
    )  # fmt: skip
    return Planned(row, ladder_jobs(work, pack, row))


def begin(work: UnitOfWork, openings: Sequence[Opening]) -> list[ClockRow]:
    """Let clocks run from now on; give those that the pack has switched on."""
    plans = [plan for opening in openings if (plan := planned(work, opening))]
    if plans:
        work.clocks.add([plan.row for plan in plans])
    jobs = [job for plan in plans for job in plan.jobs]
    if jobs:
        work.jobs.add(jobs)
    return [plan.row for plan in plans]


def stop(work: UnitOfWork, clocks: Sequence[ClockRow]) -> None:
    """End clocks, with what their ladders still had before them."""
    if clocks:
        work.clocks.stop([clock.id for clock in clocks], work.now)
        work.jobs.drop([], [(clock.instance_id, str(clock.id)) for clock in clocks])


def due_date(work: UnitOfWork, pack_key: str, code: str, start: date) -> date | None:
    """Give the date a rule comes to, if the pack has it switched on."""
    pack = definitions.pack(work, pack_key)
    sla = pack.sla(code)
    return rolled(pack.calendar(), sla, base_date(pack.calendar(), sla, start)) if sla.enabled else None


def base_date(calendar: Calendar, sla: Sla, start: date) -> date:
    """Count from *start*, which does not count itself; the result may be a day off."""
    if sla.unit == "fixed":
        raise DueDateMissing(code=sla.code)
    if sla.unit == "working_days":
        return calendar.add_workdays(start, sla.amount)
    return add_months(start, sla.amount) if sla.unit == "months" else start + timedelta(days=sla.amount)


def rolled(calendar: Calendar, sla: Sla, day: date) -> date:
    """Move a day off to the next working day where the rule says so."""
    return calendar.roll_to_workday(day) if sla.roll else day


def end_of(day: date) -> datetime:
    """Give the last moment of a day on which something is due."""
    return datetime.combine(day, time(23, 59, 59), ZONE)


def light(calendar: Calendar, lights: Lights, due: date, today: date) -> Light:
    """Say by the remaining working days whether a date is far, near or over; on the day itself the pack decides."""
    if due <= today:
        return lights.due_day if due == today else "over"
    return "normal" if calendar.count_workdays(today, due) > lights.normal_above else "near"


def of_instance(work: UnitOfWork, instance_id: UUID) -> list[ClockRow]:
    """Give every clock an instance has had, the earliest first."""
    return work.clocks.of_instance(instance_id)


def pause_instance(work: UnitOfWork, instance_id: UUID) -> None:
    """Let the clocks of an instance stand still; dates that a plan fixes go on."""
    _move_all(work, [clock for clock in work.clocks.running(instance_id) if clock.paused_on is None], _paused)


def resume_instance(work: UnitOfWork, instance_id: UUID) -> None:
    """Let them run again; each is due as many days later as it stood still."""
    _move_all(work, [clock for clock in work.clocks.running(instance_id) if clock.paused_on is not None], _resumed)


def pause(work: UnitOfWork, clock_id: UUID) -> None:
    """Let one clock stand still, for instance while somebody is waited for."""
    clock = _running(work, clock_id)
    if clock.paused_on is None:
        _move_all(work, [clock], _paused)


def resume(work: UnitOfWork, clock_id: UUID) -> None:
    """Let one clock run again."""
    clock = _running(work, clock_id)
    if clock.paused_on is not None:
        _move_all(work, [clock], _resumed)


def extend(work: UnitOfWork, clock_id: UUID, until: date) -> date:
    """Move a deadline, as often and as far as its rule allows; give the new date."""
    clock = _running(work, clock_id)
    pack = definitions.pack(work, clock.pack)
    sla = pack.sla(clock.code)
    if clock.extensions >= sla.extensions:
        raise ExtensionsUsedUp(name=sla.name, allowed=sla.extensions)
    latest = clock.base_due + timedelta(days=sla.extension_days)
    if not clock.due < until <= rolled(pack.calendar(), sla, latest):
        raise ExtensionTooLong(name=sla.name, latest=latest)

    due = rolled(pack.calendar(), sla, until)
    _write(work, [(clock, replace(clock, base_due=until, due=due, extensions=clock.extensions + 1))])
    audit.record(work, "deadline.extended", clock.subject, {"from": clock.due, "to": due, "code": clock.code})
    return due


def reset(work: UnitOfWork, dates: Mapping[tuple[UUID, str], date]) -> None:
    """Give the clocks of tasks (instance, element key) other dates; one that was extended keeps its date if that is later."""
    moves = []
    for clock in work.clocks.of_elements(list(dates)):
        wanted = dates[clock.instance_id, clock.element_key or ""]
        due = max(wanted, clock.due) if clock.extensions else wanted
        if due != clock.due:
            moves.append((clock, replace(clock, base_due=due, due=due)))
            audit.record(work, "deadline.moved", clock.subject, {"from": clock.due, "to": due, "code": clock.code})
    _write(work, moves)


def ladder_jobs(work: UnitOfWork, pack: Pack, clock: ClockRow) -> list[dict[str, Any]]:
    """Give the jobs of a clock's ladder; a step whose moment lies before the clock was opened, or has passed, is left out."""
    retries = work.settings.job_retries
    return [
        job_row(
            JOB, "ladder", moment(pack, clock, step), instance_id=clock.instance_id, subject=str(clock.id), retries=retries,
            payload={"offset": step.offset, "kind": step.kind, "retries": retries},
        )
        for step in pack.sla(clock.code).ladder if moment(pack, clock, step) > max(work.now, clock.opened_at)
    ]  # fmt: skip


def moment(pack: Pack, clock: ClockRow, step: LadderStep) -> datetime:
    """Give when a step of a clock's ladder is due: in the morning of a working day."""
    return datetime.combine(pack.calendar().add_workdays(clock.due, step.offset), pack.ladder_time, ZONE)


def _paused(calendar: Calendar, sla: Sla, clock: ClockRow, today: date) -> ClockRow:
    return clock if sla.unit == "fixed" else replace(clock, paused_on=today)


def _resumed(calendar: Calendar, sla: Sla, clock: ClockRow, today: date) -> ClockRow:
    since = clock.paused_on or today
    days = (today - since).days
    if sla.unit == "working_days":
        base = calendar.add_workdays(clock.base_due, calendar.count_workdays(since, today))
    else:
        base = clock.base_due + timedelta(days=days)
    due = rolled(calendar, sla, base)
    return replace(clock, base_due=base, due=due, paused_on=None, paused_days=clock.paused_days + days)


def _move_all(work: UnitOfWork, clocks: Sequence[ClockRow], how: Callable[[Calendar, Sla, ClockRow, date], ClockRow]) -> None:
    moves = []
    for clock in clocks:
        pack = definitions.pack(work, clock.pack)
        moves.append((clock, how(pack.calendar(), pack.sla(clock.code), clock, work.now.date())))
    _write(work, [(before, after) for before, after in moves if before != after])


def _write(work: UnitOfWork, moves: Sequence[tuple[ClockRow, ClockRow]]) -> None:
    if not moves:
        return
    if not work.clocks.move(moves):
        raise Raced
    work.jobs.drop([], [(clock.instance_id, str(clock.id)) for clock, _ in moves])
    running = [clock for _, clock in moves if clock.paused_on is None]
    jobs = [job for clock in running for job in ladder_jobs(work, definitions.pack(work, clock.pack), clock)]
    if jobs:
        work.jobs.add(jobs)


def _running(work: UnitOfWork, clock_id: UUID) -> ClockRow:
    clock = work.clocks.find(clock_id)
    if clock is None or clock.closed_at is not None:
        raise NoSuchClock
    return clock
