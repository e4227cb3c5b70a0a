"""Looking at the trail as an auditor: who read what is sealed or restricted, took lists away, or changed who may do what.

An auditor sees that it was done, by whom and why, not what it was done with: of a restricted pool not even the record's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.identity import rights
from engine.identity.recusal import POOL
from engine.identity.rights import AUDIT
from engine.persistence.records import PAGE, Page
from engine.persistence.work import UnitOfWork

KINDS: Mapping[str, tuple[str, ...]] = {
    "opened": ("value.unmasked", "value.revealed"),
    "restricted": ("pool.read",),
    "exported": ("list.exported",),
    "given": ("post.asked", "post.given", "post.declined", "post.ended", "post.lent", "post.taken_back",
              "person.created", "person.edited", "person.activated",
              "person.deactivated", "account.locked", "account.unlocked", "password.reset", "work.reassigned"),
    "governed": ("instance.cancelled", "instance.modified", "instance.suspended", "instance.resumed", "keys.renewed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was done: by whom in which post, when, with which record, which field of it, and why."""

    at: datetime
    login: str
    name: str
    unit: str | None
    on_behalf_of: str | None
    action: str
    record: str
    field: str
    reason: str
    rows: int | None


def lines(work: UnitOfWork, kind: str = "opened", who: str = "", days: int = 0, number: int = 1, size: int = PAGE) -> Page[Line]:
    """Give a page of one kind of thing done in the last days, newest first."""
    rights.require(work.actor, AUDIT)
    since = work.now - timedelta(days=days) if days else None
    page = work.audit.lines(KINDS.get(kind, KINDS["opened"]), who, since, number, size)
    return Page([_line(work, row) for row in page.rows], page.total, page.number, page.size)


def _line(work: UnitOfWork, row: Any) -> Line:
    facts: Mapping[str, Any] = row.facts
    shut = f"{POOL}{facts.get('pool', '')}" in work.reader
    fields = facts.get("label") or "、".join(facts.get("fields", ()))
    record = facts.get("pool", "") if shut else facts.get("record") or facts.get("name") or row.subject
    reason = facts.get("reason") or facts.get("purpose") or ""
    return Line(
        row.at, row.actor, row.actor_name, row.unit, row.on_behalf_of, row.action, str(record), str(fields), str(reason),
        facts.get("rows"),
    )  # fmt: skip
