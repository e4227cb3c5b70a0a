"""The public side's rows: sealed drafts, what opens a record, and counts per stretch of time."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.persistence.models.public import PublicDraft, PublicKey, PublicTally
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository, upserts

_draft, _key, _tally = PublicDraft.__table__, PublicKey.__table__, PublicTally.__table__
_PUT = upserts(_draft, ("sealed", "files", "saved_at", "expires_at"))


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A sealed draft as it is kept."""

    id: str
    sealed: bytes
    files: list[str]
    saved_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class KeyRow:
    """What opens one record."""

    id: UUID
    pack: str
    ledger: str
    number: str
    instance_id: UUID
    tail: str
    code: str
    created_at: datetime


_DRAFT, _KEY = columns_of(DraftRow, PublicDraft), columns_of(KeyRow, PublicKey)


class PublicSide(Repository):
    """What is kept for people without an account."""

    # --- drafts

    def draft(self, draft_id: str, at: datetime) -> DraftRow | None:
        """Give a draft that has not run out."""
        query = select(*_DRAFT).where(_draft.c.id == draft_id, _draft.c.expires_at > at)
        row = self._connection.execute(query).first()
        return None if row is None else DraftRow(*row)

    def put_draft(self, row: DraftRow) -> None:
        """Keep the newest state of a draft."""
        self._connection.execute(_PUT[self._connection.dialect.name], asdict(row))

    def take_draft(self, draft_id: str) -> bool:
        """Remove a draft; say whether it was there, for of two who file it at once only one may."""
        return self._connection.execute(delete(_draft).where(_draft.c.id == draft_id)).rowcount == 1

    def run_out(self, at: datetime) -> list[DraftRow]:
        """Remove the drafts whose time is over and give them."""
        gone = delete(_draft).where(_draft.c.expires_at <= at).returning(*_DRAFT)
        return [DraftRow(*row) for row in self._connection.execute(gone)]

    # --- what opens a record

    def add_key(self, row: KeyRow) -> None:
        """Write what opens a record."""
        self._connection.execute(insert(_key), asdict(row))

    def key(self, ledger: str, number: str) -> KeyRow | None:
        """Give what opens the record with this number."""
        row = self._connection.execute(select(*_KEY).where(_key.c.ledger == ledger, _key.c.number == number)).first()
        return None if row is None else KeyRow(*row)

    # --- counts

    def count(self, kind: str, subject: str, stretch: str, until: datetime) -> int:
        """Count one more and give how many there are by now, in one statement, so that nobody slips through beside another."""
        dialect = sqlite if self._on_sqlite else postgresql
        add = dialect.insert(_tally).values(kind=kind, subject=subject, stretch=stretch, count=1, until=until)
        places = ["kind", "subject", "stretch"]
        more = add.on_conflict_do_update(index_elements=places, set_={"count": _tally.c.count + 1, "until": until})
        return int(self._connection.execute(more.returning(_tally.c.count)).scalar_one())

    def counted(self, kind: str, subject: str, stretch: str) -> int:
        """Give how many there are."""
        place = (_tally.c.kind == kind) & (_tally.c.subject == subject) & (_tally.c.stretch == stretch)
        return int(self._connection.execute(select(_tally.c.count).where(place)).scalar() or 0)

    def clear(self, kind: str, subject: str) -> None:
        """Forget what was counted of somebody."""
        self._connection.execute(delete(_tally).where(_tally.c.kind == kind, _tally.c.subject == subject))

    def forget(self, at: datetime) -> int:
        """Forget the counts that no longer hold; give how many."""
        return self._connection.execute(delete(_tally).where(_tally.c.until <= at)).rowcount
