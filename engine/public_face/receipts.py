"""Receipts: the code that opens a record, with the last digits of a telephone number, to whoever filed it."""

import re
import secrets
from uuid import UUID

from engine.forms.validators import narrow
from engine.persistence.keys import new_key
from engine.persistence.repositories.public import KeyRow
from engine.persistence.work import UnitOfWork
from engine.public_face.digests import digest

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, TAIL = 8, 4
TOLD = "********"


def new_code() -> str:
    """Make a code of characters that nobody mistakes for another."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_for(work: UnitOfWork, what: str) -> str:
    """Make the code that belongs to something for ever: whoever asks again gets the same."""
    number = int(digest(work, "code for", what), 16)
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(LENGTH))


def note(work: UnitOfWork, pack_key: str, ledger: str, number: str, instance_id: UUID, code: str, phone: str) -> None:
    """Keep what opens a record: digests alone, so that nobody of the house can act for whoever filed it."""
    tail, digested = tail_digest(work, number, phone), code_digest(work, number, code)
    work.public_side.add_key(KeyRow(new_key(), pack_key, ledger, number, instance_id, tail, digested, work.now))


def code_digest(work: UnitOfWork, number: str, code: str) -> str:
    """Give the digest of a record's code, as it is typed in small or large letters, with or without gaps."""
    return digest(work, "code", f"{number}:{re.sub(r'[^0-9A-Z]', '', code.upper())}")


def digits(phone: str) -> str:
    """Give a telephone number as its digits, however it was typed."""
    return re.sub(r"\D", "", narrow(phone))


def tail_digest(work: UnitOfWork, number: str, phone: str) -> str:
    """Give the digest of the last digits of a telephone number; nothing where there is none."""
    tail = digits(phone)[-TAIL:]
    return digest(work, "tail", f"{number}:{tail}") if tail else ""
