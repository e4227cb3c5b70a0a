"""Migrating: running instances of a process go on with another version of it, as a plan of elements says.

Whatever stands at an element goes on at the one the plan names, else at the one with the same id. Tasks keep their people,
drafts and deadlines, timers their dates. One instance is one transaction: it is moved with all its rows, or stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from engine import definitions, kernel, process_instances, versions
from engine.definitions import Loaded
from engine.effects import Transition
from engine.errors import EngineError, Problem
from engine.identity.rights import PUBLISH_PROCESS, require_in
from engine.kernel import Versions
from engine.kernel.port import Advance
from engine.persistence.records import Instance
from engine.persistence.work import UnitOfWork

Plan = Mapping[str, str]


class PlanRefused(EngineError):
    """This plan fits no instance. {problems}"""


class DoesNotFit(EngineError):
    """{title} cannot go on with version {version}. {problems}"""

    kind = "conflict"


class AlreadyThere(EngineError):
    """{title} runs on version {version} already."""

    kind = "conflict"


@dataclass(frozen=True, slots=True)
class Place:
    """An element of the old version with how many open visits, where they would go, and where else they could."""

    element_id: str
    name: str
    type: str
    open: int
    to: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a migration would do to one instance: nothing stands in its way, or these *problems* do."""

    instance_id: UUID
    title: str
    unit: str | None
    problems: tuple[Problem, ...]


def faults(work: UnitOfWork, process_id: str, old: int, new: int, plan: Plan) -> list[Problem]:
    """Say what is wrong with a plan between two versions of a process, whatever runs."""
    source, target = (_version(work, process_id, number) for number in (old, new))
    found = kernel.faults(Versions(source.process, target.process, plan))
    return [_problem(source, *finding) for finding in found]


def places(work: UnitOfWork, process_id: str, old: int, new: int, plan: Plan) -> list[Place]:
    """Give every element of the old version at which something stands, with what it can become in the new one."""
    source, target = (_version(work, process_id, number) for number in (old, new))
    require_in(work.actor, PUBLISH_PROCESS, source.row.pack)
    found = []
    for element_id, count in work.moves.standing(source.row.id).items():
        element = source.process.elements[element_id]
        alike = [other for other in target.process.elements.values() if other.type == element.type]
        choices = tuple((other.id, other.name) for other in alike)
        to = plan.get(element_id, element_id if element_id in target.process.elements else "")
        found.append(Place(element_id, element.name, element.type, count, to, choices))
    order = list(source.process.elements)
    return sorted(found, key=lambda place: order.index(place.element_id))


def trial(work: UnitOfWork, process_id: str, old: int, new: int, plan: Plan) -> list[Trial]:
    """Say of each running instance of a version whether it could be migrated, without touching any."""
    source, target = (_version(work, process_id, number) for number in (old, new))
    require_in(work.actor, PUBLISH_PROCESS, source.row.pack)
    running = work.moves.running_on(source.row.id)
    return [Trial(instance.id, instance.title, instance.unit, _misfits(source, target, instance, plan)) for instance in running]


def migrate(work: UnitOfWork, instance_id: UUID, new: int, plan: Plan, reason: str) -> None:
    """Put one instance on version *new* of its process, for a reason that stays in the trail."""
    instance = process_instances.get(work, instance_id)
    process_instances.check_running(instance)
    source, target = definitions.loaded(work, instance.definition_id), _version(work, instance.process_id, new)
    require_in(work.actor, PUBLISH_PROCESS, source.row.pack)
    _check(source, target, instance, plan)

    moved = kernel.migrate(source.kernel, target.kernel, instance.kernel_state, plan, work.now)
    transition = Transition(work)
    instance.definition_id = target.row.id
    facts = {"from": source.row.version, "to": target.row.version, "plan": dict(plan), "reason": reason}
    transition.note(instance, "instance.migrated", str(instance_id), facts)
    transition.apply(instance, Advance(moved.state, moved.effects))

    work.moves.move(instance.id, target.row.id, _places(work, target, moved.moved))
    transition.run()


def _check(source: Loaded, target: Loaded, instance: Instance, plan: Plan) -> None:
    if source.row.id == target.row.id:
        raise AlreadyThere(title=instance.title, version=target.row.version)
    wrong = kernel.faults(Versions(source.process, target.process, plan))
    if wrong:
        raise PlanRefused(problems=_said(_problem(source, *finding) for finding in wrong))
    found = _misfits(source, target, instance, plan)
    if found:
        raise DoesNotFit(title=instance.title, version=target.row.version, problems=_said(found))


def _misfits(source: Loaded, target: Loaded, instance: Instance, plan: Plan) -> tuple[Problem, ...]:
    return tuple(
        _problem(source, *finding) for finding in kernel.misfits(source.kernel, target.kernel, instance.kernel_state, plan)
    )


def _problem(source: Loaded, element_id: str, template: str, facts: Mapping[str, object]) -> Problem:
    element = source.process.elements.get(element_id)
    return Problem(source.process.file, element_id, element.line if element else 0, template, facts)


def _said(problems: Iterable[Problem]) -> str:
    return " ".join(problem.message for problem in problems)


def _places(work: UnitOfWork, target: Loaded, moved: Mapping[str, str]) -> list[dict[str, object]]:
    """Give what the rows at each open visit say now."""
    found: list[dict[str, object]] = []
    for key, element_id in moved.items():
        element = target.process.elements[element_id]
        form = element.form_id.text if element.form_id and element.form_id.expression is None else None
        found.append({"key": key, "element_id": element_id, "name": element.name, "lane": element.lane, "form_id": form,
                      "form_version": definitions.form_version(work, target, element_id, form) if form else None})  # fmt: skip
    return found


def _version(work: UnitOfWork, process_id: str, number: int) -> Loaded:
    return definitions.loaded(work, versions.version(work, process_id, number).id)
