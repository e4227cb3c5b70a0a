"""The left menu, the bell and the clock: what stands around every page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from flask import Flask, current_app, g, request, url_for

from engine.packs import Menu
from engine.persistence.work import UnitOfWork
from webui import formatting
from webui.faces import faces
from webui.ledgers.filtering import address_of
from webui.work import the_engine, unit_of_work

PACK_ORDER = 30


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu; *right* is what the post must have, *count* names the number beside it.

    Entries of *business* are of no use to a post that looks after accounts alone.
    """

    endpoint: str
    label: Any
    icon: str
    group: Any = ""
    order: int = 50
    right: str | None = None
    count: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    business: bool = False

    @property
    def here(self) -> bool:
        """Tell whether the page being shown is this entry's."""
        if request.endpoint != self.endpoint:
            return False
        asked = {**request.args, **(request.view_args or {})}
        return all(str(asked.get(name, "")) == str(value) for name, value in self.values.items())


def init_app(app: Flask) -> None:
    """Let templates ask for what surrounds them."""
    app.jinja_env.globals.update(surroundings=surroundings)


def surroundings() -> dict[str, Any]:
    """Gather the menu with its counts, the unread messages, and the clock where it is shifted."""
    from engine import notifications

    with unit_of_work() as work:
        counts = counted(work)
        unread = notifications.count_unread(work)
        now = work.now
    kept = request.cookies
    idle = g.actor.scope.kind == "accounts" and not any(counts.values())
    return {
        "menu": list(grouped(g.actor, business=not idle)),
        "home": "inbox.home" if idle else "inbox.index",
        "counts": counts,
        "unread": unread,
        "clock": clock(now),
        "folded": {unquote(name) for name in kept.get("menu_folded", "").split(",")},
        "menu_off": kept.get("menu_off") == "1",
    }


def counted(work: UnitOfWork) -> dict[str, int]:
    """Count the tabs of the inbox, once for the whole page."""
    from engine import user_tasks

    if "counts" not in g:
        g.counts = user_tasks.counts(work)
    counts: dict[str, int] = g.counts
    return counts


def grouped(actor: Any, *, business: bool = True) -> Iterator[tuple[Any, list[Item]]]:
    """Give the entries *actor* may see, by group, in order: those of the faces, and those the pack declares."""
    items = [item for face in faces() for item in getattr(face, "MENU", ()) if item.right is None or actor.may(item.right)]
    items = [item for item in items if business or not item.business]
    items += [item for item in declared(g.pack.menus_for(actor.role)) if item.endpoint in current_app.view_functions]
    groups: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: item.order):
        here = groups.setdefault(str(item.group), [])
        if (item.endpoint, item.values) not in [(one.endpoint, one.values) for one in here]:
            here.append(item)
    yield from groups.items()


def declared(menus: Iterable[Menu]) -> Iterator[Item]:
    """Turn the entries a pack declares into ours."""
    for menu in menus:
        made = KINDS[menu.kind](menu)
        if made is not None:
            endpoint, icon, values = made
            yield Item(endpoint, menu.name, icon, menu.group, PACK_ORDER, values=values)


def _ledger(menu: Menu) -> tuple[str, str, dict[str, Any]]:
    values: dict[str, Any] = {"ledger_id": menu.target, **address_of(menu.filter)}
    return "ledgers.show", "table", values | ({"view": menu.view} if menu.view else {})


def _page(menu: Menu) -> tuple[str, str, dict[str, Any]] | None:
    endpoint = {"campaign": "campaign.index", "instances": "cockpit.index"}.get(menu.target)
    return (endpoint, "diagram-2", {}) if endpoint else None


KINDS: dict[str, Callable[[Menu], tuple[str, str, dict[str, Any]] | None]] = {
    "ledger": _ledger,
    "documents": lambda menu: ("papers.open", "file-earmark-text", {"document_id": menu.target}),
    "process": lambda menu: ("start.show", "plus-square", {"process_id": menu.target}),
    "instances": lambda menu: ("cockpit.index", "diagram-2", {"process": menu.target}),
    "page": _page,
}


def clock(now: Any) -> str | None:
    """Tell the date where the engine's clock is not the real one."""
    if not the_engine().clock.shifted:
        return None
    local = now.astimezone(formatting.ZONE)
    return f"{local:%Y-%m-%d} {formatting.weekday(local)}"


def link(item: Item) -> str:
    """Give the address of an entry."""
    return url_for(item.endpoint, **item.values)
