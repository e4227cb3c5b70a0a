"""Bindings: which version of a form, decision or process an element means.

The latest one, the one it was deployed together with, or the newest one with a tag. A process that has not
changed since an earlier deployment stays with what was deployed then.
"""

from collections.abc import Mapping
from typing import Any

from engine import dmn, forms
from engine.bpmn.model import Element, Process
from engine.errors import EngineError
from engine.persistence.records import DefinitionRow, Row
from engine.persistence.work import UnitOfWork

Asked = dmn.Decision | dmn.Service
Decisions = Mapping[tuple[str, str, str | None], Asked]
LATEST = "latest"


class NoSuchVersion(EngineError):
    """No version of {name} has the tag {tag}. Deploy one with it first."""


def process(work: UnitOfWork, caller: DefinitionRow, process_id: str, binding: str, tag: str | None) -> DefinitionRow | None:
    """Give the version of a called process that is bound, ``None`` where the latest one is meant."""
    if binding == LATEST:
        return None
    number = _number(work, "definition", process_id, caller, binding, tag)
    return None if number is None else work.definitions.find(process_id, number)


def form_version(work: UnitOfWork, user: DefinitionRow, element: Element, form_id: str) -> int | None:
    """Give the number of the version of a form that is bound, ``None`` where the latest one is meant."""
    if element.binding == LATEST:
        return None
    key = ("bound form", user.id, form_id, element.binding, element.version_tag)
    return work.cache.get(key, lambda: _number(work, "form", form_id, user, element.binding, element.version_tag))


def decisions(work: UnitOfWork, user: DefinitionRow, process: Process) -> Decisions:
    """Give the decisions that the elements of a version are bound to by name, binding and tag, apart from the latest ones."""
    found: dict[tuple[str, str, str | None], Asked] = {}
    for element in process.elements.values():
        called = element.called_decision
        if called is None or element.binding == LATEST or called.expression is not None:
            continue
        decision = _decision(work, user, called.text, element.binding, element.version_tag)
        if decision is not None:
            found[called.text, element.binding, element.version_tag] = decision
    return found


def read_decisions(files: Mapping[str, bytes]) -> Mapping[str, Asked]:
    """Give what business rule tasks may name: decisions, and services of several of them, by XML id."""
    reading = dmn.read({path: data for path, data in files.items() if path.endswith(".dmn")})
    return {**reading.services, **reading.decisions}


def _decision(work: UnitOfWork, user: DefinitionRow, name: str, binding: str, tag: str | None) -> Asked | None:
    if binding == "deployment":
        return read_decisions(work.definitions.files(user.deployment_id, ".dmn")).get(name)
    row = next((row for row in work.definitions.all_versions("decision", name) if _tag(work, "decision", name, row) == tag), None)
    return None if row is None else read_decisions(work.definitions.files(row.deployment_id, ".dmn"))[name]


def is_tagged(work: UnitOfWork, kind: str, name: str, tag: str | None) -> bool:
    """Say whether some version of a definition, decision or form has a tag."""
    return any(_tag(work, kind, name, row) == tag for row in work.definitions.all_versions(kind, name))


def _tag(work: UnitOfWork, kind: str, name: str, row: Row[Any]) -> str | None:
    if kind == "definition":
        return row.version_tag  # type: ignore[no-any-return]
    if kind == "form":
        form = forms.read({row.path: work.definitions.content(row.sha256)}).forms.get(name)
        return form.version_tag if form is not None else None
    decision = read_decisions(work.definitions.files(row.deployment_id, ".dmn")).get(name)
    return decision.version_tag if isinstance(decision, dmn.Decision) else None


def _number(work: UnitOfWork, kind: str, name: str, user: DefinitionRow, binding: str, tag: str | None) -> int | None:
    if binding == "deployment":
        return work.definitions.deployed_with(kind, name, user.deployment_id)
    tagged = (row.version for row in work.definitions.all_versions(kind, name) if _tag(work, kind, name, row) == tag)
    number = next(tagged, None)
    if number is None:
        raise NoSuchVersion(name=name, tag=tag)
    return int(number)
