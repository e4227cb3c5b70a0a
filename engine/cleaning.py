"""Clean-up by age: of matters that ended long ago the steps are forgotten, a few at a time; the trail stays.

What stays are the matter itself with its variables, its trail (which still verifies), papers, ledger rows and what boards
count. What goes is where its tokens have been, what it was searched by, and the steps on people's lists of what they did.
"""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from engine.effects.batch import job_row
from engine.persistence.records import Job

if TYPE_CHECKING:
    from engine.persistence.work import UnitOfWork

CLEANING = UUID("00000000-0000-7000-8000-000000000003")
AT_ONCE = 20
RETRIES = 1_000_000


def begin(work: "UnitOfWork") -> None:
    """See that what is older than this deployment keeps is forgotten, from now on; nothing where it keeps everything."""
    if work.settings.history_kept is not None and work.jobs.find(CLEANING) is None:
        _schedule(work, work.now, {})


def clean(work: "UnitOfWork", job: Job) -> None:
    """Forget the steps of the next few old matters; the rest is due at once, in a transaction of its own."""
    if work.settings.history_kept is None:
        return
    last = job.payload.get("last")
    after = (datetime.fromisoformat(last[0]), UUID(last[1])) if last else None
    found = work.cleaning.ended(after, work.now - work.settings.history_kept, AT_ONCE)
    if found:
        work.cleaning.forget([root for _, root in found])
        last = [found[-1][0].isoformat(), str(found[-1][1])]
    _schedule(work, work.now if len(found) == AT_ONCE else work.now + work.settings.seal_every, {"last": last})


def _schedule(work: "UnitOfWork", due_at: datetime, payload: dict[str, object]) -> None:
    work.jobs.add([job_row("cleaning", "cleaning", due_at, id=CLEANING, retries=RETRIES, payload=payload)])
