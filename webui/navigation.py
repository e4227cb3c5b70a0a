"""The left menu, the bell and the clock: what stands around every page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, g, request, url_for

from webui import formatting
from webui.faces import faces
from webui.work import the_engine, unit_of_work


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu; *right* is what the post must have, *count* names the number beside it."""

    endpoint: str
    label: Any
    icon: str
    group: Any = ""
    order: int = 50
    right: str | None = None
    count: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def is_here(self) -> bool:
        """Tell whether the page being shown is this entry's."""
        if request.endpoint != self.endpoint:
            return False
        asked = {**(request.view_args or {}), **request.args}
        return all(str(asked.get(name, "")) == str(value) for name, value in self.values.items())


def init_app(app: Flask) -> None:
    """Let templates ask for what surrounds them."""
    app.jinja_env.globals.update(surroundings=surroundings)


def surroundings() -> dict[str, Any]:
    """Gather the menu with its counts, the unread messages, and the clock where it is shifted."""
    from engine import notifications, user_tasks

    with unit_of_work() as work:
        counts = user_tasks.counts(work)
        unread = notifications.count_unread(work)
        now = work.now
    return {"menu": list(grouped(g.actor)), "counts": counts, "unread": unread, "clock": clock(now)}


def grouped(actor: Any) -> Iterator[tuple[Any, list[Item]]]:
    """Give the entries *actor* may see, by group, in order."""
    items = [item for face in faces() for item in getattr(face, "MENU", ()) if item.right is None or item.right in actor.rights]
    groups: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: item.order):
        groups.setdefault(str(item.group), []).append(item)
    yield from groups.items()


def clock(now: Any) -> str | None:
    """Tell the date where the engine's clock is not the real one."""
    if not the_engine().clock.shifted:
        return None
    local = now.astimezone(formatting.ZONE)
    return f"{local:%Y-%m-%d} {formatting.weekday(local)}"


def link(item: Item) -> str:
    """Give the address of an entry."""
    return url_for(item.endpoint, **item.values)
