"""The worker ``number``: the next number of a series, without gaps, in the transaction that uses it."""

from collections.abc import Mapping

from engine import definitions
from engine.clock import ZONE
from engine.packs import Series
from engine.persistence.records import Job
from engine.persistence.work import UnitOfWork
from engine.workers import InputMissing, Result, needed


def number(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Take the next number of the series in the header ``series``; its facts are variables, year and day the clock's."""
    name = str(needed("number", headers, "series"))
    series = definitions.pack(work, _pack(work, job)).series(name)
    today = work.now.astimezone(ZONE)
    return {"number": take(work, series, {"year": today.year, "day": f"{today:%Y%m%d}"} | dict(variables))}


def take(work: UnitOfWork, series: Series, facts: Mapping[str, object]) -> str:
    """Take the next number of a series for these facts; each combination of the facts it counts by has its own counter."""
    try:
        return series.pattern.format(**facts, n=work.numbers.next(series.series, series.scope(facts)))
    except KeyError as missing:
        raise InputMissing(type=f"number ({series.series})", name=missing.args[0]) from missing


def _pack(work: UnitOfWork, job: Job) -> str:
    if job.definition_id is None:
        raise InputMissing(type="number", name="definition")
    return definitions.loaded(work, job.definition_id).row.pack
