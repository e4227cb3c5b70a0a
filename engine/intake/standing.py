"""Standing: how far something has come that a channel filed; it is told so at each step, and whenever it asks."""

from typing import Any

from engine.intake.receiving import start_of
from engine.packs.public import NotPublic
from engine.persistence.repositories.intake import ChannelRow, ItemRow
from engine.persistence.work import UnitOfWork
from engine.public_face import face, progress, public_actor


def asked(work: UnitOfWork, channel: ChannelRow, process_id: str, external: str) -> dict[str, Any]:
    """Say how far something has come by the number that the channel gave it; of what others filed there is nothing to say."""
    work.actor = public_actor(face(work, channel.pack), channel.pack, f"@{channel.name}", channel.name)
    start, _ = start_of(work, channel.pack, process_id)
    item = work.intake.item(channel.name, external)
    if item is None or item.record != start.record:
        raise NotPublic
    return told(work, item)


def told(work: UnitOfWork, item: ItemRow, state: str = "") -> dict[str, Any]:
    """Say what whoever filed it may know, no more; *state* is the one to tell of, else where it stands now."""
    record = face(work, item.pack).record(item.record)
    found = progress(work, item.pack, record.code, item.number)
    state = state or found.state
    step = next((step.name for step in record.steps if state in step.states), "")
    dates = [
        {"name": date.name, "due": date.due.isoformat(), "done": date.done and date.done.isoformat()} for date in found.dates
    ]
    return {
        "external_no": item.external_no, "number": item.number, "state": state, "step": step, "at": work.now.isoformat(),
        "unit": found.unit, "phone": found.phone, "dates": dates, "papers": [name for name, _ in found.papers],
    }  # fmt: skip
