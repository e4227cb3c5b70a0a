"""Opening a record: number, code and the end of the telephone number together, and no telling which of them was wrong."""

import hmac
from dataclasses import dataclass

from engine.errors import EngineError
from engine.forms.validators import narrow
from engine.packs.public import PublicRecord
from engine.persistence.work import UnitOfWork
from engine.public_face import limits
from engine.public_face.persons import face
from engine.public_face.receipts import code_digest, tail_digest

WRONG_PER_NUMBER, WRONG_PER_ADDRESS = 5, 20
NOBODY = "0" * 64


class NotOpened(EngineError):
    """Number, code and telephone number do not belong together. Look at the receipt, or telephone."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The number that was opened, or why not; an answer and no error, so that failures are counted."""

    number: str = ""
    refusal: EngineError | None = None


def open_record(work: UnitOfWork, pack_key: str, code: str, number: str, secret: str, tail: str, address: str) -> Opened:
    """Open a record to whoever knows all three; five wrong attempts close a number, twenty an address, for a while.

    A number that does not exist takes the same way and the same time.
    """
    record = face(work, pack_key).record(code)
    plain = narrow(number).replace(" ", "").upper()
    locked = limits.check(work, "wrong.number", plain, WRONG_PER_NUMBER, limits.QUARTER)
    locked = limits.check(work, "wrong.address", address, WRONG_PER_ADDRESS, limits.HOUR) or locked
    right = _fits(work, record, plain, narrow(secret), narrow(tail))
    if locked:
        return Opened(refusal=locked)
    if not right:
        limits.note(work, "wrong.number", plain, limits.QUARTER)
        limits.note(work, "wrong.address", address, limits.HOUR)
        return Opened(refusal=NotOpened())
    limits.forget(work, "wrong.number", plain)
    return Opened(plain)


def _fits(work: UnitOfWork, record: PublicRecord, number: str, secret: str, tail: str) -> bool:
    """Compare digests, of something that nobody has where there is no such record."""
    code, ending = _known(work, record, number)
    right = hmac.compare_digest(code_digest(work, number, secret), code or code_digest(work, number, NOBODY))
    return (hmac.compare_digest(tail_digest(work, number, tail), ending) or not ending) and right and bool(code)


def _known(work: UnitOfWork, record: PublicRecord, number: str) -> tuple[str, str]:
    """Give the digests that open a record: kept when somebody filed it, else of what an office wrote into its row."""
    row, key = work.ledger_rows.find(record.ledger, number), work.public_side.key(record.ledger, number)
    if key is not None:
        return key.code, key.tail
    secret, phone = (str(row.values.get(name) or "") if row else "" for name in (record.secret, record.phone))
    return (code_digest(work, number, secret) if secret.strip("*") else ""), tail_digest(work, number, phone)
