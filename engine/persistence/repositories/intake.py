"""Channels, what came in by them, and what goes back: by key digest, by external number, by state."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from engine.persistence.models.intake import IntakeAnswer, IntakeChannel, IntakeItem
from engine.persistence.records import columns_of
from engine.persistence.repositories.base import Repository

_channel, _item, _answer = IntakeChannel.__table__, IntakeItem.__table__, IntakeAnswer.__table__


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel as it was read."""

    id: UUID
    pack: str
    name: str
    key_hash: str
    hint: str
    callback: str
    active: bool
    created_at: datetime
    created_by: str
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Something that came in."""

    id: UUID
    channel: str
    external_no: str
    pack: str
    record: str
    number: str
    instance_id: UUID
    sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Something that goes back."""

    id: UUID
    item_id: UUID
    channel: str
    body: dict[str, Any]
    state: str
    attempts: int
    said: str
    created_at: datetime
    sent_at: datetime | None = None


_CHANNEL, _ITEM, _ANSWER = (
    columns_of(ChannelRow, IntakeChannel),
    columns_of(ItemRow, IntakeItem),
    columns_of(AnswerRow, IntakeAnswer),
)


class Intake(Repository):
    """What other systems hand in, and what they are told."""

    # --- channels

    def add_channel(self, row: ChannelRow) -> None:
        """Write a new channel."""
        self._connection.execute(insert(_channel), asdict(row))

    def channels(self, pack: str = "") -> Sequence[ChannelRow]:
        """Give the channels by name."""
        query = select(*_CHANNEL).order_by(_channel.c.name)
        query = query.where(_channel.c.pack == pack) if pack else query
        return [ChannelRow(*row) for row in self._connection.execute(query)]

    def channel(self, name: str) -> ChannelRow | None:
        """Give the channel with this name."""
        row = self._connection.execute(select(*_CHANNEL).where(_channel.c.name == name)).first()
        return None if row is None else ChannelRow(*row)

    def channel_of_key(self, key_hash: str) -> ChannelRow | None:
        """Give the channel whose key has this digest."""
        row = self._connection.execute(select(*_CHANNEL).where(_channel.c.key_hash == key_hash)).first()
        return None if row is None else ChannelRow(*row)

    def change_channel(self, name: str, **values: object) -> bool:
        """Change a channel; say whether there is one."""
        return self._connection.execute(update(_channel).where(_channel.c.name == name).values(**values)).rowcount == 1

    # --- what came in

    def add_item(self, row: ItemRow) -> None:
        """Note what came in; a number that its channel has given before is a race that the database decides."""
        self._connection.execute(insert(_item), asdict(row))

    def item(self, channel: str, external_no: str) -> ItemRow | None:
        """Give what came in under a number."""
        place = (_item.c.channel == channel) & (_item.c.external_no == external_no)
        row = self._connection.execute(select(*_ITEM).where(place)).first()
        return None if row is None else ItemRow(*row)

    def item_of(self, instance_id: UUID) -> ItemRow | None:
        """Give by what an instance came in."""
        row = self._connection.execute(select(*_ITEM).where(_item.c.instance_id == instance_id)).first()
        return None if row is None else ItemRow(*row)

    # --- what goes back

    def add_answer(self, row: AnswerRow) -> None:
        """Write something that goes back."""
        self._connection.execute(insert(_answer), asdict(row))

    def answer(self, answer_id: UUID) -> AnswerRow | None:
        """Give something that goes back."""
        row = self._connection.execute(select(*_ANSWER).where(_answer.c.id == answer_id)).first()
        return None if row is None else AnswerRow(*row)

    def try_answer(self, answer_id: UUID, attempts: int) -> bool:
        """Note one more attempt, unless it has arrived meanwhile or somebody else is trying; say whether to go on."""
        waits = (_answer.c.id == answer_id) & (_answer.c.state == "waiting") & (_answer.c.attempts == attempts)
        return self._connection.execute(update(_answer).where(waits).values(attempts=attempts + 1)).rowcount == 1

    def settle_answer(self, answer_id: UUID, state: str, said: str, at: datetime | None) -> None:
        """Note what became of it."""
        values = {"state": state, "said": said, "sent_at": at}
        self._connection.execute(update(_answer).where(_answer.c.id == answer_id).values(**values))

    def tally(self) -> dict[str, dict[str, int]]:
        """Count by channel and state what goes back."""
        query = select(_answer.c.channel, _answer.c.state, func.count()).group_by(_answer.c.channel, _answer.c.state)
        found: dict[str, dict[str, int]] = {}
        for channel, state, count in self._connection.execute(query):
            found.setdefault(channel, {})[state] = count
        return found
