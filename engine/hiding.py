"""Hiding: what only certain posts read of a matter, wherever it stands.

A field of a form says ``bpm:visibleTo``: role codes, or an expression over the matter's variables that gives them. Under the
name of that field nobody else reads a value: in no form, list, paper, file, trail or search. The engine itself reads all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine import definitions
from engine.definitions import Loaded
from engine.feel import Environment
from engine.forms.model import Form, Setting
from engine.identity.actor import Actor
from engine.persistence.records import Instance, Task
from engine.persistence.repositories.files import AttachmentRecord

if TYPE_CHECKING:
    from engine.persistence.work import UnitOfWork

NOTHING: frozenset[str] = frozenset()
Rules = Mapping[str, tuple[Setting, ...]]


def rules_of(forms: Iterable[Form]) -> dict[str, tuple[Setting, ...]]:
    """Give who reads which field; where several forms say it, whoever reads must be named by all of them."""
    found: dict[str, tuple[Setting, ...]] = {}
    for form in forms:
        for name, setting in form.restricted.items():
            found[name] = (*found.get(name, ()), setting)
    return found


def rules(work: "UnitOfWork", definition: Loaded) -> Rules:
    """Give who reads which field of a process, from all the forms it shows."""
    return work.cache.get(("hiding", definition.row.id), lambda: rules_of(_shown(work, definition)))


def _shown(work: "UnitOfWork", definition: Loaded) -> list[Form]:
    named = {element.form_id.text for element in definition.process.elements.values() if element.form_id is not None}
    known = definitions.form_versions(work)
    return [definitions.form(work, name) for name in sorted(named) if name in known]


def hidden(actor: Actor, held: Rules, values: Mapping[str, Any], environment: Environment) -> frozenset[str]:
    """Give the names whose values are not for whoever acts."""
    if actor.is_system or not held:
        return NOTHING
    return frozenset(name for name, settings in held.items() if not _reads(actor, settings, values, environment))


def _reads(actor: Actor, settings: Iterable[Setting], values: Mapping[str, Any], environment: Environment) -> bool:
    return all(actor.role in _roles(setting.of(values, environment)) for setting in settings)


def _roles(found: object) -> list[object]:
    return found if isinstance(found, list) else [part.strip() for part in str(found or "").split(",")]


def at_all(work: "UnitOfWork") -> frozenset[str]:
    """Give the names that some form in force keeps from the post acted in, whatever a matter says: none is searched in."""
    if work.actor.is_system:
        return NOTHING
    key = ("hidden from", work.actor.role)
    return work.cache.get(key, lambda: hidden(work.actor, rules_of(_in_force(work)), {}, Environment()))


def of_instance(work: "UnitOfWork", instance: Instance) -> frozenset[str]:
    """Give the names of an instance's variables that are not for whoever acts."""
    definition = definitions.loaded(work, instance.definition_id)
    return hidden(work.actor, rules(work, definition), instance.variables, definition.at(work.now))


def readable(work: "UnitOfWork", instance: Instance) -> Instance:
    """Give an instance as whoever acts may read it; it is for reading alone and never saved."""
    names = of_instance(work, instance)
    return replace(instance, variables=without(instance.variables, names)) if names else instance


def readable_task(task: Task, names: frozenset[str]) -> Task:
    """Give a step without what whoever acts may not read of what was handed in at it."""
    if not names:
        return task
    submitted = None if task.submitted is None else without(task.submitted, names)
    return replace(task, submitted=submitted, local=without(task.local, names))


def without(values: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    """Give values without those under certain names."""
    return {name: value for name, value in values.items() if name not in names}


def hides_file(work: "UnitOfWork", record: AttachmentRecord) -> bool:
    """Say whether a file was handed in under a field that is not for whoever acts; one's own always is."""
    if work.actor.is_system or record.instance_id is None or record.uploaded_by == work.actor.login:
        return False
    if record.field not in work.cache.get("hidden fields", lambda: _anywhere(work)):
        return False
    instance = work.process_instances.find(record.instance_id)
    return instance is None or record.field in of_instance(work, instance)


def _anywhere(work: "UnitOfWork") -> frozenset[str]:
    """Give every field that some form in force does not show to everybody, so that most files need no further look."""
    return frozenset(name for form in _in_force(work) for name in form.restricted)


def _in_force(work: "UnitOfWork") -> list[Form]:
    return [definitions.form(work, name) for name in sorted(definitions.form_versions(work))]
