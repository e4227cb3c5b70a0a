"""A matter step by step: what each step handed in, what it changed, and how far the way goes through what was called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine import definitions, ledgers, process_instances, user_tasks
from engine.errors import EngineError
from engine.forms.model import look_up
from engine.persistence.records import Instance, Task
from engine.persistence.work import UnitOfWork
from webui import way
from webui.way import Step

MOST_CALLED = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """What a step handed in: label, reading, and the reading before where it was another one."""

    number: int
    name: str
    who: str
    at: datetime
    rows: tuple[tuple[str, str, str], ...]


def moments(work: UnitOfWork, tasks: Sequence[Task]) -> list[Moment]:
    """Tell what each finished step handed in, in the words of its form, beside what an earlier step had said."""
    said: dict[str, str] = {}
    found = []
    finished = sorted((task for task in tasks if task.submitted and task.closed_at), key=lambda task: (task.closed_at, task.id))
    for task in finished:
        readings = _readings(work, task)
        rows = tuple((label, text, said[key] if said.get(key, text) != text else "") for key, label, text in readings)
        said |= {key: text for key, _label, text in readings}
        if rows and task.closed_at:
            found.append(Moment(len(found) + 1, task.name, task.completed_by_name or "", task.closed_at, rows))
    return found


def _readings(work: UnitOfWork, task: Task) -> list[tuple[str, str, str]]:
    """Give key, label and reading of each field of the form that was handed in with something in it."""
    if not task.form_id:
        return []
    form = definitions.form(work, task.form_id, task.form_version)
    environment = ledgers.form_environment(work, definitions.loaded(work, task.definition_id))
    context = task.submitted or {}
    values = [(field, look_up(context, field.key)) for field in form.fields()]
    return [
        (field.key, field.label, way.reading(field, value, context, environment))
        for field, value in values
        if value not in (None, "", [], {})
    ]


def whole_way(work: UnitOfWork, instance: Instance) -> list[Step]:
    """Tell the way through this matter and everything it called, in the order of time, each with its matter."""
    members = work.process_instances.find_all(work.process_instances.family(instance.id)[:MOST_CALLED])
    found = []
    for member in members:
        steps = way.steps(member, user_tasks.of_instance(work, member))
        if member.id != instance.id:
            steps = [replace(step, element_id="", name=f"{member.title} · {step.name}") for step in steps]
        found += steps
    return sorted(found, key=lambda step: (step.kind == "now", step.at or work.now))


def ancestors(work: UnitOfWork, instance: Instance) -> list[Instance]:
    """Give the matters this one is part of, the outermost first, as far as they may be seen."""
    found: list[Instance] = []
    above = instance
    while above.parent_id is not None:
        try:
            above = process_instances.visible(work, above.parent_id)
        except EngineError:
            break
        found.insert(0, above)
    return found
