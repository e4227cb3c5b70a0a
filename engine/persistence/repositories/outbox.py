"""The outbox: messages written with what they tell of, and what people want to be told where."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.persistence.models.outbox import Contact, Outgoing, Wish
from engine.persistence.records import PAGE, Page, columns_of
from engine.persistence.repositories.base import Repository

_out, _contact, _wish = Outgoing.__table__, Contact.__table__, Wish.__table__


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """A message for one recipient."""

    id: UUID
    channel: str
    recipient: str
    address: str
    event: str
    kind: str
    title: str
    link: str
    state: str
    created_at: datetime
    sent_at: datetime | None
    letter_id: UUID | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """Where somebody wants messages; both are sealed, or empty."""

    login: str
    email: str = ""
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class WishRow:
    """How somebody wants to be told of one kind of event."""

    login: str
    kind: str
    email: str
    sms: str


_COLUMNS = columns_of(OutgoingRow, Outgoing)
_KEY = ["channel", "recipient", "event"]
_ADD = {
    "sqlite": sqlite.insert(_out).on_conflict_do_nothing(index_elements=_KEY).returning(_out.c.id),
    "postgresql": postgresql.insert(_out).on_conflict_do_nothing(index_elements=_KEY).returning(_out.c.id),
}


class Outbox(Repository):
    """Messages that leave the house, and the wishes of those who get them."""

    def add(self, rows: Sequence[Mapping[str, object]]) -> frozenset[UUID]:
        """Write messages; give the keys of those whose recipient had not been told of the event before."""
        found = self._connection.execute(_ADD[self._connection.dialect.name], list(rows))
        return frozenset(found.scalars())

    def find(self, key: UUID) -> OutgoingRow | None:
        """Give one message."""
        row = self._connection.execute(select(*_COLUMNS).where(_out.c.id == key)).first()
        return None if row is None else OutgoingRow(*row)

    def gathered(self, letter_id: UUID) -> list[OutgoingRow]:
        """Give the messages that were gathered into a daily letter, oldest first."""
        query = select(*_COLUMNS).where(_out.c.letter_id == letter_id).order_by(_out.c.created_at, _out.c.id)
        return [OutgoingRow(*row) for row in self._connection.execute(query)]

    def gather(self, recipient: str, letter_id: UUID) -> int:
        """Put what is held for somebody into a daily letter."""
        held = (_out.c.recipient == recipient) & (_out.c.state == "held") & _out.c.letter_id.is_(None)
        return self._connection.execute(update(_out).where(held).values(letter_id=letter_id)).rowcount

    def mark(self, key: UUID, state: str, at: datetime | None = None) -> None:
        """Write down what became of a message and of what was gathered into it."""
        which = (_out.c.id == key) | (_out.c.letter_id == key)
        self._connection.execute(update(_out).where(which).values(state=state, sent_at=at))

    def page(self, number: int, size: int = PAGE) -> Page[OutgoingRow]:
        """Give a page of messages, newest first."""
        total = self._connection.execute(select(func.count()).select_from(_out)).scalar_one()
        query = select(*_COLUMNS).order_by(_out.c.created_at.desc(), _out.c.id.desc())
        rows = self._connection.execute(query.limit(size).offset((number - 1) * size))
        return Page([OutgoingRow(*row) for row in rows], total, number, size)

    def tally(self) -> dict[str, int]:
        """Count messages by state."""
        query = select(_out.c.state, func.count().label("number")).group_by(_out.c.state)
        return {row.state: row.number for row in self._connection.execute(query)}

    def contacts(self, logins: Collection[str]) -> dict[str, ContactRow]:
        """Give where these people want messages."""
        query = select(_contact.c.login, _contact.c.email, _contact.c.mobile).where(_contact.c.login.in_(logins))
        return {row.login: ContactRow(*row) for row in self._connection.execute(query)}

    def wishes(self, logins: Collection[str], kind: str | None = None) -> list[WishRow]:
        """Give what these people want, of one kind of event or of all."""
        query = select(_wish.c.login, _wish.c.kind, _wish.c.email, _wish.c.sms).where(_wish.c.login.in_(logins))
        query = query if kind is None else query.where(_wish.c.kind == kind)
        return [WishRow(*row) for row in self._connection.execute(query)]

    def want(self, contact: ContactRow, wishes: Sequence[WishRow]) -> None:
        """Keep where somebody wants messages, and which how."""
        for table in (_contact, _wish):
            self._connection.execute(delete(table).where(table.c.login == contact.login))
        self._connection.execute(insert(_contact), {"login": contact.login, "email": contact.email, "mobile": contact.mobile})
        rows = [{"login": wish.login, "kind": wish.kind, "email": wish.email, "sms": wish.sms} for wish in wishes]
        if rows:
            self._connection.execute(insert(_wish), rows)
