"""Exports: what is taken away says who took it and when, on every page, and the trail keeps it."""

from engine import audit
from engine.clock import ZONE
from engine.persistence.work import UnitOfWork


def mark(work: UnitOfWork) -> str:
    """Give the line that stands on every page of what is taken away."""
    who = "/".join(filter(None, (work.actor.name or work.actor.login, work.actor.unit_name)))
    return f"导出人 {who}  {work.now.astimezone(ZONE):%Y-%m-%d %H:%M}"


def note(work: UnitOfWork, subject: str, name: str, rows: int) -> None:
    """Keep that a list was taken away: which, and how many rows."""
    audit.record(work, "list.exported", subject, {"record": name, "rows": rows})
