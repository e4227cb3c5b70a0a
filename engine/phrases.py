"""Phrases: the ready sentences a person keeps for opinions, in an order of that person's own."""

from uuid import UUID

from engine.errors import EngineError
from engine.persistence.keys import new_key
from engine.persistence.repositories.phrases import PhraseRow
from engine.persistence.work import UnitOfWork

MOST = 50
LONGEST = 200


class NoSuchPhrase(EngineError):
    """This phrase is not there any more."""

    kind = "missing"


class PhraseEmpty(EngineError):
    """Write the phrase first."""


class PhraseTooLong(EngineError):
    """A phrase may have at most {most} characters; this one has {length}."""


class PhraseKept(EngineError):
    """This phrase is already among yours."""


class TooManyPhrases(EngineError):
    """There are {most} phrases already. Delete one first."""


def mine(work: UnitOfWork) -> list[PhraseRow]:
    """Give the phrases of whoever acts, in order."""
    return work.phrases.of(work.actor.login)


def keep(work: UnitOfWork, text: str) -> PhraseRow:
    """Keep a new phrase, after the others."""
    kept = mine(work)
    text = _checked(text, kept)
    if len(kept) >= MOST:
        raise TooManyPhrases(most=MOST)
    row = PhraseRow(new_key(), work.actor.login, text, max((one.position for one in kept), default=-1) + 1)
    work.phrases.add(row)
    return row


def reword(work: UnitOfWork, phrase_id: UUID, text: str) -> None:
    """Write a phrase anew; it keeps its place."""
    text = _checked(text, [row for row in mine(work) if row.id != phrase_id])
    if not work.phrases.reword(work.actor.login, phrase_id, text):
        raise NoSuchPhrase()


def drop(work: UnitOfWork, phrase_id: UUID) -> None:
    """Delete a phrase."""
    if not work.phrases.drop(work.actor.login, phrase_id):
        raise NoSuchPhrase()


def move(work: UnitOfWork, phrase_id: UUID, steps: int) -> None:
    """Move a phrase up (negative) or down among one's own; at the end it stays."""
    rows = mine(work)
    place = next((number for number, row in enumerate(rows) if row.id == phrase_id), None)
    if place is None:
        raise NoSuchPhrase()
    moved = rows.pop(place)
    rows.insert(min(max(place + steps, 0), len(rows)), moved)
    work.phrases.arrange(rows)


def _checked(text: str, others: list[PhraseRow]) -> str:
    text = " ".join(text.split())
    if not text:
        raise PhraseEmpty()
    if len(text) > LONGEST:
        raise PhraseTooLong(most=LONGEST, length=len(text))
    if any(row.text == text for row in others):
        raise PhraseKept()
    return text
