"""The worker ``notify_outside``: tells somebody without an account by mail or text message."""

from collections.abc import Mapping

from engine import notifications, process_instances, unmasking
from engine.outbox.queueing import Channel
from engine.persistence.records import Job
from engine.persistence.work import UnitOfWork
from engine.workers import Result, needed


def notify_outside(work: UnitOfWork, job: Job, headers: Mapping[str, str], variables: Mapping[str, object]) -> Result:
    """Tell ``outside_text`` to the address in the sensitive variable that the header ``address`` names.

    The header ``channel`` is sms or email. Gives ``told_outside``: whether there was an address and a way.
    """
    text, name = str(needed("notify_outside", variables, "outside_text")), str(needed("notify_outside", headers, "address"))
    channel: Channel = "email" if headers.get("channel") == "email" else "sms"
    address = str(variables.get(name) or "")
    if job.instance_id is not None and address:
        instance = process_instances.get(work, job.instance_id)
        address = str(unmasking.reveal(work, instance, [name], purpose=f"notify_outside:{channel}").get(name) or "")
    event = f"job:{job.instance_id}:{job.element_key}"
    return {"told_outside": notifications.tell_outside(work, channel, address, event, text)}
