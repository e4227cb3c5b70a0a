"""The worker ``move_dates``: a notice moves dates that the pack fixes."""

from collections.abc import Mapping
from datetime import date

from engine import dates, definitions
from engine.persistence.records import Job
from engine.persistence.work import UnitOfWork
from engine.workers import InputMissing, Result, needed


def move_dates(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Move ``dates`` (code: ISO date) by ``notice``; give what was moved as ``moved``: code, before, after."""
    asked = needed("move_dates", variables, "dates")
    if not isinstance(asked, dict) or job.definition_id is None:
        raise InputMissing(type="move_dates", name="dates")
    pack = definitions.loaded(work, job.definition_id).row.pack
    wanted = {str(code): date.fromisoformat(str(day)) for code, day in asked.items()}
    moved = dates.move(work, pack, wanted, str(needed("move_dates", variables, "notice")))
    return {
        "moved": [
            {"code": code, "before": before.isoformat(), "after": after.isoformat()} for code, (before, after) in moved.items()
        ]
    }
