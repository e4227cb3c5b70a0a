"""Wishes: where somebody wants messages, and of which kinds of event at once, once a day or never."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import EngineError
from engine.forms.validators import MAIL_ADDRESS
from engine.persistence.repositories.outbox import ContactRow, WishRow
from engine.persistence.work import UnitOfWork
from engine.sealing import vault

KINDS: Mapping[str, tuple[str, str]] = {
    "remind": ("once", "never"),
    "urge": ("once", "never"),
    "order": ("once", "never"),
    "info": ("daily", "never"),
}
EMAIL, SMS = ("once", "daily", "never"), ("once", "never")
_MOBILE = re.compile(r"1[3-9]\d{9}")


class NotAnAddress(EngineError):
    """“{text}” is no mail address."""


class NotANumber(EngineError):
    """“{text}” is no mobile number."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody wants: addresses in the clear, for themselves; per kind of event the way by mail and by text message."""

    email: str = ""
    mobile: str = ""
    kinds: Mapping[str, tuple[str, str]] = field(default_factory=lambda: dict(KINDS))


def wishes_of(work: UnitOfWork) -> Wishes:
    """Give what whoever acts wants."""
    login = work.actor.login
    contact = work.outbox.contacts([login]).get(login, ContactRow(login))
    own = {wish.kind: (wish.email, wish.sms) for wish in work.outbox.wishes([login]) if wish.kind in KINDS}
    return Wishes(_open(work, login, contact.email), _open(work, login, contact.mobile), dict(KINDS) | own)


def keep_wishes(work: UnitOfWork, wanted: Wishes) -> None:
    """Keep what whoever acts wants from now on."""
    login, email, mobile = work.actor.login, wanted.email.strip(), wanted.mobile.strip()
    if email and not MAIL_ADDRESS.fullmatch(email):
        raise NotAnAddress(text=email)
    if mobile and not _MOBILE.fullmatch(mobile):
        raise NotANumber(text=mobile)
    kept = ContactRow(login, _seal(work, login, email), _seal(work, login, mobile))
    known = [
        WishRow(login, kind, by_mail if by_mail in EMAIL else usual[0], by_text if by_text in SMS else usual[1])
        for kind, usual in KINDS.items()
        for by_mail, by_text in [wanted.kinds.get(kind, usual)]
    ]
    work.outbox.want(kept, known)


def bound_to(login: str) -> str:
    """Name what a person's addresses are sealed to."""
    return f"contact:{login}"


def _seal(work: UnitOfWork, login: str, clear: str) -> str:
    return vault(work).token(clear, bound_to(login)) if clear else ""


def _open(work: UnitOfWork, login: str, sealed: str) -> str:
    return vault(work).read(sealed, bound_to(login)) if sealed else ""
