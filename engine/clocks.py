"""SLA clocks: deadlines of instances and tasks, counted by a pack's rules, that can pause, be extended and light up.

The day a thing is received is not counted. What happens before and after the date is the ladder's (``engine.ladder``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from engine import audit, definitions
from engine.calendar import Calendar, add_months
from engine.clock import ZONE
from engine.errors import EngineError
from engine.packs import LadderStep, Light, Lights, Pack, Sla
from engine.persistence.keys import new_key
from engine.persistence.repositories.clocks import ClockRow
from engine.persistence.work import Raced, UnitOfWork


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


def planned(work: UnitOfWork, opening: Opening) -> ClockRow | None:
    """Give the clock to write; none for a deadline that the pack has switched off."""
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
    return replace(row, next_step=next_step(pack, row, work.now))


def begin(work: UnitOfWork, openings: Sequence[Opening]) -> list[ClockRow]:
    """Let clocks run from now on; give those that the pack has switched on."""
    found = [clock for opening in openings if (clock := planned(work, opening))]
    work.clocks.put(found, [], work.now)
    return found


def stop(work: UnitOfWork, clocks: Sequence[ClockRow]) -> None:
    """End clocks, with what their ladders still had before them."""
    if clocks:
        work.clocks.stop([clock.id for clock in clocks], work.now)


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
    """Let the clocks of a suspended instance stand still; dates that a plan fixes go on."""
    _move_all(work, [clock for clock in work.clocks.running(instance_id) if clock.paused_on is None], _halted)


def resume_instance(work: UnitOfWork, instance_id: UUID) -> None:
    """Let them run again, each due as many days later as it stood still; what the process itself let rest goes on resting."""
    _move_all(work, [clock for clock in work.clocks.running(instance_id) if clock.halted], _resumed)


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


def next_step(pack: Pack, clock: ClockRow, now: datetime) -> datetime | None:
    """Give when a clock's ladder has its next step; one whose moment lies before the clock was opened is left out."""
    since = max(now, clock.opened_at)
    moments = [moment(pack, clock, step) for step in ladder_of(pack, clock)]
    return min((found for found in moments if found > since), default=None)


def ladder_of(pack: Pack, clock: ClockRow) -> Sequence[LadderStep]:
    """Give the steps of a clock's ladder as the pack has them now; none when the deadline was switched off or is gone."""
    return next((sla.ladder for sla in pack.slas if sla.code == clock.code and sla.enabled), ())


def moment(pack: Pack, clock: ClockRow, step: LadderStep) -> datetime:
    """Give when a step of a clock's ladder is due: in the morning of a working day."""
    return datetime.combine(pack.calendar().add_workdays(clock.due, step.offset), pack.ladder_time, ZONE)


def _paused(calendar: Calendar, sla: Sla, clock: ClockRow, today: date) -> ClockRow:
    return clock if sla.unit == "fixed" else replace(clock, paused_on=today)


def _halted(calendar: Calendar, sla: Sla, clock: ClockRow, today: date) -> ClockRow:
    return clock if sla.unit == "fixed" else replace(clock, paused_on=today, halted=True)


def _resumed(calendar: Calendar, sla: Sla, clock: ClockRow, today: date) -> ClockRow:
    since = clock.paused_on or today
    days = (today - since).days
    if sla.unit == "working_days":
        base = calendar.add_workdays(clock.base_due, calendar.count_workdays(since, today))
    else:
        base = clock.base_due + timedelta(days=days)
    due = rolled(calendar, sla, base)
    return replace(clock, base_due=base, due=due, paused_on=None, paused_days=clock.paused_days + days, halted=False)


def _move_all(work: UnitOfWork, clocks: Sequence[ClockRow], how: Callable[[Calendar, Sla, ClockRow, date], ClockRow]) -> None:
    moves = []
    for clock in clocks:
        pack = definitions.pack(work, clock.pack)
        moves.append((clock, how(pack.calendar(), pack.sla(clock.code), clock, work.now.date())))
    _write(work, [(before, after) for before, after in moves if before != after])


def _write(work: UnitOfWork, moves: Sequence[tuple[ClockRow, ClockRow]]) -> None:
    if not moves:
        return
    following = [(before, replace(after, next_step=_following(work, after))) for before, after in moves]
    if not work.clocks.move(following):
        raise Raced
    work.jobs.drop([], [(clock.instance_id, str(clock.id)) for clock, _ in moves])


def _following(work: UnitOfWork, clock: ClockRow) -> datetime | None:
    return None if clock.paused_on is not None else next_step(definitions.pack(work, clock.pack), clock, work.now)


def _running(work: UnitOfWork, clock_id: UUID) -> ClockRow:
    clock = work.clocks.find(clock_id)
    if clock is None or clock.closed_at is not None:
        raise NoSuchClock
    return clock
