"""The worker ``notify``: tells people in the app."""

from collections.abc import Mapping

from engine import notifications
from engine.persistence.records import Job
from engine.persistence.work import UnitOfWork
from engine.workers import Result, needed


def notify(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Tell ``notify_to`` (logins, groups) of ``notify_title`` and ``notify_body``; once, however often it is tried."""
    to = needed("notify", variables, "notify_to")
    recipients = [str(name) for name in to] if isinstance(to, list) else [str(to)]
    title = str(needed("notify", variables, "notify_title"))
    body = str(variables.get("notify_body") or "")
    event = f"job:{job.instance_id}:{job.element_key}"
    notifications.notify(work, recipients, event, title, body, f"instance:{job.instance_id}", headers.get("kind", "info"))
    return {}
