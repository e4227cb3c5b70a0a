"""The worker ``clock``: deadlines that run over several steps, begun, paused, moved and ended where the diagram says so."""

from collections.abc import Mapping, Sequence

from engine import clocks, definitions
from engine.calendar import as_day
from engine.errors import EngineError
from engine.persistence.records import Job
from engine.persistence.repositories.clocks import ClockRow
from engine.persistence.work import UnitOfWork
from engine.workers import Result, needed


class UnknownClockOperation(EngineError):
    """The worker clock knows start, stop, pause, resume and extend, but not {operation}."""


def clock(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Do what the header ``operation`` says with the deadlines named in ``sla`` (codes, with commas; or ``clock_codes``).

    start counts from ``clock_start`` (today without it), extend goes until ``clock_until``; pause, resume and stop take
    every deadline of the matter where none is named. Results in ``clock_due``: when the running ones are due, by code.
    """
    codes, instance = _codes(headers, variables), work.process_instances.find(job.instance_id) if job.instance_id else None
    operation = headers.get("operation", "start")
    if instance is None:
        return {}
    running = work.clocks.running(instance.id)
    named = [found for found in running if found.element_key is None and (not codes or found.code in codes)]
    if operation == "start":
        pack = definitions.loaded(work, instance.definition_id).row.pack
        start = as_day(variables.get("clock_start"))
        subjects = {code: f"{instance.title} · {definitions.pack(work, pack).sla(code).name}" for code in codes}
        facts = (instance.unit, instance.business_key, None, start)
        clocks.begin(work, [clocks.Opening(pack, code, instance.id, subjects[code], *facts) for code in codes])
    elif operation == "extend":
        until = as_day(needed("clock", variables, "clock_until"))
        for found in named:
            clocks.extend(work, found.id, until or work.now.date())
    else:
        _end_or_rest(work, operation, named)
    return {
        "clock_due": {found.code: found.due.isoformat() for found in work.clocks.running(instance.id) if not found.element_key}
    }


def _end_or_rest(work: UnitOfWork, operation: str, named: Sequence[ClockRow]) -> None:
    if operation == "stop":
        clocks.stop(work, named)
    elif operation in ("pause", "resume"):
        act = clocks.pause if operation == "pause" else clocks.resume
        for found in named:
            act(work, found.id)
    else:
        raise UnknownClockOperation(operation=operation)


def _codes(headers: Mapping[str, str], variables: Mapping[str, object]) -> list[str]:
    given = variables.get("clock_codes")
    if isinstance(given, list):
        return [str(code) for code in given]
    return [code.strip() for code in headers.get("sla", "").split(",") if code.strip()]
