"""Incidents: what failed and waits for help, with its reason, what it saw and the stack for operators."""

import traceback
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from engine import definitions, process_instances
from engine.effects import Transition
from engine.errors import EngineError, plain_facts
from engine.kernel.port import ResolveIncident
from engine.persistence.keys import new_key
from engine.persistence.records import PAGE, Job, Page, Row
from engine.persistence.work import UnitOfWork

LONGEST_MESSAGE = 2000


class IncidentNotFound(EngineError):
    """There is no such incident."""

    kind = "missing"


class AlreadyResolved(EngineError):
    """{by} has already resolved this."""

    kind = "conflict"


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
    incident = work.incidents.find(incident_id)
    if incident is None:
        raise IncidentNotFound()
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


def unresolved(work: UnitOfWork, number: int = 1, size: int = PAGE) -> Page[Row[Any]]:
    """Give a page of what waits for help, oldest first."""
    return work.incidents.unresolved(number, size)


def of_instance(work: UnitOfWork, instance_id: UUID) -> Sequence[Row[Any]]:
    """Give everything that failed in an instance, newest first."""
    return work.incidents.of_instance(instance_id)
