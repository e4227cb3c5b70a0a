"""Workers that make a judgement checkable: a draw anybody can repeat, words found in a text, scores opened at once."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from engine.persistence.records import Job
from engine.persistence.work import UnitOfWork
from engine.workers import InputMissing, Result, needed

PATTERN_SECONDS = 1.0
AROUND = 8


def draw(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Draw ``draw_count`` rows out of each group of ``draw_from`` (column ``draw_by``) with ``draw_seed``, as ``drawn``.

    A row's place is the SHA-256 of the seed, a bar and its ``key``: whoever has the list and the seed can draw again with
    nothing but that, and finds the same rows in the same order; each is given with its ``draw_mark``.
    """
    seed, by = str(needed("draw", variables, "draw_seed")), str(variables.get("draw_by") or "")
    count, rows = int(str(needed("draw", variables, "draw_count"))), _rows(variables, "draw", "draw_from")
    groups: dict[object, list[dict[str, Any]]] = {}
    for row in rows:
        mark = hashlib.sha256(f"{seed}|{row['key']}".encode()).hexdigest()
        groups.setdefault(row.get(by), []).append({**row, "draw_mark": mark[:16]})
    drawn = [row for group in groups.values() for row in sorted(group, key=lambda row: row["draw_mark"])[:count]]
    return {"drawn": drawn, "drawn_of": len(rows)}


def find_in_text(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Find in ``texts`` (by name) what ``look_for`` says, as ``found``: where, kind, text and what stands around it.

    Each line of ``look_for`` has a ``kind`` and either a ``pattern`` or ``words``; what is in ``allowed`` is passed over.
    """
    texts, allowed = needed("find_in_text", variables, "texts"), variables.get("allowed")
    if not isinstance(texts, dict):
        raise InputMissing(type="find_in_text", name="texts")
    passed = set(map(str, allowed)) if isinstance(allowed, list) else set()
    found: dict[tuple[str, str, str], dict[str, object]] = {}
    for line in _rows(variables, "find_in_text", "look_for"):
        for place, text in texts.items():
            for start, end in _spans(line, str(text or "")):
                word, key = str(text)[start:end], (str(place), str(line["kind"]), str(text)[start:end])
                if word not in passed:
                    around = str(text)[max(0, start - AROUND) : end + AROUND]
                    found.setdefault(key, {"where": place, "kind": line["kind"], "text": word, "around": around})
    return {"found": list(found.values())}


def handed_in(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Give what was last handed in at the steps in the header ``steps`` (with commas), by step, as ``handed_in``.

    What people must not see of each other until all have judged stays at their steps (``bpm:blindUntil``) and comes out here.
    """
    steps = [name.strip() for name in str(needed("handed_in", headers, "steps")).split(",")]
    done = [task for task in work.user_tasks.of_instance(_instance(job)) if task.state == "completed" and task.closed_at]
    latest = {task.element_id: task for task in sorted(done, key=lambda task: (task.closed_at, task.id))}
    held = {name: latest[name] for name in steps if name in latest}
    return {
        "handed_in": {
            name: dict(task.submitted or {}) | {"by": task.completed_by, "by_name": task.completed_by_name}
            for name, task in held.items()
        }
    }


def _instance(job: Job) -> UUID:
    if job.instance_id is None:
        raise InputMissing(type="handed_in", name="instance")
    return job.instance_id


def _spans(line: Mapping[str, Any], text: str) -> Iterator[tuple[int, int]]:
    if line.get("pattern"):
        import regex  # slow to import, seldom needed

        yield from (found.span() for found in regex.finditer(str(line["pattern"]), text, timeout=PATTERN_SECONDS))
    for word in line.get("words") or ():
        start = text.find(str(word)) if word else -1
        if start >= 0:
            yield start, start + len(str(word))


def _rows(variables: Mapping[str, object], worker: str, name: str) -> Sequence[dict[str, Any]]:
    rows = needed(worker, variables, name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputMissing(type=worker, name=name)
    return rows
