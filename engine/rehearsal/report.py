"""What a rehearsal came to, as figures."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from engine import definitions, ledgers
from engine.identity.actor import Actor
from engine.packs import Pack
from engine.packs.model import Milestone
from engine.persistence.records import Scope
from engine.persistence.work import UnitOfWork
from engine.rehearsal.acting import Scene
from engine.rehearsal.script import Script

LONGEST = 5


@dataclass(slots=True)
class Wait:
    """How long a task lay before somebody did it; *days* are natural days."""

    task: str
    title: str
    unit: str | None
    days: float


@dataclass(slots=True)
class Notes:
    """What the driver writes down while it plays."""

    done: int = 0
    late: int = 0
    by_role_and_week: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    late_by_unit: Counter[str] = field(default_factory=Counter)
    waits: list[Wait] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    unnamed: Counter[str] = field(default_factory=Counter)
    left: set[UUID] = field(default_factory=set)
    planned: set[UUID] = field(default_factory=set)

    def completed(self, scene: Scene, actor: Actor, at: datetime) -> None:
        """Note that somebody did a task."""
        task, unit = scene.task, scene.instance.unit
        self.done += 1
        self.by_role_and_week[actor.role or ""][f"{at:%G-W%V}"] += 1
        if task.due_at is not None and at > task.due_at:
            self.late += 1
            self.late_by_unit[unit or ""] += 1
        self.waits.append(Wait(task.name, scene.instance.title, unit, (at - task.created_at).total_seconds() / 86400))
        self.waits = sorted(self.waits, key=lambda wait: -wait.days)[:LONGEST]
        self.unnamed.update(scene.unnamed)

    def declined(self, scene: Scene, reason: str) -> None:
        """Note that the engine declined what the script asked for."""
        self.refusals.append(f"{scene.process_id}.{scene.task.element_id} ({scene.instance.title}): {reason}")


@dataclass(slots=True)
class Report:
    """The result: milestones with how many units were on time and late, problems, and what is left open."""

    milestones: list[dict[str, Any]]
    problems: dict[str, int]
    tallies: dict[str, dict[str, int]]
    counts: dict[str, dict[str, int]]
    instances: int
    tasks_completed: int
    timers_fired: int
    incidents: int
    open_at_end: int
    unexplained: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    late_tasks: int = 0
    late_by_unit: dict[str, int] = field(default_factory=dict)
    busiest: dict[str, dict[str, int]] = field(default_factory=dict)
    longest_waits: list[dict[str, Any]] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    incident_messages: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        """Tell whether nothing failed and every open item is accounted for."""
        return not (self.incidents or self.unexplained or self.refusals)

    def as_dict(self) -> dict[str, Any]:
        """Give the object that ``--json`` prints; each group of counts stands in it under its own name."""
        found: dict[str, Any] = asdict(self)
        return {**found.pop("counts"), **found}


def gather(work: UnitOfWork, pack_key: str, script: Script, notes: Notes, tally: Mapping[str, int]) -> Report:
    """Ask the engine what came of it all."""
    pack = definitions.pack(work, pack_key)
    names = {role.code: role.name for role in pack.roles}
    units = {unit.code: unit.short_name for unit in work.units.all()}
    open_ids = work.user_tasks.opened_after(None)
    stray = [task for task in work.user_tasks.find_all(open_ids) if task.id not in notes.planned | notes.left]
    incidents = work.incidents.unresolved(1, 20)
    return Report(
        milestones=_milestones(work, pack),
        problems=_problems(work, script),
        tallies={tally["name"]: _tally(work, tally["ledger"], tally["by"]) for tally in script.tallies},
        counts={group: _counts(work, wanted) for group, wanted in script.counts.items()},
        instances=sum(int(row._mapping["count"]) for row in work.process_instances.count_by("state", scope=Scope())),
        tasks_completed=notes.done,
        timers_fired=tally.get("timer", 0) + tally.get("start", 0),
        incidents=incidents.total,
        incident_messages=[f"{row.element_id}: {row.message}" for row in incidents.rows],
        open_at_end=len(open_ids),
        unexplained=[f"{task.element_id} {task.name}" for task in stray],
        refusals=notes.refusals,
        late_tasks=notes.late,
        late_by_unit={units.get(code, code): count for code, count in notes.late_by_unit.most_common()},
        busiest={names.get(role, role): dict(sorted(weeks.items())) for role, weeks in notes.by_role_and_week.items()},
        longest_waits=[asdict(wait) for wait in notes.waits],
        unnamed=sorted(notes.unnamed),
    )


def _milestones(work: UnitOfWork, pack: Pack) -> list[dict[str, Any]]:
    """Tell for every milestone that has come how many reached it in time; who never did is late."""
    reached: dict[str, dict[str | None, datetime]] = defaultdict(dict)
    for row in work.milestones.reached():
        reached[row.code][row.unit] = row.reached_at
    rows = []
    for milestone in sorted(pack.milestones, key=lambda found: found.date):
        if milestone.date <= work.now.date():
            moments = reached[milestone.code]
            on_time = sum(1 for moment in moments.values() if moment.date() <= milestone.date)
            late = len(moments) - on_time + len(_missing(work, pack, milestone, set(moments)))
            rows.append(
                {
                    "code": milestone.code,
                    "date": milestone.date.isoformat(),
                    "name": milestone.name,
                    "on_time": on_time,
                    "late": late,
                }
            )
    return rows


def _missing(work: UnitOfWork, pack: Pack, milestone: Milestone, have: set[str | None]) -> set[str]:
    if milestone.per == "campaign":
        return set() if have else {"campaign"}
    counted = work.process_instances.count_by("unit", "process_id", "root_id", "id", scope=Scope())
    mains = {row.id for row in counted if row.process_id == pack.main_process}
    began = {row.unit for row in counted if row.unit and row.root_id in mains}
    types = pack.board.unit_types if pack.board else ()
    return {unit.code for unit in work.units.all() if unit.code in began and (not types or unit.type in types)} - have


def _tally(work: UnitOfWork, ledger: str, by: str) -> dict[str, int]:
    found = ledgers.tally(work, ledger, by)
    return {str(value): count for value, count in sorted(found.items(), key=lambda item: -item[1]) if value not in (None, "")}


def _counts(work: UnitOfWork, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    return {name: ledgers.count(work, str(count["ledger"]), count.get("filter")) for name, count in wanted.items()}


def _problems(work: UnitOfWork, script: Script) -> dict[str, int]:
    declared = script.problems
    if not declared:
        return {"found": 0, "closed": 0, "carried_over": 0}
    ledger = declared["ledger"]
    states = {name: {"state": list(declared.get(name, ()))} for name in ("closed", "carried_over")}
    found = {name: ledgers.count(work, ledger, where) if where["state"] else 0 for name, where in states.items()}
    return {"found": ledgers.count(work, ledger), **found}
