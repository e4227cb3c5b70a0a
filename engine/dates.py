"""Dates that a pack fixes, and their being moved by a notice: what runs follows, the first date stays on record.

A date is called by the code of its milestone, or by that of a stage with ``.start`` or ``.end``. Moving dates is a deployment
of the pack with the new ones. Processes keep the dates they count from in the variable the pack names; whatever in them was
counted from a moved date (timers, due dates, deadlines with their ladder, what called processes were given) follows.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine import audit, definitions, deployments
from engine.effects import Transition
from engine.errors import EngineError
from engine.kernel.port import Correct
from engine.packs import Pack, writing
from engine.packs.reference import read_table
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork

Dates = Mapping[str, date]
Functions = Mapping[str, Callable[..., object]]
ENDS = ("start", "end")


class UnknownDate(EngineError):
    """The pack has no date {code}. Write the code of a milestone, or of a stage with .start or .end."""


def of(pack: Pack) -> dict[str, date]:
    """Give every date of a pack by its code."""
    stages = {f"{stage.code}.{end}": getattr(stage, end) for stage in pack.stages for end in ENDS}
    return stages | {milestone.code: milestone.date for milestone in pack.milestones}


def move(work: UnitOfWork, pack_key: str, dates: Dates, notice: str) -> dict[str, tuple[date, date]]:
    """Move dates of a pack for good, let everything that runs follow, and give what each was and is."""
    pack, functions = definitions.pack(work, pack_key), definitions.functions(work, pack_key)
    known = of(pack)
    unknown = sorted(set(dates) - set(known))
    if unknown:
        raise UnknownDate(code=unknown[0])
    moved = {code: (known[code], day) for code, day in dates.items() if day != known[code]}
    if not moved:
        return {}

    last = work.definitions.last_deployment(pack_key)
    assert last is not None, "a pack that is read was deployed"
    deployments.deploy(work, pack_key, _files(pack, deployments.files(work, pack_key), moved, notice), folder=last.folder)
    for instance in work.process_instances.running_of_pack(pack_key):
        _follow(work, pack, functions, instance, moved)
    facts = {"dates": {code: [str(before), str(after)] for code, (before, after) in moved.items()}, "notice": notice}
    audit.record(work, "dates.moved", pack_key, facts)
    return moved


def _files(pack: Pack, files: Mapping[str, bytes], moved: Mapping[str, tuple[date, date]], notice: str) -> dict[str, bytes]:
    milestones = {
        milestone.code: {"date": moved[milestone.code][1], "planned": milestone.planned or milestone.date, "notice": notice}
        for milestone in pack.milestones if milestone.code in moved
    }  # fmt: skip
    stages: dict[str, dict[str, object]] = {}
    for code, (_, after) in moved.items():
        stage, _, end = code.partition(".")
        if end:
            stages.setdefault(stage, {})[end] = after
    written = {"pack.toml": writing.dates(files["pack.toml"], milestones, stages)}
    for table in pack.dates.tables:
        path = f"reference/{table}.csv"
        written[path] = _table(path, files[path], moved)
    return {**files, **written}


def _table(path: str, content: bytes, moved: Mapping[str, tuple[date, date]]) -> bytes:
    rows = [dict(row) for row in read_table(path, content, [])]
    for row in rows:
        for column, code in (("date", row.get("code", "")), *((end, f"{row.get('code', '')}.{end}") for end in ENDS)):
            if column in row and code in moved:
                row[column] = moved[code][1].isoformat()
    return writing.table(content, list(rows[0]), [list(row.values()) for row in rows]) if rows else content


def _follow(
    work: UnitOfWork, pack: Pack, functions: Functions, instance: Instance, moved: Mapping[str, tuple[date, date]]
) -> None:
    """Let an instance that keeps the pack's dates follow, and with it everything it called."""
    held: Any = instance.variables.get(pack.dates.variable)
    if not isinstance(held, dict):
        return
    new = {code: after.isoformat() for code, (_, after) in moved.items() if code in held}
    transition = Transition(work)
    transition.functions_before = functions
    transition.note(instance, "instance.dates_moved", str(instance.id), {"dates": new})
    transition.advance(instance, Correct({pack.dates.variable: {**held, **new}}, functions))
    transition.run()
    for member in transition.instances.values():
        if not member.is_active:
            work.jobs.pause_of_instance(member.id)
