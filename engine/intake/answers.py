"""Answers: a channel is told of each step that its matter reaches, until it has taken it, signed with a key of its own.

Each attempt schedules the next one before it is made, outside of any transaction: a crash loses nothing, and an answer may
arrive twice but never not at all.
"""

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from engine.effects.batch import job_row
from engine.persistence.keys import new_key
from engine.persistence.records import Instance, Job
from engine.persistence.repositories.intake import AnswerRow
from engine.persistence.work import UnitOfWork
from engine.public_face.digests import digest

if TYPE_CHECKING:
    from engine.effects.transition import Transition

JOB, SEND = "intake_news", "intake_answer"
FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS = timedelta(minutes=1), timedelta(hours=6), 12
PATIENCE = 5
LONGEST = 200


def note_state(transition: "Transition", instance: Instance) -> None:
    """Note that a matter which came in by a channel, or something it called, has reached another state."""
    place, payload = (instance.id, f"news of {instance.business_state}"), {"state": instance.business_state}
    facts: dict[str, Any] = {"payload": payload, "subject": str(instance.root_id), "retries": 3}
    transition.batch.jobs[place] = job_row(JOB, JOB, transition.work.now, **facts)


def prepare(work: UnitOfWork, job: Job) -> None:
    """Write down what the channel is to be told of a state, if it wants to be told."""
    item = work.intake.item_of(UUID(job.subject or ""))
    channel = work.intake.channel(item.channel) if item else None
    if item is None or channel is None or not channel.callback:
        return
    from engine.intake.standing import told

    body = told(work, item, str(job.payload["state"]))
    answer = AnswerRow(new_key(), item.id, item.channel, body, "waiting", 0, "", work.now)
    work.intake.add_answer(answer)
    _schedule(work, answer.id, 0, timedelta())


def send(work: UnitOfWork, job: Job) -> None:
    """Try to tell the channel; the next attempt is scheduled first."""
    answer, attempts = work.intake.answer(UUID(job.payload["answer"])), int(job.payload["attempts"])
    channel = work.intake.channel(answer.channel) if answer else None
    if answer is None or channel is None or not work.intake.try_answer(answer.id, attempts):
        return
    if attempts + 1 < MOST_ATTEMPTS:
        _schedule(work, answer.id, attempts + 1, min(FIRST_PAUSE * 2**attempts, LONGEST_PAUSE))
    secret, last = secret_of(work, channel.name), attempts + 1 >= MOST_ATTEMPTS
    again = work.anew

    def post() -> None:
        said = _post(channel.callback, answer, secret)
        with again() as noting:
            state = "sent" if said == "" else "given up" if last else "waiting"
            noting.intake.settle_answer(answer.id, state, said, noting.now if state == "sent" else None)

    work.after_commit(post)


def secret_of(work: UnitOfWork, channel: str) -> str:
    """Give the key that answers to a channel are signed with; it is made anew from this installation's key each time."""
    return digest(work, "answers", channel)


def _schedule(work: UnitOfWork, answer_id: UUID, attempts: int, pause: timedelta) -> None:
    facts: dict[str, Any] = {"payload": {"answer": str(answer_id), "attempts": attempts}, "retries": 3}
    work.jobs.add([job_row(SEND, SEND, work.now + pause, **facts)])


def _post(address: str, answer: AnswerRow, secret: str) -> str:
    """Send it; give nothing where it was taken, else what was said."""
    body = json.dumps(answer.body, ensure_ascii=False).encode()
    signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "X-Zhenggai-Answer": str(answer.id),
        "X-Zhenggai-Signature": f"sha256={signed}",
    }
    request = urllib.request.Request(address, data=body, headers=headers, method="POST")  # noqa: S310 checked when it was entered
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
            return ""
    except (urllib.error.URLError, OSError, ValueError) as error:
        return str(error)[:LONGEST]
