"""The audit trail: who did what, when, in which post, on whose behalf; append-only and chained by hash.

Each instance has a chain of its own, whose last hash stands on the instance, so that commits never queue behind
each other. A job seals all records into one global chain, which shows whole chains that were cut off or taken out.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine.persistence.json import canonical, dumps, loads
from engine.persistence.keys import new_key
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork

_COVERED = (
    "instance_id",
    "number",
    "at",
    "actor",
    "actor_name",
    "post",
    "unit",
    "on_behalf_of",
    "action",
    "subject",
    "facts",
    "previous",
)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the trail is not what it was when it was written."""

    instance_id: UUID | None
    number: int
    reason: str


def record(work: UnitOfWork, action: str, subject: str, facts: Mapping[str, object] | None = None) -> None:
    """Append what was done to something that is no process instance, such as a person or a ledger row."""
    work.audit.add([_row(work, None, 1, "", action, subject, facts or {})])


def chained(work: UnitOfWork, instance: Instance, action: str, subject: str, facts: Mapping[str, object]) -> dict[str, Any]:
    """Make the next record of an instance's chain; whoever saves the instance writes it."""
    row = _row(work, instance.id, instance.audit_number + 1, instance.audit_hash, action, subject, facts)
    instance.audit_number, instance.audit_hash = row["number"], row["hash"]
    return row


def _row(
    work: UnitOfWork, instance_id: UUID | None, number: int, previous: str, action: str, subject: str, facts: Mapping[str, object]
) -> dict[str, Any]:
    actor = work.actor
    row: dict[str, Any] = {
        "id": new_key(), "instance_id": instance_id, "number": number, "at": work.now, "actor": actor.login,
        "actor_name": actor.name, "post": str(actor.post_id) if actor.post_id else None, "unit": actor.unit,
        "on_behalf_of": actor.on_behalf_of, "action": action, "subject": subject, "facts": loads(dumps(facts)),
        "previous": previous, "seal": None,
    }  # fmt: skip
    return row | {"hash": digest(row)}


def digest(row: Mapping[str, Any]) -> str:
    """Give the hash over what a record says and the hash before it."""
    return hashlib.sha256(canonical([row[name] for name in _COVERED])).hexdigest()


def seal(work: UnitOfWork) -> int:
    """Put everything not sealed yet under the next seal of the global chain; give how many records that were."""
    if not work.audit.any_unsealed():
        return 0
    last = work.audit.last_seal()
    number, previous = (last.number + 1, last.hash) if last is not None else (1, "")
    hashes = work.audit.seal(work.now, number)
    work.audit.close_seal(number, len(hashes), previous, _seal_hash(previous, hashes))
    return len(hashes)


def verify(work: UnitOfWork) -> list[Break]:
    """Read the whole trail and name every place where it was changed, cut or reordered."""
    return [*_broken_chains(work), *_broken_seals(work)]


def _broken_chains(work: UnitOfWork) -> list[Break]:
    breaks: list[Break] = []
    heads = work.audit.heads()
    chain: UUID | None = None
    number, last = 0, ""
    for row in work.audit.everything():
        if row.instance_id != chain:
            breaks += _cut(heads, chain, number, last)
            chain, number, last = row.instance_id, 0, ""
        number, last = (number + 1, last) if chain else (1, "")
        if digest(row._asdict()) != row.hash:
            breaks.append(Break(chain, row.number, "the record was changed"))
        if (row.number, row.previous) != (number, last):
            breaks.append(Break(chain, row.number, "a record before this one is missing or was moved"))
        number, last = row.number, row.hash
    breaks += _cut(heads, chain, number, last)
    return breaks + [Break(key, number, "all records are missing") for key, (number, _) in heads.items() if number]


def _cut(heads: dict[UUID, tuple[int, str]], chain: UUID | None, number: int, last: str) -> list[Break]:
    if chain is None:
        return []
    expected = heads.pop(chain, None)
    if expected is None:
        return [Break(chain, number, "the instance of these records is missing")]
    return [] if expected == (number, last) else [Break(chain, number, "the last records are missing")]


def _broken_seals(work: UnitOfWork) -> list[Break]:
    breaks: list[Break] = []
    previous = ""
    for position, row in enumerate(work.audit.seals(), start=1):
        hashes = work.audit.sealed_hashes(row.number)
        expected = (position, previous, len(hashes), _seal_hash(previous, hashes))
        if (row.number, row.previous, row.records, row.hash) != expected:
            breaks.append(Break(None, row.number, "the sealed records are not those that were sealed"))
        previous = row.hash
    return breaks


def _seal_hash(previous: str, hashes: list[str]) -> str:
    return hashlib.sha256("\n".join([previous, *hashes]).encode()).hexdigest()
