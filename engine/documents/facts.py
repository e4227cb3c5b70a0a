"""What a paper offered outside a task is made from: the unit's latest run of the process that gathers its facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from engine import definitions
from engine.documents.model import Document
from engine.errors import EngineError
from engine.persistence.work import UnitOfWork


class UnitNotSaid(EngineError):
    """Choose the unit whose {document} you want."""


class NothingToTell(EngineError):
    """{unit} has not begun “{process}” yet. “{document}” can be made from what is filled in there."""


class FactsMissing(EngineError):
    """{unit} has not filled in yet what “{document}” says. It can be made as soon as that is done in “{process}”."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a paper is made from: the variables of a task or a matter, and the matter they belong to."""

    variables: Mapping[str, object] = field(default_factory=dict)
    instance_id: UUID | None = None


def basis(work: UnitOfWork, document: Document, unit: str | None = None) -> Basis:
    """Give the facts of a paper for a unit that the post looks after, or say why there are none yet."""
    code = unit or (work.actor.unit if work.actor.scope.units is not None else None)
    if not document.process:
        return Basis({"unit": code}) if unit and work.actor.scope.includes(unit) else Basis()
    if not code or not work.actor.scope.includes(code):
        raise UnitNotSaid(document=document.name)
    instance = work.process_instances.latest(document.process, code)
    row = work.units.find(code)
    said = {"unit": row.name if row else code, "document": document.name, "process": _process(work, document)}
    if instance is None:
        raise NothingToTell(**said)
    if any(instance.variables.get(name) in (None, "") for name in document.needs):
        raise FactsMissing(**said)
    return Basis({**instance.variables, "unit": code}, instance.id)


def _process(work: UnitOfWork, document: Document) -> str:
    return definitions.active(work, document.process).row.name


def ready(work: UnitOfWork, document: Document) -> list[str]:
    """Give the units within the post's data scope, in official order, whose facts for a paper are complete."""
    found = work.process_instances.facts(document.process)
    full = {unit for unit, facts in found.items() if all(facts.get(name) not in (None, "") for name in document.needs)}
    return [unit.code for unit in work.units.all() if unit.code in full and work.actor.scope.includes(unit.code)]
