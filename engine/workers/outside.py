"""The worker ``notify_outside``: tells somebody without an account by mail or text message."""

from collections.abc import Mapping

from engine import definitions, notifications, process_instances
from engine.outbox.queueing import Channel, Sealed
from engine.persistence.records import Job
from engine.persistence.work import UnitOfWork
from engine.sealing.taking import sensitive
from engine.workers import InputMissing, Result, needed

CHANNELS: tuple[Channel, ...] = ("sms", "email")


def notify_outside(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Tell ``outside_text`` to the addresses in the variables that the headers ``sms`` and ``email`` name.

    Whoever gave none, or wherever there is no way, is not told, and nothing fails. What lies sealed is opened when the
    message is sent. Gives ``told_outside``: the ways on which it went.
    """
    if not any(headers.get(channel) for channel in CHANNELS):
        raise InputMissing(type="notify_outside", name="sms")
    text = str(needed("notify_outside", variables, "outside_text"))
    event, told = f"job:{job.instance_id}:{job.element_key}", []
    for channel in CHANNELS:
        address = _address(work, job, headers.get(channel, ""), variables)
        if address and notifications.tell_outside(work, channel, address, event, text):
            told.append(channel)
    return {"told_outside": told}


def _address(work: UnitOfWork, job: Job, name: str, variables: Mapping[str, object]) -> str | Sealed:
    shown = str(variables.get(name) or "")
    if job.instance_id is None or not shown:
        return shown
    instance = process_instances.get(work, job.instance_id)
    if name not in sensitive(work, definitions.loaded(work, instance.definition_id)):
        return shown
    return Sealed(instance.id, name, shown)
