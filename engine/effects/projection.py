"""What lists and ledgers show of an instance: title, unit, key, state, and the ledger row that follows its variables."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine import definitions
from engine.bpmn.timers import read_date
from engine.clock import ZONE
from engine.definitions import Loaded
from engine.identity import recusal, succession
from engine.persistence.keys import new_key
from engine.persistence.records import Instance

if TYPE_CHECKING:
    from engine.effects.transition import Transition

STATE = "bpm:state"
KEEPS_OUT = ("bpm:excludedUsers", "bpm:excludedUnits", "bpm:pool")
_KEEPS_OUT = frozenset(KEEPS_OUT)
_PLACES = {"bpm:title": "title", "bpm:unit": "unit", "bpm:businessKey": "business_key"}


def project(transition: Transition, instance: Instance, changed: set[str]) -> None:
    """Bring title, unit, business key and ledger row up to date with the variables that *changed*."""
    definition = definitions.loaded(transition.work, instance.definition_id)
    properties = definition.process.properties
    keep_out(transition, instance, definition)
    if not changed:
        return
    for name, attribute in _PLACES.items():
        value = definition.evaluate(properties.get(name), instance.variables, transition.work.now)
        if value is not None:
            setattr(instance, attribute, succession.heir_of(transition.work, str(value)) if attribute == "unit" else str(value))
    if "bpm:ledgerRow" in properties:
        _project_row(transition, instance, definition, changed)
    if STATE in changed and instance.variables.get("intake"):
        _tell_channel(transition, instance)


def _tell_channel(transition: Transition, instance: Instance) -> None:
    from engine import intake

    intake.note_state(transition, instance)


def keep_out(transition: Transition, instance: Instance, definition: Loaded) -> None:
    """See whom the process keeps out of the whole matter as things stand; the family is told when it is written."""
    properties, now = definition.process.properties, transition.work.now
    if not _KEEPS_OUT & properties.keys():
        return
    logins, units, pool = (definition.evaluate(properties.get(name), instance.variables, now) for name in KEEPS_OUT)
    names = {f"{recusal.USER}{login}" for login in recusal.excluded_by(logins)}
    names |= {f"{recusal.UNIT}{unit}" for unit in recusal.excluded_by(units)}
    names |= {recusal.pool_name(definition.row.pack, str(pool))} if pool else set()
    names |= {name for name in instance.excluded if name.startswith(recusal.MATTER)}
    if instance.parent_id is not None or names != set(instance.excluded):
        transition.batch.kept_out[instance.id] = (instance.root_id, frozenset(names))
        instance.excluded = sorted({*instance.excluded, *names})


def hide_like(transition: Transition, instance: Instance, other: Instance) -> None:
    """Keep out of an instance whoever is kept out of another matter, also who will be."""
    instance.excluded = sorted({*other.excluded, f"{recusal.MATTER}{other.root_id}"})
    transition.batch.kept_out[instance.id] = (instance.root_id, frozenset(instance.excluded))


def _project_row(transition: Transition, instance: Instance, definition: Loaded, changed: set[str]) -> None:
    from engine import ledgers

    work, properties = transition.work, definition.process.properties
    ledger = definition.evaluate(properties["bpm:ledgerRow"], instance.variables, work.now)
    named = properties.get("bpm:ledgerKey")
    # a key of its own that is still to be given must not be replaced by that of the message that began the instance
    key = definition.evaluate(named, instance.variables, work.now) if named else instance.business_key
    if not ledger or not key:
        return
    is_named = named is not None and named.expression is not None and bool(changed & named.expression.names)
    if is_named or STATE in changed or changed & ledgers.columns(ledgers.declared(work, str(ledger))):
        values = instance.variables
        ledgers.project(work, str(ledger), str(key), values, instance.business_state, instance.id, instance.unit)


def enter(transition: Transition, instance: Instance, definition: Loaded, element_id: str) -> None:
    """Give the instance the business state that the element it has reached declares."""
    element = definition.process.elements.get(element_id)
    value = element.properties.get("bpm:state") if element is not None else None
    state = definition.evaluate(value, instance.variables, transition.work.now)
    if state is not None and str(state) != instance.business_state:
        instance.business_state = str(state)
        transition.touch(instance, STATE)


def leave(transition: Transition, instance: Instance, definition: Loaded, element_id: str) -> None:
    """Write the milestone that the completed element declares."""
    element = definition.process.elements.get(element_id)
    value = element.properties.get("bpm:milestone") if element is not None else None
    code = definition.evaluate(value, instance.variables, transition.work.now)
    if element is None or not code:
        return
    unit = definition.evaluate(definition.process.properties.get("bpm:unit"), instance.variables, transition.work.now)
    unit = succession.heir_of(transition.work, str(unit)) if unit else instance.unit
    reached = definition.evaluate(element.properties.get("bpm:milestoneAt"), instance.variables, transition.work.now)
    transition.batch.milestones.append({
        "id": new_key(), "code": str(code), "unit": unit, "instance_id": instance.id,
        "root_id": instance.root_id, "element_id": element_id, "reached_at": _moment(reached, transition.work.now),
    })  # fmt: skip


def _moment(value: object, now: datetime) -> datetime:
    """Read when a milestone counts from: a moment, a day or its text; without one it is now."""
    return min(now, read_date(value, ZONE)) if value else now
