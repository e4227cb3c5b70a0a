"""Queueing: messages are written in the transaction of what they tell of, and jobs that will send them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from uuid import NAMESPACE_OID, UUID, uuid5

from engine import incidents
from engine.clock import ZONE
from engine.effects.batch import job_row
from engine.errors import EngineError
from engine.outbox.wishes import KINDS, bound_to
from engine.persistence.keys import new_key
from engine.persistence.work import UnitOfWork
from engine.sealing import vault
from engine.settings import Settings

Channel = Literal["email", "sms"]
DIGEST_AT = time(8, 0)
RETRIES = 8
_TITLE = 200
_MANY = 1000
_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")


_MOBILE = re.compile(r"1[3-9]\d")
IN_A_MATTER = "field:"


@dataclass(frozen=True, slots=True)
class Sealed:
    """An address in a sealed field of a matter, of which everybody sees *shown*: opened when a message is sent, not before."""

    instance_id: UUID
    field: str
    shown: str


class PersonalData(EngineError):
    """A message that leaves the house must not hold a telephone number or an identity number."""


def open_channels(settings: Settings) -> frozenset[Channel]:
    """Give the ways out that this deployment has."""
    ways: dict[Channel, str | None] = {"email": settings.smtp, "sms": settings.sms_hook}
    return frozenset(name for name, way in ways.items() if way)


def queue(work: UnitOfWork, logins: Sequence[str], event: str, title: str, link: str, kind: str) -> None:
    """Write what these people want to be told outside the app; those with an address only, each of an event once."""
    ways = open_channels(work.settings)
    if not ways or not logins:
        return
    contacts = work.outbox.contacts(logins)
    if not contacts:
        return
    wished = {wish.login: (wish.email, wish.sms) for wish in work.outbox.wishes(contacts.keys(), _known(kind))}
    rows = []
    for login, contact in contacts.items():
        by_mail, by_text = wished.get(login, KINDS[_known(kind)])
        if contact.email and by_mail != "never" and "email" in ways:
            rows.append(_row(work, "email", login, contact.email, event, kind, title, link, held=by_mail == "daily"))
        if contact.mobile and by_text == "once" and "sms" in ways:
            rows.append(_row(work, "sms", login, contact.mobile, event, kind, title, link))
    _write(work, rows)


def tell_outside(work: UnitOfWork, channel: Channel, address: str | Sealed, event: str, text: str) -> bool:
    """Tell somebody without an account; say whether there is a way. The text must stand without personal data."""
    if _PERSONAL.search(text):
        raise PersonalData
    if channel not in open_channels(work.settings) or not _reaches(channel, address):
        return False
    recipient, kept = _kept(work, address)
    return bool(_write(work, [_row(work, channel, recipient, kept, event, "outside", text, "")]))


def _reaches(channel: Channel, address: str | Sealed) -> bool:
    """Say whether there is an address that the channel can reach: no text message comes to a telephone on a wall."""
    shown = address.shown if isinstance(address, Sealed) else address
    return bool(shown) and (channel == "email" or bool(_MOBILE.match(shown)))


def _kept(work: UnitOfWork, address: str | Sealed) -> tuple[str, str]:
    """Give the name an address goes by, and what of it is written down: where it lies, or its sealed words."""
    if isinstance(address, Sealed):
        return f"outside:{address.instance_id.hex}", f"{IN_A_MATTER}{address.instance_id}:{address.field}"
    known = vault(work)
    recipient = f"outside:{next(iter(known.keys), known.current).mark(address)[:24]}"
    return recipient, known.token(address, bound_to(recipient))


def _known(kind: str) -> str:
    return kind if kind in KINDS else "info"


def _row(
    work: UnitOfWork, channel: str, recipient: str, address: str, event: str, kind: str, title: str, link: str, held: bool = False
) -> dict[str, object]:
    return {
        "id": new_key(), "channel": channel, "recipient": recipient, "address": address, "event": event, "kind": kind,
        "title": _PERSONAL.sub("…", title)[:_TITLE], "link": link, "state": "held" if held else "waiting",
        "created_at": work.now, "sent_at": None, "letter_id": None,
    }  # fmt: skip


def _write(work: UnitOfWork, rows: Sequence[Mapping[str, object]]) -> frozenset[UUID]:
    """Write messages, with a job for each that is new, or for the letter of the day that it waits for."""
    if not rows:
        return frozenset()
    new = work.outbox.add(rows)
    for row in rows:
        if row["id"] not in new:
            continue
        if row["state"] == "held":
            _await_digest(work, str(row["recipient"]))
        else:
            _schedule(work, UUID(str(row["id"])), work.now)
    return new


def _await_digest(work: UnitOfWork, login: str) -> None:
    morning = datetime.combine(work.now.astimezone(ZONE).date(), DIGEST_AT, ZONE)
    due_at = morning if morning > work.now else morning + timedelta(days=1)
    key = uuid5(NAMESPACE_OID, f"daily:{login}:{due_at.date()}")
    if work.jobs.find(key) is None:
        work.jobs.add([job_row("digest", "digest", due_at, id=key, payload={"login": login}, retries=RETRIES)])


def _schedule(work: UnitOfWork, key: UUID, due_at: datetime) -> None:
    work.jobs.add([job_row("outbox", "outbox", due_at, payload={"outgoing": str(key)}, retries=RETRIES)])


def try_again(work: UnitOfWork) -> int:
    """Send once more what could not be sent; give how many messages that is."""
    resting = {job.id for job in work.jobs.of_kind("outbox") if job.due_at is None}
    waiting = [row for row in work.incidents.unresolved(size=_MANY).rows if row.job_id in resting]
    for row in waiting:
        incidents.try_again(work, row)
    return len(waiting)


def write_digest(work: UnitOfWork, login: str, day: str) -> None:
    """Gather what is held for somebody into one letter, and send that."""
    contact = work.outbox.contacts([login]).get(login)
    if contact is None or not contact.email:
        return
    row = _row(work, "email", login, contact.email, f"daily:{day}", "daily", "", "")
    [key] = work.outbox.add([row]) or [None]
    if key is None or not work.outbox.gather(login, key):
        return
    _schedule(work, key, work.now)
