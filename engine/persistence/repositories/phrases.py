"""The ready sentences that people keep, by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from engine.persistence.models.identity import Phrase
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository

_phrase = Phrase.__table__


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A sentence a person keeps."""

    id: UUID
    login: str
    text: str
    position: int


_COLUMNS = columns_of(PhraseRow, Phrase)
_PLACE = update(_phrase).where(_phrase.c.id == bindparam("phrase_id")).values(position=bindparam("place"))


class Phrases(Repository):
    """Each person's sentences in that person's order."""

    def of(self, login: str) -> list[PhraseRow]:
        """Give a person's sentences."""
        query = select(*_COLUMNS).where(_phrase.c.login == login).order_by(_phrase.c.position, _phrase.c.id)
        return [PhraseRow(*row) for row in self._connection.execute(query)]

    def add(self, row: PhraseRow) -> None:
        """Write a new sentence."""
        values = {"id": row.id, "login": row.login, "text": row.text, "position": row.position}
        self._connection.execute(insert(_phrase), values)

    def reword(self, login: str, phrase_id: UUID, text: str) -> bool:
        """Write another text; say whether the person has the sentence."""
        mine = (_phrase.c.id == phrase_id) & (_phrase.c.login == login)
        return self._connection.execute(update(_phrase).where(mine).values(text=text)).rowcount == 1

    def drop(self, login: str, phrase_id: UUID) -> bool:
        """Delete a sentence; say whether the person had it."""
        mine = (_phrase.c.id == phrase_id) & (_phrase.c.login == login)
        return self._connection.execute(delete(_phrase).where(mine)).rowcount == 1

    def arrange(self, rows: Sequence[PhraseRow]) -> None:
        """Write the order of sentences."""
        self._connection.execute(_PLACE, [{"phrase_id": row.id, "place": place} for place, row in enumerate(rows)])
