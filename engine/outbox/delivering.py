"""Delivering: a job per message hands it over outside any transaction, then writes down that it went.

A crash between the two sends a mail again under the same Message-ID, and a text message under the same key.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from engine import unmasking
from engine.forms.secrets import is_masked
from engine.outbox.channels import Message, NotDelivered, send_mail, send_text
from engine.outbox.queueing import IN_A_MATTER, write_digest
from engine.outbox.wishes import bound_to
from engine.persistence.records import Job
from engine.persistence.repositories.outbox import OutgoingRow
from engine.persistence.work import UnitOfWork
from engine.sealing import vault

if TYPE_CHECKING:
    from engine.bootstrap import Engine


@dataclass(frozen=True, slots=True)
class Line:
    """One event in a message: what, and where in the app to look."""

    title: str
    link: str


Composer = Callable[[str, Sequence[Line]], Message]


def plain(name: str, lines: Sequence[Line]) -> Message:
    """Word a message without a word of its own; a web face has better ones."""
    text = "\n".join(line.title for line in lines)
    return Message(lines[0].title, text, "".join(f"<p>{html.escape(line.title)}</p>" for line in lines))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A message with its address in the clear, held no longer than it takes to send it."""

    row: OutgoingRow
    address: str
    name: str
    lines: Sequence[Line]


def deliver(engine: Engine, job: Job) -> None:
    """Send the message of a job; one that is gone, or went already, needs nothing."""
    found = engine.run(lambda work: _open(work, UUID(job.payload["outgoing"])))
    if found is None:
        return
    row, settings = found.row, engine.settings
    if row.channel == "sms" and settings.sms_hook:
        send_text(settings.sms_hook, settings.sms_key, row.id, found.address, Message("", row.title))
    elif row.channel == "email" and settings.smtp:
        outside = row.kind == "outside"
        message = Message(row.title, row.title) if outside else engine.composer(found.name, found.lines)
        send_mail(settings.smtp, settings.mail_from, row.id, found.address, message)
    else:
        raise NotDelivered(reason=row.channel)


def _open(work: UnitOfWork, key: UUID) -> _Opened | None:
    row = work.outbox.find(key)
    if row is None or row.state == "sent":
        return None
    return _Opened(row, _address(work, row), _name(work, row), _lines(work, row))


def _address(work: UnitOfWork, row: OutgoingRow) -> str:
    """Open an address; one in the field of a matter leaves its line in the trail each time."""
    if not row.address.startswith(IN_A_MATTER):
        return vault(work).read(row.address, bound_to(row.recipient))
    key, _, field = row.address.removeprefix(IN_A_MATTER).partition(":")
    instance = work.process_instances.find(UUID(key))
    clear = str(unmasking.reveal(work, instance, [field], f"outbox:{row.channel}").get(field) or "") if instance else ""
    if not clear or is_masked(clear):
        raise NotDelivered(reason=field)
    return clear


def _lines(work: UnitOfWork, row: OutgoingRow) -> list[Line]:
    told = work.outbox.gathered(row.id) if row.kind == "daily" else [row]
    return [Line(each.title, each.link) for each in told]


def _name(work: UnitOfWork, row: OutgoingRow) -> str:
    found = work.people.named([row.recipient])
    return found[row.recipient].name if row.recipient in found else ""


def settle(work: UnitOfWork, job: Job) -> None:
    """Write down that a message went."""
    work.outbox.mark(UUID(job.payload["outgoing"]), "sent", work.now)


def give_up(work: UnitOfWork, job: Job) -> None:
    """Write down that a message could not be sent however often it was tried."""
    work.outbox.mark(UUID(job.payload["outgoing"]), "failed")


def digest(work: UnitOfWork, job: Job) -> None:
    """Write somebody's letter of the day."""
    write_digest(work, str(job.payload["login"]), work.now.date().isoformat())
