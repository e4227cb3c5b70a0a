"""Sealing anew: a new key, then every value again in small steps, each saved by itself, so that it may be interrupted."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from engine import audit
from engine.persistence.work import UnitOfWork
from engine.sealing.carrying import SEALED, draft_of
from engine.sealing.taking import vault

if TYPE_CHECKING:
    from engine.bootstrap import Engine

BATCH = 200


def rotate(engine: "Engine") -> Iterator[int]:
    """Seal everything with a new key; give how many values have been done so far, after each step.

    Where an earlier rotation was interrupted, it is finished with the key that was new then.
    """
    with engine.work() as work:
        keys, left = vault(work), work.sealed.tally()
        if not set(left) - {keys.current.id}:
            keys.renew()
            audit.record(work, "keys.renewed", keys.current.id, {"algorithm": keys.current.algorithm})
    done = 0
    while count := engine.run(_again):
        done += count
        yield done
    yield done + engine.run(_messages) + _drafts(engine)


def _again(work: UnitOfWork) -> int:
    keys = vault(work)
    new = keys.current
    records = work.sealed.under_other_keys(new.id, BATCH)
    changes = []
    for record in records:
        clear = keys.key(record.key_id).open(record.box, record.bound)
        mark = None if record.mark is None else new.mark(clear)
        box = new.seal(clear, record.bound)
        changes.append({"b_id": record.id, "b_key": record.key_id, "key_id": new.id, "box": box, "mark": mark})
    if changes:
        work.sealed.seal_again(changes)
    return len(changes)


def _messages(work: UnitOfWork) -> int:
    found = 0
    for key, variables in work.sealed.messages():
        changed = _renewed(work, variables, f"message/{key}")
        if changed is not None:
            work.sealed.put_message(key, changed)
            found += 1
    return found


def _drafts(engine: "Engine") -> int:
    found, last = 0, None

    def step(work: UnitOfWork) -> tuple[int, UUID | None]:
        rows = work.sealed.drafts_after(last, BATCH)
        done = 0
        for key, login, values, saved_at in rows:
            changed = _renewed(work, values, draft_of(login))
            if changed is not None:
                work.sealed.put_draft(key, saved_at, changed)
                done += 1
        return done, rows[-1][0] if rows else None

    while True:
        count, last = engine.run(step)
        found += count
        if last is None:
            return found


def _renewed(work: UnitOfWork, values: dict[str, Any], bound: str) -> dict[str, Any] | None:
    """Give values with their sealed word sealed anew; None where there is none, or where it is new already."""
    keys, token = vault(work), values.get(SEALED)
    if not isinstance(token, str) or token.startswith(f"{keys.current.id}."):
        return None
    return {**values, SEALED: keys.token(keys.read(token, bound), bound)}
