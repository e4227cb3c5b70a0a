"""Incidents: what failed and waits for help, with its reason, what it saw and the stack for operators."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from engine import definitions, process_instances
from engine.effects import Transition
from engine.errors import EngineError, plain_facts
from engine.identity.actor import Actor
from engine.identity.rights import OPERATE, looked_after, require
from engine.kernel.port import ResolveIncident
from engine.persistence.keys import new_key
from engine.persistence.records import PAGE, Job, Page, Row
from engine.persistence.work import UnitOfWork

if TYPE_CHECKING:
    from engine.bootstrap import Engine

LONGEST_MESSAGE = 2000
MOST = 200


class IncidentNotFound(EngineError):
    """There is no such incident."""

    kind = "missing"


class AlreadyResolved(EngineError):
    """{by} has already resolved this."""

    kind = "conflict"


class TooMany(EngineError):
    """Try at most {limit} again at once."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of trying many again: those it was done with, and of each of the others why not."""

    done: list[UUID] = field(default_factory=list)
    refused: dict[UUID, EngineError] = field(default_factory=dict)


def open(work: UnitOfWork, job: Job, error: BaseException) -> None:
    """Raise an incident for a job that will not be tried again by itself."""
    variables = job.payload.get("variables", job.payload)
    message, detail = said(error), "".join(traceback.format_exception(error))
    template, facts = (error.template(), error.facts) if isinstance(error, EngineError) else (message, {})
    row = {
        "id": new_key(), "instance_id": job.instance_id, "job_id": job.id, "element_key": job.element_key,
        "element_id": job.element_id, "kind": "job", "message": message, "template": template,
        "facts": plain_facts(facts), "detail": detail, "variables": variables,
        "raised_at": work.now, "resolved_at": None, "resolved_by": None,
    }  # fmt: skip
    work.incidents.add([row])


def said(error: BaseException) -> str:
    """Give what an error says in one line, or what it is."""
    return (str(error) or type(error).__name__)[:LONGEST_MESSAGE]


def resolve(work: UnitOfWork, incident_id: UUID, variables: Mapping[str, object] | None = None) -> None:
    """Try what failed again; *variables* are put right in the scope it reads first."""
    require(work.actor, OPERATE)
    incident = work.incidents.find(incident_id)
    if incident is None or (incident.instance_id is None and looked_after(work.actor) is not None):
        raise IncidentNotFound()
    if incident.instance_id is not None:
        blind = work.actor.scope.kind == "accounts"  # whoever keeps the system going mends a matter without reading it
        instance = process_instances.get(work, incident.instance_id) if blind else None
        process_instances.check_not_suspended(instance or process_instances.governed(work, incident.instance_id))
    try_again(work, incident, variables)


def resolve_many(engine: "Engine", actor: Actor, incident_ids: Sequence[UUID]) -> Outcome:
    """Try again what failed in many matters, each in a transaction of its own, so that none keeps the others back."""
    if len(incident_ids) > MOST:
        raise TooMany(limit=MOST)
    outcome = Outcome()
    for incident_id in dict.fromkeys(incident_ids):
        try:
            engine.run(lambda work, key=incident_id: resolve(work, key), actor)  # type: ignore[misc]
        except EngineError as reason:
            outcome.refused[incident_id] = reason
        else:
            outcome.done.append(incident_id)
    return outcome


def try_again(work: UnitOfWork, incident: Row[Any], variables: Mapping[str, object] | None = None) -> None:
    """Close an incident and do again what it stopped, for whoever may: the caller has looked."""
    incident_id = incident.id
    if not work.incidents.resolve(incident_id, work.now, work.actor.login):
        raise AlreadyResolved(by=incident.resolved_by)

    transition = Transition(work)
    if incident.instance_id is not None:
        instance = process_instances.get(work, incident.instance_id)
        variables = transition.seal(instance, definitions.loaded(work, instance.definition_id), variables or {})
        facts = {"element": incident.element_id, "message": incident.message, "variables": dict(variables or {})}
        transition.note(instance, "incident.resolved", str(incident_id), facts)
        if incident.job_id is None:
            transition.advance(instance, ResolveIncident(incident.element_key, variables or {}))
        else:
            transition.keep(instance)
    if incident.job_id is not None:
        work.jobs.retry(incident.job_id, work.now, 1, variables)
    transition.run()


def unresolved(work: UnitOfWork, number: int = 1, size: int = PAGE, process_id: str = "") -> Page[Row[Any]]:
    """Give a page of what waits for help among what the post looks after, oldest first."""
    return work.incidents.unresolved(number, size, process_id, looked_after(work.actor))


def processes(work: UnitOfWork) -> Mapping[str, int]:
    """Give the processes in which something waits for help, and how much, among what the post looks after."""
    return work.incidents.unresolved_by_process(looked_after(work.actor))


def of_instance(work: UnitOfWork, instance_id: UUID) -> Sequence[Row[Any]]:
    """Give everything that failed in an instance, newest first."""
    return work.incidents.of_instance(instance_id)
